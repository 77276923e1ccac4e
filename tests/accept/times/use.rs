//! Times and durations have a unit.

use std::time::{Duration, UNIX_EPOCH};

use apiscribe::time::{Millis, Seconds, UnixMillis, UnixSeconds};
use apiscribe::{Endpoint, Validate, http, serde_json};

use super::api::demo::{BookRequest, BookRequired};

#[test]
fn each_unit_is_a_type_and_a_number_on_the_wire() {
    let request = BookRequest {
        at_s: Some(UnixSeconds(2)),
        wait_ms: Some(Millis(3)),
        wait_s: Some(Seconds(4)),
        ..BookRequest::new(BookRequired { at_ms: UnixMillis(1_000) })
    };
    let body = serde_json::to_string(&request).unwrap();
    assert_eq!(body, r#"{"at_ms":1000,"at_s":2,"wait_ms":3,"wait_s":4}"#);
}

#[test]
fn they_become_those_of_the_standard_library() {
    assert_eq!(UnixMillis(1_500).to_system_time(), Some(UNIX_EPOCH + Duration::from_millis(1_500)));
    assert_eq!(Seconds(4).to_duration(), Some(Duration::from_secs(4)));
    assert_eq!(Seconds(-4).to_duration(), None);
}

#[test]
fn their_limits_are_checked() {
    let request = BookRequest { wait_s: Some(Seconds(601)), ..BookRequest::new(BookRequired { at_ms: UnixMillis(0) }) };
    assert_eq!(request.validate().unwrap_err().to_string(), "wait_s: 601 s, at most 600 allowed");
}

#[test]
fn they_are_read_from_numbers_and_from_text() {
    let body = br#"{"code":0,"message":"","data":{"booked_at":"1700000000000"}}"#.to_vec();
    let reply = BookRequest::from_http(http::Response::new(body)).unwrap();
    assert_eq!(reply.booked_at, UnixMillis(1_700_000_000_000));
}
