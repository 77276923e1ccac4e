//! Keys that always have the same value: written with every request, and named when a response has another.

use apiscribe::{Endpoint, http};

use super::api::demo::{Card, CardRequired, ChargeRequest, ChargeRequired, LoginRequest, LoginRequired};

const BASE: &str = "https://api.example.com";

#[test]
fn they_are_always_written() {
    let request = ChargeRequest::new(ChargeRequired { card: Card::new(CardRequired { number: "4242".into() }) }).to_http(BASE, None).unwrap();
    assert_eq!(request.uri(), "https://api.example.com/charge?api-version=2024-06-01");
    assert_eq!(request.headers()["x-mode"], "7");
    let card = r#"{"object":"card","live":true,"number":"4242"}"#;
    let body = format!(r#"{{"grant_type":"client_credential","mode":2,"card":{card}}}"#);
    assert_eq!(str::from_utf8(request.body()).unwrap(), body);
    let request = LoginRequest::new(LoginRequired { key: "k".into() }).to_http(BASE, None).unwrap();
    assert_eq!(str::from_utf8(request.body()).unwrap(), "grant_type=client_credential&key=k");
}

fn unread(card: &str) -> Vec<String> {
    let body = format!(r#"{{"code":0,"data":{card}}}"#).into_bytes();
    let reply = ChargeRequest::from_http(http::Response::new(body)).unwrap();
    assert_eq!(reply.number.as_deref(), Some("1"));
    reply.unread().to_vec()
}

#[test]
fn another_value_is_named() {
    assert!(unread(r#"{"object":"card","live":true,"number":"1"}"#).is_empty());
    assert!(unread(r#"{"live":"true","number":"1"}"#).is_empty());
    let other = r#"{"object":"cards","live":false,"number":"1"}"#;
    assert_eq!(unread(other), ["data.object", "data.live"]);
    assert_eq!(unread(r#"{"object":{"card":1},"number":"1"}"#), ["data.object"]);
}
