//! Whoever uses what is deprecated is warned, once for each use; the derives are not.
#![deny(deprecated)]

use apiscribe::callback::{Callback, CallbackEnvelope, UnknownEvent};
use apiscribe::meta::{Envelope, Host};
use apiscribe::{Decode, Encode, ErrorCode, Events, JsApi, Request, Validate, WireEnum, WireText};

const HOST: Host =
    Host { name: "h", production: "https://a.example.com", sandbox: None, development: None };
const PLAIN: Envelope = Envelope::new("plain");
const PUSH: CallbackEnvelope =
    CallbackEnvelope { name: "push", event: "e", version: None, content: "c", answer: None };

#[deprecated(note = "use `Id` instead")]
#[derive(WireText)]
#[validate(bytes(max = 8))]
struct OldId(String);

#[derive(Debug, Clone, PartialEq, WireEnum)]
enum Status {
    #[deprecated(note = "use `Success` instead")]
    #[wire("OK")]
    Ok,
    #[wire("SUCCESS")]
    Success,
    #[wire(unknown)]
    Unknown(String),
}

#[derive(Debug, Clone, PartialEq, ErrorCode)]
enum PayError {
    #[deprecated(note = "it no longer comes")]
    #[error_code(7, retry = never)]
    Paid,
    #[error_code(unknown)]
    Unknown(i64),
}

#[deprecated(note = "use `v2::PayRequest` instead: it takes parts")]
#[derive(Debug, Clone, PartialEq, Request)]
#[endpoint(POST "/pay/{shop}", name = "pay", host = HOST, envelope = PLAIN, error = PayError)]
#[endpoint(idempotency_key = no, rate_limit(calls = 1, per = 1, by(no)))]
struct PayRequest {
    #[deprecated(note = "use `no` instead")]
    #[wire(skip)]
    #[endpoint(path)]
    #[validate(required)]
    shop: String,
    #[validate(required)]
    no: String,
    #[deprecated(note = "nobody reads it")]
    #[validate(required_if(no == "1"), chars(max = 2))]
    #[wire(optional)]
    remark: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Encode, Decode, Validate, JsApi)]
#[js_api(name = "pay.start", error = apiscribe::error::UndocumentedPair)]
struct Options {
    #[deprecated(note = "use `id` instead")]
    #[js_api(since = "1.2.3")]
    #[validate(required)]
    order: String,
    #[deprecated]
    id: Option<i64>,
}

#[deprecated(note = "use `PaidV2` instead")]
enum Paid {}

#[allow(deprecated)]
impl Callback for Paid {
    type Content = String;
    type Answer = ();
    const EVENT: &'static str = "paid";
    const ENVELOPE: &'static CallbackEnvelope = &PUSH;
    const ACKNOWLEDGEMENT: &'static str = "{}";
}

#[derive(Debug, PartialEq, Events)]
#[events(envelope = PUSH)]
enum Event {
    #[deprecated(note = "it no longer comes")]
    #[events(Paid)]
    Paid(String),
    #[events(unknown)]
    Unknown(UnknownEvent),
}

fn uses(request: &PayRequest, options: &mut Options) {
    let _ = (OldId::from("1"), Status::Ok, Status::Success, PayError::Paid, &request.remark);
    options.order = String::new();
    let _ = Event::Paid(<Paid as Callback>::EVENT.to_owned());
}

fn main() {}
