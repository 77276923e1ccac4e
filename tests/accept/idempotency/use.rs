//! A key makes a second request harmless; one error says that the first took effect.

use apiscribe::{Endpoint, http};

use super::api::demo::{Mood, PayError, PayRequest, PayRequired, ReactRequest, ReactRequired, RefundRequest, RequestNo, TransferRequest, TransferRequired};

#[test]
fn the_key_is_a_field_of_the_request() {
    assert_eq!(PayRequest::new(PayRequired { request_no: RequestNo::from("r1") }).idempotency_key().as_deref(), Some("r1"));
}

#[test]
fn a_key_that_is_not_required_counts_when_it_is_given() {
    assert_eq!(RefundRequest::new().idempotency_key(), None);
    let request = RefundRequest { idempotency_key: Some("r1".to_owned()) };
    assert_eq!(request.idempotency_key().as_deref(), Some("r1"));
    let sent = request.to_http("https://api.example.com", None).unwrap();
    assert_eq!(sent.headers()["idempotency-key"], "r1");
    assert!(RefundRequest::new().to_http("https://api.example.com", None).unwrap().headers().get("idempotency-key").is_none());
}

#[test]
fn the_error_of_a_second_request_is_known_as_such() {
    let refused = |code: i64| {
        let body = format!(r#"{{"code":{code},"message":"","data":null}}"#).into_bytes();
        PayRequest::from_http(http::Response::new(body)).unwrap_err()
    };
    let error = refused(7);
    let second = error.api().unwrap();
    assert_eq!((&second.code, second.duplicate), (&PayError::PaidBefore, true));
    assert!(!refused(8).api().unwrap().duplicate);
}

#[test]
fn several_fields_are_one_key() {
    let reaction = |channel: &str, message| {
        let request = ReactRequest::new(ReactRequired { channel: channel.to_owned(), mood: Mood::Good });
        ReactRequest { message, ..request }
    };
    let key = |channel: &str, message| reaction(channel, message).idempotency_key().map(String::from);
    assert_eq!(key("C1", Some(7)).as_deref(), Some(r#"["C1",7,"good"]"#));
    // A part that is absent or blank identifies nothing, and what is no part makes no difference.
    assert_eq!(key("C1", None), None);
    assert_eq!(key(" ", Some(7)), None);
    let noted = ReactRequest { note: Some("n".to_owned()), ..reaction("C1", Some(7)) };
    assert_eq!(noted.idempotency_key(), reaction("C1", Some(7)).idempotency_key());
}

/// Two amounts that one float stands for are two.
#[test]
fn a_number_is_part_of_a_key_to_the_digit() {
    let key = |amount: &str| {
        let amount = amount.parse().unwrap();
        let request = TransferRequest::new(TransferRequired { to: "A".to_owned(), amount });
        request.idempotency_key().unwrap().into_owned()
    };
    assert_eq!(key("12345678901234567.01"), r#"["A",12345678901234567.01]"#);
    assert_eq!(key("12345678901234567.02"), r#"["A",12345678901234567.02]"#);
}
