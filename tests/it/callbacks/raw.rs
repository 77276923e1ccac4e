//! What the spec does not know of a call stays accessible: its bytes, its content's text, the platform's headers.

use std::sync::Mutex;

use apiscribe::Events;
use apiscribe::callback::{Acknowledgement, Event};
use generated_client::platform_schemes::CallbackHeaders;
use http::HeaderValue;

use super::events::{PLAIN, Trade, body, call, callbacks, parts, settle, verifier};

const LOG_ID: &str = "20240222152617458BC905C044040CE7DB";
const EVENT_ID: &str =
    "basic_industry_/msg/basic/payment/notify_tt168_PaySucDeveloperNotify_motb733";

/// The headers of a real call, and some of a gateway before this server.
const REAL: &[(&str, &str)] = &[
    ("Byte-Env", "prod"),
    ("Byte-Eventid", EVENT_ID),
    ("Byte-Identifyname", "/msg/basic/payment/notify"),
    ("Byte-Logid", LOG_ID),
    ("Signature", "37ad4ca1b7e17cfa709b612c68fd553415d46781"),
    ("Content-Type", "application/json"),
    ("Accept-Charset", "utf-8"),
    ("Authorization", "Basic Z2F0ZXdheQ=="),
    ("Cookie", "gateway=1"),
];

fn real() -> http::Request<Vec<u8>> {
    let mut request = settle("s1");
    for (name, value) in REAL {
        request.headers_mut().insert(*name, HeaderValue::from_static(value));
    }
    request
}

#[tokio::test]
async fn a_handler_sees_the_very_bytes_and_the_headers_of_the_platform() {
    let seen = Mutex::new(None);
    let request = real();
    let sent = request.body().clone();
    let handler = async |event: Event<Trade>| {
        *seen.lock().unwrap() = Some(event);
        Ok::<_, String>(Acknowledgement::any())
    };
    assert_eq!(parts(callbacks().receive(request, handler).await), (200, PLAIN.to_owned()));
    let event = seen.into_inner().unwrap().unwrap();
    assert_eq!(event.raw().body, sent);
    assert_eq!(event.raw_content(), r#"{"settle_id":"s1"}"#);
    assert_eq!((event.log_id(), event.event_id()), (Some(LOG_ID), Some(EVENT_ID)));
    assert_eq!(event.raw().header(CallbackHeaders::ENVIRONMENT.as_str()), Some("prod"));
    assert_eq!(
        event.raw().header(CallbackHeaders::IDENTIFY_NAME.as_str()),
        Some("/msg/basic/payment/notify")
    );
    let names: Vec<&str> = event.raw().headers.keys().map(http::HeaderName::as_str).collect();
    assert_eq!(names.len(), 9, "{names:?}");
    assert!(["signature", "content-type"].iter().all(|name| names.contains(name)));
}

#[test]
fn fields_that_the_spec_does_not_know_are_in_the_raw_content() {
    let content =
        r#"{ "settle_id" : "s1", "new": [1, 2.50, {"deep": null}], "settle_id_2": "\u6296" }"#;
    let request = call(&body("settle", content));
    let event = verifier().verify::<Trade>(request.headers(), request.body()).unwrap();
    assert_eq!(event.raw_content(), content);
}

#[test]
fn a_body_that_begins_with_a_byte_order_mark_is_kept_with_it() {
    let bytes = [b"\xEF\xBB\xBF".as_slice(), &body("settle", r#"{"settle_id":"s1"}"#)].concat();
    let request = call(&bytes);
    let event = verifier().verify::<Trade>(request.headers(), request.body()).unwrap();
    assert_eq!(event.raw().body, bytes);
}

#[test]
fn a_body_alone_has_no_headers() {
    let bytes = body("settle", r#"{"settle_id":"s1"}"#);
    let event = Trade::parse(&bytes).unwrap();
    assert_eq!(event.raw().body, bytes);
    assert!(event.log_id().is_none() && event.raw().headers.is_empty());
}

#[test]
fn a_header_that_is_no_text_is_kept_and_not_shown_as_text() {
    let mut request = settle("s1");
    let bytes = HeaderValue::from_bytes(b"\xE6\x8A\x96").unwrap();
    request.headers_mut().insert("Byte-Logid", bytes.clone());
    let event = verifier().verify::<Trade>(request.headers(), request.body()).unwrap();
    assert_eq!((event.log_id(), event.raw().headers.get("byte-logid")), (None, Some(&bytes)));
}

#[test]
fn debug_shows_the_log_id_and_no_signature() {
    let request = real();
    let event = verifier().verify::<Trade>(request.headers(), request.body()).unwrap();
    let shown = format!("{event:?}");
    assert!(shown.contains(LOG_ID) && shown.contains("Settle"), "{shown}");
    let signature = request.headers()["Byte-Signature"].to_str().unwrap();
    assert!(!shown.contains(signature) && !shown.contains("37ad4ca1"), "{shown}");
}
