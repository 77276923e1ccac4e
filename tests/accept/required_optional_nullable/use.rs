//! A field must be given, may be left out, may be null, or both.

use apiscribe::{Endpoint, Validate, http, serde_json};

use super::api::demo::{Id, SaveRequest, SaveRequired, SaveResponse};

fn read(data: &str) -> Result<SaveResponse, String> {
    let body = format!(r#"{{"code":0,"message":"","data":{data}}}"#).into_bytes();
    let reply = SaveRequest::from_http(http::Response::new(body));
    reply.map(|reply| reply.into_data()).map_err(|error| error.to_string())
}

#[test]
fn what_is_left_out_is_not_written_and_what_is_null_is() {
    let request = SaveRequest::new(SaveRequired { required: "r".into(), id: Id::from("i"), nullable: None });
    assert!(request.validate().is_ok());
    let body = serde_json::to_string(&request).unwrap();
    assert_eq!(body, r#"{"required":"r","id":"i","nullable":null}"#);
}

#[test]
fn what_is_required_is_not_empty() {
    let violations =
        SaveRequest::new(SaveRequired { required: "".into(), id: Id::from(""), nullable: Some(String::new()) }).validate().unwrap_err();
    let expected = "required: required, but missing or empty\nid: required, but missing or empty";
    assert_eq!(violations.to_string(), expected);
}

#[test]
fn a_response_may_lack_what_is_optional_and_have_null_for_what_is_nullable() {
    let least = read(r#"{"required":"r","nullable":null}"#).unwrap();
    assert_eq!((least.optional, least.nullable, least.either), (None, None, None));
    let null = read(r#"{"required":"r","nullable":"n","either":null}"#).unwrap();
    assert_eq!(null.either, Some(None));
    assert!(read(r#"{"nullable":null}"#).unwrap_err().contains("required"));
    assert!(read(r#"{"required":null,"nullable":null}"#).is_err());
}
