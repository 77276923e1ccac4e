//! Headers: those of a host, those of an endpoint, and fields.

use apiscribe::{Endpoint, Secret, Validate};

use super::api::demo::{GetIssueRequest, Prefer, UpdateIssueRequest, UpdateIssueRequired};

const BASE: &str = "https://api.example.com";

fn update() -> UpdateIssueRequest {
    UpdateIssueRequest::new(UpdateIssueRequired { idempotency_key: "key-1".into() })
}

/// Names and values of the headers.
fn headers(request: &impl Endpoint) -> Vec<String> {
    let request = request.to_http(BASE, Some(&Secret::from("t"))).unwrap();
    let headers = request.headers().iter();
    headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect()
}

#[test]
fn each_request_to_a_host_has_its_headers() {
    let expected = ["accept: application/vnd.github+json", "x-github-api-version: 2022-11-28"];
    assert_eq!(headers(&GetIssueRequest::new()), expected);
}

#[test]
fn an_endpoint_has_others_and_its_own_media_type() {
    let expected = [
        "x-github-api-version: 2022-11-28",
        "accept: application/vnd.github.raw+json",
        "idempotency-key: key-1",
        "content-type: application/merge-patch+json",
        "access-token: t",
    ];
    assert_eq!(headers(&update()), expected);
}

#[test]
fn fields_travel_in_headers_and_not_in_the_body() {
    let if_match = Some(vec!["\"a\"".to_owned(), "\"b\"".to_owned()]);
    let request = UpdateIssueRequest { if_match, x_depth: Some(2), prefer: Some(Prefer::Minimal), ..update() };
    let found = headers(&request);
    for header in ["if-match: \"a\", \"b\"", "x-depth: 2", "prefer: return=minimal"] {
        assert!(found.iter().any(|line| line == header), "{found:?}");
    }
    assert_eq!(request.to_http(BASE, Some(&Secret::from("t"))).unwrap().body(), b"{}");
}

#[test]
fn a_key_in_a_header_makes_a_second_request_harmless_and_has_its_rules() {
    assert_eq!(update().idempotency_key().as_deref(), Some("key-1"));
    let violations = UpdateIssueRequest::new(UpdateIssueRequired { idempotency_key: "k".repeat(65) }).validate().unwrap_err();
    assert_eq!(violations.iter().next().unwrap().path.to_string(), "Idempotency-Key");
}

#[test]
fn a_secret_in_a_header_is_not_shown() {
    let request = UpdateIssueRequest { x_pin: Some("hunter2".into()), ..update() };
    let http = request.to_http(BASE, Some(&Secret::from("t"))).unwrap();
    assert_eq!(http.headers()["x-pin"], "hunter2");
    assert!(!format!("{request:?} {http:?}").contains("hunter2"));
}
