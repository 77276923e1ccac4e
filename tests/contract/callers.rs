//! Code that uses everything in the client of `spec.yaml`. Each edit of the spec compiles it once more, unchanged, and what
//! it sees is compared: `api` is the client beside it.

#![allow(deprecated, reason = "a caller may go on to use what has become deprecated")]

use std::fmt::Display;

use apiscribe::endpoint::Paged;
use apiscribe::error::ApiError;
use apiscribe::validate::Settings;
use apiscribe::{Endpoint, Error, ErrorCode, Events, JsApi, Reply, Validate, WireEnum, http};

use super::api::platform::{Cents, TradeEvent};
use super::api::shop::{
    Buyer, BuyerRequired, Kind, OrderNo, OrdersRequest, Paid, PayError, PayOptions,
    PayOptionsRequired, PayRequest, PayRequired, PayResponse, RefundsRequest, Status,
};

/// Everything that a caller sees, each under a name.
pub fn seen() -> Vec<(&'static str, String)> {
    let mut seen = vec![
        ("request", written(&request())),
        ("smallest request", written(&smallest())),
        ("violations", violations(&request().with_note("too long a note"))),
        ("violations of the smallest request", violations(&smallest())),
        ("host", PayRequest::META.host.production.to_owned()),
        ("scope", format!("{:?}", PayRequest::META.scope)),
        ("endpoint's name", PayRequest::META.name.to_owned()),
        ("idempotency key", format!("{:?}", request().idempotency_key())),
        ("response", told(&response("DONE"))),
        ("undocumented status by its text", told(&response("CLOSED"))),
        ("undocumented status by `Unknown`", is_unknown(&response("CLOSED"))),
        ("value both ways", both_ways()),
        ("event", event("paid", r#"{"order_no":"o1","status":"DONE"}"#)),
        ("undocumented event by its name", event("gift", "{}")),
        ("options", options()),
        ("page", page()),
        ("refunds", refunds()),
    ];
    for (name, retry, http, code) in ERRORS {
        let error = error(*http, *code);
        let effect = error.may_have_taken_effect();
        seen.push((name, matched(&error)));
        seen.push((retry, format!("{:?}, may have taken effect: {effect}", error.retry())));
    }
    seen
}

/// Under which names a code and whether to send again are seen, the status, the code.
const ERRORS: &[(&str, &str, u16, i64)] = &[
    ("error", "error: whether to send again", 400, 7),
    (
        "error under another status",
        "error under another status: whether to send again",
        404,
        7,
    ),
    ("retryable error", "retryable error: whether to send again", 200, 9),
    ("undocumented error", "undocumented error: whether to send again", 200, 77),
    ("duplicate", "duplicate: whether to send again", 200, 8),
];

fn request() -> PayRequest {
    let mut request = PayRequest::new(PayRequired {
        order_no: OrderNo::from("o1"),
        total: Cents(100),
        kind: Kind::Cash,
    })
    .with_note("a note")
    .with_buyer(Buyer::new(BuyerRequired { name: "June".into() }));
    request.count = Some(2);
    request.in_query = Some("q".into());
    request
}

fn smallest() -> PayRequest {
    PayRequest::new(PayRequired { order_no: "o2".into(), total: Cents(1), kind: Kind::Card })
}

fn written(request: &impl Endpoint) -> String {
    let token = "t".to_owned().into();
    let sent = request.to_http("https://api.example.com", Some(&token)).unwrap();
    let (parts, body) = sent.into_parts();
    let headers: Vec<String> =
        parts.headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
    format!("{} {} {headers:?} {}", parts.method, parts.uri, String::from_utf8_lossy(&body))
}

fn violations(request: &PayRequest) -> String {
    request.validate().err().map_or_else(String::new, |violations| violations.to_string())
}

fn received<R: Endpoint>(http: u16, body: String) -> Result<Reply<R::Response>, Error<R::Error>> {
    R::from_http(http::Response::builder().status(http).body(body.into_bytes()).unwrap())
}

fn response(status: &str) -> Reply<PayResponse> {
    let data = format!(
        r#"{{"order_no":"o1","status":"{status}","paid_at":5,"parts":[{{"amount":3}}],"fee":1}}"#
    );
    received::<PayRequest>(200, format!(r#"{{"code":0,"data":{data}}}"#)).unwrap()
}

/// Matched by variants and, what is not documented, by its text.
fn told(reply: &PayResponse) -> String {
    let status = match reply.status {
        Status::Done => "done",
        Status::Open => "open",
        ref other if other.value() == "CLOSED" => "closed",
        _ => "?",
    };
    let paid_at: Option<i64> = reply.paid_at.as_ref().map(|at| at.0);
    let parts = reply.parts.iter().flatten();
    let total: i64 = parts.filter_map(|part| part.amount).map(|Cents(amount)| amount).sum();
    let PayResponse { order_no, .. } = reply;
    format!("{order_no} {status} {paid_at:?} {total}")
}

/// What the documentation says not to write.
fn is_unknown(reply: &PayResponse) -> String {
    matches!(&reply.status, Status::Unknown(text) if text == "CLOSED").to_string()
}

fn both_ways() -> String {
    let (status, kind): (Status, Kind) = ("DONE".parse().unwrap(), Kind::Card);
    let is_documented = Status::documented().iter().any(|known| known.value == "OPEN");
    format!("{status} {} {} {is_documented}", kind.value(), Status::Open)
}

fn error(http: u16, code: i64) -> Box<ApiError<PayError>> {
    let body = format!(r#"{{"code":{code},"message":"no"}}"#);
    match received::<PayRequest>(http, body).unwrap_err() {
        Error::Api(error) => error,
        other => panic!("{other}"),
    }
}

fn matched(error: &ApiError<PayError>) -> String {
    let by_variant = match error.code {
        PayError::NoSuchOrder => "no such order",
        ref other if other.code() == 77 => "77",
        ref other => by_reference(other),
    };
    format!("{by_variant} {} {}", error.code.code(), error.duplicate)
}

fn by_reference(error: &PayError) -> &'static str {
    match error {
        PayError::Busy => "busy",
        _ => "?",
    }
}

fn event(name: &str, content: &str) -> String {
    let event = TradeEvent::parse(format!(r#"{{"type":"{name}","msg":{content}}}"#).as_bytes());
    let event = event.unwrap();
    match event.content() {
        TradeEvent::Paid(paid) => {
            let is_done = paid.status.as_ref() == Some(&Status::Done);
            format!("{} {is_done} {:?}", paid.order_no, event.identity())
        }
        other if other.name() == "gift" => "a gift".to_owned(),
        _ => "?".to_owned(),
    }
}

fn options() -> String {
    let options = PayOptions::new(PayOptionsRequired { order_no: "o1".into() }).with_title("t");
    let ack = <Paid as apiscribe::callback::Callback>::ACKNOWLEDGEMENT;
    shown(options.to_json(&Settings::new())) + PayOptions::NAME + ack
}

fn shown<T: Display>(result: Result<T, impl Display>) -> String {
    result.map_or_else(|fault| fault.to_string(), |value| value.to_string())
}

fn page() -> String {
    let body = r#"{"code":0,"data":{"list":["a","b"],"next":"n","more":true}}"#;
    let page = received::<OrdersRequest>(200, body.to_owned()).unwrap();
    let mut request = OrdersRequest::new().with_cursor("c");
    let before = request.position();
    request.seek("n").unwrap();
    format!("{before:?} {} {:?}", written(&request), OrdersRequest::items(page.into_data()))
}

fn refunds() -> String {
    let body = r#"{"code":0,"data":{"refunds":["r"],"total":1}}"#;
    let page = received::<RefundsRequest>(200, body.to_owned()).unwrap();
    let request = RefundsRequest::new().with_offset(3);
    format!("{} {:?} {:?}", written(&request), page.refunds, page.total)
}
