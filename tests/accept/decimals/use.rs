//! Decimals are exact, on the wire and in their limits.

use apiscribe::{Endpoint, Validate, http, serde_json};

use super::api::demo::{PayRequest, PayRequired, QuoteRequest, QuoteRequired};

fn violations(request: &PayRequest) -> Vec<String> {
    let found = request.validate().err().into_iter().flatten();
    found.map(|violation| violation.to_string()).collect()
}

#[test]
fn one_is_text_and_the_other_a_number() {
    let request = PayRequest {
        rate: Some("0.10".parse().unwrap()),
        parts: Some(vec!["12.50".parse().unwrap()]),
        ..PayRequest::new(PayRequired { amount: "9999999999999.99".parse().unwrap() })
    };
    let body = serde_json::to_string(&request).unwrap();
    assert_eq!(body, r#"{"amount":"9999999999999.99","rate":0.10,"parts":["12.50"]}"#);
}

#[test]
fn bounds_are_kept_to_the_last_digit() {
    let pay = |amount: &str| violations(&PayRequest::new(PayRequired { amount: amount.parse().unwrap() }));
    assert!(pay("0.01").is_empty());
    assert!(pay("9999999999999.99").is_empty());
    assert_eq!(pay("0.009999999999999999999"), ["amount: 0.009999999999999999999, at least 0.01 needed"]);
    let most = "at most 9999999999999.99 allowed";
    assert_eq!(pay("9999999999999.991"), [format!("amount: 9999999999999.991, {most}")]);
}

#[test]
fn bounds_of_items_and_on_a_condition_are_kept_too() {
    let request = PayRequest {
        rate: Some("1.01".parse().unwrap()),
        parts: Some(vec!["0.1".parse().unwrap(), "0.09".parse().unwrap()]),
        currency: Some("JPY".into()),
        fee: Some("500.5".parse().unwrap()),
        ..PayRequest::new(PayRequired { amount: "1".parse().unwrap() })
    };
    let expected = [
        "rate: 1.01, at most 1 allowed",
        "parts[1]: 0.09, at least 0.1 needed",
        "fee: 500.5, at most 500 allowed when currency is \"JPY\"",
    ];
    assert_eq!(violations(&request), expected);
}

#[test]
fn they_are_read_from_numbers_and_from_text() {
    let body = br#"{"code":0,"data":{"paid":12.30,"rate":"0.1234567890123456789"}}"#.to_vec();
    let reply = PayRequest::from_http(http::Response::new(body)).unwrap();
    assert_eq!(reply.paid.to_string(), "12.30");
    assert_eq!(reply.rate.unwrap().to_string(), "0.1234567890123456789");
}

#[test]
fn they_stand_in_a_url() {
    let mut request = QuoteRequest::new(QuoteRequired { amount: "12.50".parse().unwrap() });
    request.rate = Some("0.10".parse().unwrap());
    let http = request.to_http("https://api.example.com", None).unwrap();
    assert_eq!(http.uri(), "https://api.example.com/quote?amount=12.50&rate=0.10");
}
