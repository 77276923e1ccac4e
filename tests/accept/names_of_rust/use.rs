//! Names that Rust keeps for itself, or that everybody uses, are kept on the wire and changed as little as will do.

use apiscribe::wire::JsonText;
use apiscribe::{Endpoint, ErrorCode, Validate, http};

use super::api::demo::{self, AsyncRequest, AsyncRequired, BoxError, Self_};

#[test]
fn the_wire_has_the_names_of_the_documents() {
    let mut request = AsyncRequest::new(AsyncRequired { type_: "t".into(), self_: Self_::from("me"), option: demo::Option::new() });
    request.crate_ = Some(demo::Default::Ok);
    request.async_ = Some(demo::Result { some: Some(demo::Option::new()) });
    request.yield_ = Some(JsonText(vec![demo::Option::new()]));
    request.gen_ = Some(true);
    request._7days = Some("7".to_owned());
    request.user_name = Some("u".to_owned());
    request.名字 = Some("n".to_owned());
    let http = request.to_http("https://api.example.com", None).unwrap();
    let body = r#"{"self":"me","option":{},"crate":"Ok","async":{"some":{}},"yield":"[{}]","gen":true,"7days":"7","user.name":"u","名字":"n"}"#;
    assert_eq!(std::str::from_utf8(http.body()).unwrap(), body);
    assert_eq!(http.uri().path(), "/async/t");
    assert!(request.validate().is_ok());
}

#[test]
fn rules_name_the_fields_of_the_wire() {
    let request = AsyncRequest { try_: Some(1), ..AsyncRequest::new(AsyncRequired { type_: "t".into(), self_: Self_::from("me"), option: demo::Option::new() }) };
    let violations = request.validate().unwrap_err().to_string();
    assert_eq!(violations, "static: required when try is 1, but missing");
}

#[test]
fn they_are_read_as_well() {
    let body = br#"{"code":0,"message":"","data":{"match":"m","super":"self","option":{},"vec":{"fn":"f"}}}"#.to_vec();
    let reply = AsyncRequest::from_http(http::Response::new(body)).unwrap();
    assert_eq!((reply.match_.as_str(), &reply.super_), ("m", &Some(demo::Default::Self_)));
    assert_eq!((&reply.option.ok, reply.vec.fn_.as_ref().map(|text| &*text.0)), (&None, Some("f")));
    let without = br#"{"code":0,"message":"","data":{"match":"m","option":{}}}"#.to_vec();
    assert!(AsyncRequest::from_http(http::Response::new(without)).is_err());
    assert_eq!(BoxError::from_code(1), BoxError::Self_);
}
