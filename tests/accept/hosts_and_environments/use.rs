//! A request knows its host, and a host its environments.

use apiscribe::Endpoint;

use super::api::demo::{GetUserRequest, PayUserRequest};
use super::api::platform::{OPEN, PAY};

#[test]
fn a_host_has_the_environments_that_the_page_names() {
    assert_eq!(OPEN.production, "https://open.example.com");
    assert_eq!(OPEN.sandbox, Some("https://sandbox.example.com"));
    assert_eq!(OPEN.development, Some("http://dev.example.com:8080"));
    assert_eq!((PAY.sandbox, PAY.development), (None, None));
}

#[test]
fn endpoints_of_one_client_may_be_on_several_hosts() {
    assert_eq!(GetUserRequest::META.host, &OPEN);
    assert_eq!(PayUserRequest::META.host, &PAY);
    let request = GetUserRequest::new().to_http(OPEN.sandbox.unwrap(), None).unwrap();
    assert_eq!(request.uri(), "https://sandbox.example.com/user");
}
