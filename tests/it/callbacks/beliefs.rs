//! Which calls are believed, and the very answer that the others get.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use apiscribe::callback::{Callbacks, ReceiveError};
use apiscribe::signature::{PlatformKey, PlatformKeys};
use generated_client::platform_schemes::BYTE_SIGNATURE;
use http::{HeaderValue, Request};

use super::events::{
    NOW, PLAIN, Trade, accept, body, call, call_at, callbacks, parts, refusal, settle, verifier,
    verifier_of,
};
use crate::signature::{OTHER_PUBLIC, platform_key};

async fn answer(request: Request<Vec<u8>>) -> (u16, String) {
    parts(callbacks().receive(request, accept).await)
}

#[tokio::test]
async fn a_call_by_the_platform_is_acknowledged() {
    assert_eq!(answer(settle("s1")).await, (200, PLAIN.to_owned()));
}

#[tokio::test]
async fn a_call_lacks_no_header() {
    for name in ["Byte-Timestamp", "Byte-Nonce-Str", "Byte-Signature"] {
        let mut request = settle("s1");
        request.headers_mut().remove(name);
        let expected = refusal(400, &format!("the header `{name}` is missing"));
        assert_eq!(answer(request).await, expected);
    }
}

#[tokio::test]
async fn a_header_is_there_once_and_is_not_empty() {
    for name in ["Byte-Timestamp", "Byte-Nonce-Str", "Byte-Signature"] {
        let expected = refusal(400, &format!("the header `{name}` is malformed"));
        let mut twice = settle("s1");
        twice.headers_mut().append(name, HeaderValue::from_static("1"));
        assert_eq!(answer(twice).await, expected);
        let mut empty = settle("s1");
        empty.headers_mut().insert(name, HeaderValue::from_static(""));
        assert_eq!(answer(empty).await, expected);
    }
}

#[tokio::test]
async fn a_timestamp_is_digits() {
    for text in ["now", "-1", "+1700000000", "1.7e9", "99999999999999999999"] {
        let mut request = settle("s1");
        request.headers_mut().insert("Byte-Timestamp", HeaderValue::from_static(text));
        let expected = refusal(400, "the header `Byte-Timestamp` is malformed");
        assert_eq!(answer(request).await, expected, "{text}");
    }
}

#[tokio::test]
async fn a_body_that_was_changed_is_not_believed() {
    let mut request = settle("s1");
    request.body_mut().push(b' ');
    assert_eq!(answer(request).await, refusal(401, "the signature does not match"));
}

#[tokio::test]
async fn a_key_of_another_is_not_believed_unless_it_is_given() {
    let other = PlatformKey::new(&BYTE_SIGNATURE, OTHER_PUBLIC).unwrap();
    let callbacks = Callbacks::<Trade>::new(verifier_of(other.clone()));
    let response = callbacks.receive(settle("s1"), accept).await;
    assert_eq!(parts(response), refusal(401, "the signature does not match"));
    let both = Callbacks::<Trade>::new(verifier_of(PlatformKeys::from(other).and(platform_key())));
    assert_eq!(parts(both.receive(settle("s1"), accept).await).0, 200);
}

#[tokio::test]
async fn a_call_of_an_hour_ago_or_hence_is_stale() {
    let past = call_at(NOW - 3600, &body("settle", r#"{"settle_id":"s1"}"#));
    let tips = "the timestamp is 3600 s behind this server's clock";
    assert_eq!(answer(past).await, refusal(403, tips));
    let future = call_at(NOW + 3600, &body("settle", r#"{"settle_id":"s1"}"#));
    let tips = "the timestamp is 3600 s ahead of this server's clock";
    assert_eq!(answer(future).await, refusal(403, tips));
}

#[tokio::test]
async fn a_stranger_is_not_told_how_this_clock_goes() {
    let mut past = call_at(NOW - 3600, &body("settle", r#"{"settle_id":"s1"}"#));
    past.body_mut().push(b' ');
    assert_eq!(answer(past).await, refusal(401, "the signature does not match"));
}

#[tokio::test]
async fn the_window_is_five_minutes_either_way_or_what_it_is_set_to() {
    let body = body("settle", r#"{"settle_id":"s1"}"#);
    for (at, status) in [(NOW - 300, 200), (NOW + 300, 200), (NOW - 301, 403), (NOW + 301, 403)] {
        assert_eq!(answer(call_at(at, &body)).await.0, status, "{at}");
    }
    let wide = Callbacks::<Trade>::new(verifier().window(Duration::from_secs(3600)));
    let response = wide.receive(call_at(NOW - 3600, &body), accept).await;
    assert_eq!(parts(response).0, 200);
}

#[tokio::test]
async fn a_large_body_is_refused_before_it_is_checked() {
    let request = Request::post("/").body(vec![b' '; (1 << 20) + 1]).unwrap();
    assert_eq!(answer(request).await, refusal(413, "the body is over the limit of 1048576 bytes"));
    let length = settle("s1").body().len();
    for (limit, status) in [(length, 200), (length - 1, 413)] {
        let exact = Callbacks::<Trade>::new(verifier().max_body(limit));
        assert_eq!(parts(exact.receive(settle("s1"), accept).await).0, status);
    }
    let narrow = Callbacks::<Trade>::new(verifier().max_body(10));
    let response = narrow.receive(settle("s1"), accept).await;
    assert_eq!(parts(response), refusal(413, "the body is over the limit of 10 bytes"));
}

#[tokio::test]
async fn a_body_that_is_signed_and_yet_not_as_documented_is_malformed() {
    let wrong_type = body("settle", r#"{"settle_id":{"a":1}}"#);
    for body in
        [b"".as_slice(), b"[]", b"{", br#"{"type":1}"#, br#"{"type":"settle"}"#, &wrong_type]
    {
        let expected = refusal(422, "the body is not the documented JSON");
        assert_eq!(answer(call(body)).await, expected);
    }
}

#[tokio::test]
async fn a_log_is_told_what_the_platform_is_not() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let callbacks = callbacks().on_error(move |error| log.lock().unwrap().push(error.to_string()));
    callbacks.receive(call(&body("settle", r#"{"settle_id":[5]}"#)), accept).await;
    callbacks.receive(settle("s1"), async |_| Err("no database")).await;
    let told = told.lock().unwrap();
    assert!(told[0].starts_with("msg.settle_id: invalid type"), "{}", told[0]);
    assert_eq!(
        told[1],
        "the handler failed: no database (settle s1); fix the handler; the platform calls again"
    );
}

#[tokio::test]
async fn a_call_is_verified_without_being_handed_over() {
    let request = settle("s1");
    let event = verifier().verify::<Trade>(request.headers(), request.body()).unwrap();
    assert_eq!(event.version(), Some("3.0"));
    let fault = verifier().verify::<Trade>(request.headers(), b"").unwrap_err();
    assert!(matches!(fault, ReceiveError::Signature(_)));
}
