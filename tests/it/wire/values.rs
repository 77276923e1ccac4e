//! Values beyond whole numbers of 64 bits with a sign and text: each to its last digit.

use apiscribe::decimals::{DecimalNumber, DecimalText};
use apiscribe::http::Response;
use apiscribe::meta::{Code, Envelope, Host};
use apiscribe::time::{Date, Timestamp};
use apiscribe::{Decode, Encode, Endpoint, Validate};

use super::{fault, json, read};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope =
    Envelope::new("plain").code(&["code"]).success(Code::Int(0)).message(&["message"]).data("data");

#[derive(Debug, PartialEq, Encode, Decode, Validate)]
struct Values {
    #[validate(range(min = 1))]
    id: u64,
    #[validate(required)]
    price: DecimalText,
    rate: Option<DecimalNumber>,
    day: Date,
    at: Timestamp,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/v", name = "v", host = HOST, envelope = PLAIN, response = Values, body = form)]
struct Ask {
    rate: DecimalNumber,
    #[wire(skip)]
    #[endpoint(query)]
    since: Timestamp,
}

#[derive(Debug, PartialEq, Decode)]
struct Ids {
    #[wire(lenient)]
    id: u64,
    #[wire(lenient)]
    others: Vec<u64>,
}

fn values() -> Values {
    Values {
        id: u64::MAX,
        price: "12345678901234567890.12".parse().unwrap(),
        rate: Some("0.10".parse().unwrap()),
        day: "2024-02-29".parse().unwrap(),
        at: "2024-06-19T19:22:45.5Z".parse().unwrap(),
    }
}

const WRITTEN: &str = r#"{"id":18446744073709551615,"price":"12345678901234567890.12","rate":0.10,"day":"2024-02-29","at":"2024-06-19T19:22:45.5Z"}"#;

/// What the client reads of a success with these data, and what was left empty in it.
fn received(data: &str) -> Result<(Values, Vec<String>), String> {
    let body = format!(r#"{{"code":0,"data":{data}}}"#);
    let reply = Ask::from_http(Response::new(body)).map_err(|error| error.to_string())?;
    let unread = reply.unread().to_vec();
    Ok((reply.into_data(), unread))
}

#[test]
fn every_value_keeps_its_digits_both_ways() {
    assert_eq!(json(&values()), WRITTEN);
    assert_eq!(received(WRITTEN), Ok((values(), Vec::new())));
    assert!(values().validate().is_ok());
}

#[test]
fn a_decimal_is_read_from_a_number_or_text() {
    let other = WRITTEN.replace("0.10", r#"" 0.10 ""#);
    let other = other.replace("\"12345678901234567890.12\"", "12345678901234567890.12");
    assert_eq!(received(&other), Ok((values(), Vec::new())));
}

#[test]
fn a_number_that_may_have_been_rounded_is_no_decimal() {
    for rounded in ["1e2", "\"1e2\"", "\"x\"", "true", "0.12345678901234567890123456789"] {
        let (found, unread) = received(&WRITTEN.replace("0.10", rounded)).unwrap();
        assert_eq!((found.rate, unread), (None, vec!["data.rate".to_owned()]), "{rounded}");
    }
    assert!(fault::<DecimalText>("0.5").starts_with("invalid type: floating point"));
    assert_eq!(read::<DecimalText>("5"), "5".parse().unwrap());
}

#[test]
fn a_form_and_a_query_have_the_same_digits() {
    let ask = Ask { rate: "0.10".parse().unwrap(), since: values().at };
    let (parts, body) = ask.to_http("https://h", None).unwrap().into_parts();
    assert_eq!(parts.uri, "https://h/v?since=2024-06-19T19%3A22%3A45.5Z");
    assert_eq!(body, b"rate=0.10");
}

#[test]
fn a_day_or_a_time_that_there_is_not_is_refused() {
    for (right, wrong) in [("2024-02-29", "2023-02-29"), ("19:22:45.5Z", "19:22:45.5")] {
        let error = received(&WRITTEN.replace(right, wrong)).unwrap_err();
        assert!(error.contains("data."), "{error}");
    }
}

#[test]
fn a_number_without_a_sign_is_read_leniently_to_its_last_digit() {
    let ids = Ids { id: u64::MAX, others: vec![1, 5] };
    assert_eq!(read::<Ids>(r#"{"id":"18446744073709551615","others":["1","5.00"]}"#), ids);
    assert_eq!(read::<Ids>(r#"{"id":18446744073709551615,"others":[1,5]}"#), ids);
    assert!(fault::<Ids>(r#"{"id":"-1"}"#).starts_with("invalid value: string"));
    assert!(fault::<Ids>(r#"{"id":-1}"#).starts_with("invalid value: integer `-1`"));
}
