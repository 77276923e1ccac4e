//! Whole numbers that need all 64 bits.

use apiscribe::{Endpoint, Validate, http, serde_json};

use super::api::demo::{CountRequest, CountRequired};

#[test]
fn all_of_their_digits_are_kept() {
    let body = serde_json::to_string(&CountRequest::new(CountRequired { id: u64::MAX })).unwrap();
    assert_eq!(body, r#"{"id":18446744073709551615}"#);
    let body = br#"{"code":0,"data":{"id":18446744073709551615,"ids":["18446744073709551614",-1]}}"#;
    let reply = CountRequest::from_http(http::Response::new(body.to_vec())).unwrap();
    assert_eq!(reply.id, u64::MAX);
    assert_eq!((&reply.ids, reply.unread()), (&None, &["data.ids".to_owned()][..]));
}

#[test]
fn their_limits_and_conditions_are_checked() {
    let request = CountRequest { kind: Some(7), ..CountRequest::new(CountRequired { id: u64::MAX }) };
    let violations = request.validate().unwrap_err().to_string();
    let expected = "id: 18446744073709551615, at most 18446744073709551614 allowed\n\
                    note: required when kind is 7, but missing";
    assert_eq!(violations, expected);
    assert!(CountRequest::new(CountRequired { id: 0 }).validate().is_err());
}
