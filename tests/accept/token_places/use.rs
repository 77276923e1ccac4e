//! A token travels as the spec says, and no `Debug` shows it.

use apiscribe::{Endpoint, Secret};
use http::Request;

use super::api::demo::{
    ARequest, BRequest, CRequest, DRequest, ERequest, FRequest, GRequest,
};

fn sent(request: &impl Endpoint, token: &str) -> Request<Vec<u8>> {
    request.to_http("https://api.example.com", Some(&Secret::from(token))).unwrap()
}

/// The header `Authorization`.
fn header(request: &impl Endpoint, token: &str) -> String {
    let request = sent(request, token);
    let header = &request.headers()["authorization"];
    assert!(header.is_sensitive());
    header.to_str().unwrap().to_owned()
}

#[test]
fn a_header_carries_it_by_a_scheme_behind_a_prefix_or_alone() {
    assert_eq!(header(&ARequest::new(), "tok"), "Bearer tok");
    // The example of RFC 7617, section 2.
    assert_eq!(header(&BRequest::new(), "Aladdin:open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert_eq!(header(&CRequest::new(), "tok"), "tok");
    assert_eq!(header(&DRequest::new(), "tok"), "token tok");
}

#[test]
fn a_query_carries_it_behind_the_fields() {
    let request = sent(&ERequest { page: Some(2) }, "t&k");
    assert_eq!(request.uri(), "https://api.example.com/e?page=2&access_token=t%26k");
    assert!(request.headers().is_empty());
}

#[test]
fn a_body_carries_it_beside_the_fields() {
    let name = Some("n".to_owned());
    let json = sent(&FRequest { name: name.clone() }, "t\"k");
    assert_eq!(json.body(), br#"{"access_token":"t\"k","name":"n"}"#);
    assert_eq!(sent(&FRequest::new(), "tok").body(), br#"{"access_token":"tok"}"#);
    assert_eq!(sent(&GRequest { name }, "t&k").body(), b"access_token=t%26k&name=n");
}

#[test]
fn nothing_is_made_without_it() {
    assert!(ERequest::new().to_http("https://api.example.com", None).is_err());
    assert!(FRequest::new().to_http("https://api.example.com", Some(&Secret::from(" "))).is_err());
}
