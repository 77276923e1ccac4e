//! The token goes into the header that the spec names, and only to endpoints that ask for it.

use apiscribe::{Endpoint, Secret};

use super::api::demo::{GetUserRequest, PingRequest};
use super::api::platform::{CLIENT_TOKEN, USER_TOKEN};

const BASE: &str = "https://api.example.com";

#[test]
fn the_token_goes_into_its_header() {
    let token = Secret::from("t0ken");
    let request = GetUserRequest::new().to_http(BASE, Some(&token)).unwrap();
    assert_eq!(request.headers()["access-token"], "t0ken");
    assert!(!format!("{request:?}").contains("t0ken"));
    assert_eq!(GetUserRequest::META.scope, Some("user.read"));
}

#[test]
fn an_endpoint_without_authentication_gets_no_token() {
    let token = Secret::from("t0ken");
    let request = PingRequest::new().to_http(BASE, Some(&token)).unwrap();
    assert!(!request.headers().contains_key("access-token"));
}

#[test]
fn without_a_token_there_is_no_request() {
    assert!(GetUserRequest::new().to_http(BASE, None).is_err());
}

#[test]
fn how_long_a_token_lives_and_what_refuses_it_is_known_if_documented() {
    assert_eq!((CLIENT_TOKEN.lifetime, CLIENT_TOKEN.overlap), (Some(7200), Some(300)));
    assert!(CLIENT_TOKEN.refuses(&3.into()) && CLIENT_TOKEN.refuses(&(-8).into()) && !CLIENT_TOKEN.refuses(&0.into()));
    assert_eq!((USER_TOKEN.lifetime, USER_TOKEN.refused), (None, &[][..]));
}
