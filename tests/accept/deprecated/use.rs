//! Whoever uses what is deprecated is warned; what takes its place is not.

// That users are warned, and generated code is not, is in `tests/it/deprecated.rs`.
#![expect(deprecated, reason = "it is what this is about")]

use apiscribe::{Endpoint, Validate, WireEnum, http};

use super::api::demo::{OldId, PayRequest, PayRequired, PayV2Request, PayV2Required, Status};

#[test]
fn what_is_deprecated_still_works() {
    let request = PayRequest::new(PayRequired { id: OldId::from("123456789") });
    assert_eq!(request.validate().unwrap_err().to_string(), "id: 9 bytes, at most 8 allowed");
    let body = br#"{"code":0,"data":{"name":"June"}}"#.to_vec();
    let reply = PayRequest::from_http(http::Response::new(body)).unwrap();
    assert_eq!(reply.name.as_deref(), Some("June"));
    assert_eq!("OK".parse(), Ok(Status::Ok));
    assert_eq!(Status::documented().len(), 2);
}

#[test]
fn what_replaces_it_works_beside_it() {
    let request = PayV2Request { status: Some(Status::Success), ..PayV2Request::new(PayV2Required { order: "o1".into() }) };
    let sent = request.to_http("https://api.example.com", None).unwrap();
    assert_eq!(sent.body(), br#"{"order":"o1","status":"SUCCESS"}"#);
}
