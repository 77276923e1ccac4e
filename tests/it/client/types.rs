//! Hand-written requests, of the look that generated ones have.

use apiscribe::callback::{Callback, CallbackEnvelope};
use apiscribe::endpoint::{IssuedToken, IssuesToken};
use apiscribe::meta::{Auth, Code, Envelope, Host, TokenPlace};
use apiscribe::time::Seconds;
use apiscribe::wire::JsonText;
use apiscribe::{Decode, Encode, Endpoint, ErrorCode, Json, Secret, Validate};
use generated_client::platform::Fen;

pub(super) const OPEN: Host = Host {
    name: "open",
    production: "https://open.example.com",
    sandbox: None,
    development: Some("http://dev.example.com"),
};

pub(super) const TOKEN: Auth = Auth {
    name: "client_token",
    place: TokenPlace::header("access-token"),
    lifetime: Some(7200),
    overlap: Some(300),
    refused: &[Code::Int(28001003), Code::Int(28001008)],
};

pub(super) const BASIC: Envelope = Envelope::new("basic")
    .code(&["err_no"])
    .success(Code::Int(0))
    .message(&["err_msg"])
    .log_id("log_id")
    .data("data");

/// Sets a limit, by a method that may be repeated.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(PUT "/api/limit/", name = "set_limit", host = OPEN, envelope = BASIC)]
pub(super) struct SetLimit {
    pub(super) limit: i64,
}

/// Raises a limit, by a method that may not.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(PATCH "/api/limit/", name = "raise_limit", host = OPEN, envelope = BASIC)]
pub(super) struct RaiseLimit {
    pub(super) by: i64,
}

/// Pays an order.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(POST "/api/pay/")]
#[endpoint(name = "pay", host = OPEN, auth = TOKEN, envelope = BASIC)]
#[endpoint(response = Paid, error = PayError)]
#[endpoint(idempotency_key = pay_no, duplicate = 23111)]
pub(super) struct Pay {
    #[validate(required, bytes(max = 8))]
    pub(super) pay_no: String,
    #[wire(optional)]
    #[validate(secret, bytes(max = 8))]
    pub(super) password: Option<Secret<String>>,
}

impl Pay {
    pub(super) fn new(pay_no: &str) -> Self {
        Self { pay_no: pay_no.to_owned(), password: None }
    }
}

/// Reacts to a message: the same reaction a second time changes nothing.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(POST "/api/react/", name = "react", host = OPEN, envelope = BASIC)]
#[endpoint(idempotency_key = (channel, message))]
pub(super) struct React {
    pub(super) channel: String,
    #[wire(optional)]
    pub(super) message: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
pub(super) struct Paid {
    pub(super) amount: Fen,
    pub(super) items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Decode)]
pub(super) struct Item {
    pub(super) id: String,
    #[wire(optional)]
    pub(super) detail: Option<JsonText<Vec<Fen>>>,
}

#[derive(Debug, Clone, PartialEq, Eq, ErrorCode)]
pub(super) enum PayError {
    #[error_code(23111, http = 400, retry = never)]
    #[error_code(message = "pay_no has existed")]
    #[error_code(advice = "Ask for the result.")]
    PayNoExists,
    #[error_code(22006, http = 400)]
    #[error_code(case(message = "too early", meaning = "Not yet.", advice = "Wait."))]
    #[error_code(case(message = "too late", meaning = "Not any more."))]
    Audit,
    #[error_code(23000, retry = same)]
    Busy,
    #[error_code(60203, http = 429, retry = never)]
    AccountClosed,
    #[error_code(60204, http = 429, retry = changed)]
    TooManyItems,
    #[error_code(unknown)]
    Unknown(i64),
}

/// Fetches a token.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(POST "/token/")]
#[endpoint(name = "issue", host = OPEN, envelope = BASIC, response = Issued)]
pub(super) struct Issue {
    #[validate(secret, required)]
    pub(super) secret: Secret<String>,
}

impl Issue {
    pub(super) fn new() -> Self {
        Self { secret: "app-secret".into() }
    }
}

#[derive(Debug, Clone, PartialEq, Decode)]
pub(super) struct Issued {
    pub(super) access_token: Secret<String>,
    pub(super) expires_in: Seconds,
    #[wire(optional)]
    pub(super) refresh_token: Option<Secret<String>>,
}

impl IssuesToken for Issue {
    const AUTH: &'static Auth = &TOKEN;

    fn issued(response: &Issued) -> IssuedToken {
        let mut issued = IssuedToken::new(response.access_token.clone());
        issued.expires_in = Some(response.expires_in);
        issued.refresh_token = response.refresh_token.clone();
        issued
    }
}

/// Lists payments.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(GET "/api/shops/{shop}/payments")]
#[endpoint(name = "list", host = OPEN, envelope = BASIC)]
#[endpoint(response = Option<Json>)]
pub(super) struct List {
    #[wire(skip)]
    #[endpoint(path)]
    pub(super) shop: String,
    #[wire(skip)]
    #[endpoint(query)]
    pub(super) day: Option<String>,
    #[wire(skip)]
    #[endpoint(query)]
    pub(super) tags: Vec<String>,
}

impl List {
    pub(super) fn of(shop: &str) -> Self {
        Self { shop: shop.to_owned(), day: None, tags: Vec::new() }
    }
}

/// Says something that has no answer.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(POST "/api/tell/")]
#[endpoint(name = "tell", host = OPEN, envelope = BASIC)]
pub(super) struct Tell {}

/// The platform tells that an order was paid.
pub(super) enum PayResult {}

impl Callback for PayResult {
    type Content = Paid;
    type Answer = ();
    const EVENT: &'static str = "payment";
    const ENVELOPE: &'static CallbackEnvelope =
        &CallbackEnvelope::new("trade", "type").version("version").content("msg");
    const ACKNOWLEDGEMENT: &'static str = r#"{"err_no":0,"err_tips":"success"}"#;
}
