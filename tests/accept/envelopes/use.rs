//! Responses differ in what is around the data: `err_msg` or `err_tips`, `data` or `result`, 0 or 1 for success,
//! or the code among the data.

use apiscribe::error::DecodeFault;
use apiscribe::{Endpoint, Error, http};

use super::api::demo::{
    BareNamesRequest, DeepNameRequest, FlatNameRequest, LeaveRequest, NewNameRequest,
    NewTokenRequest, OldNamesRequest,
};

fn response(body: &str) -> http::Response<Vec<u8>> {
    http::Response::new(body.as_bytes().to_vec())
}

#[test]
fn the_data_are_where_the_envelope_says() {
    let body = r#"{"err_no":0,"err_msg":"","log_id":"L1","data":{"name":"n"}}"#;
    let new = NewNameRequest::from_http(response(body)).unwrap();
    assert_eq!((new.name.as_str(), new.log_id()), ("n", Some("L1")));
    let body = r#"{"err_no":1,"err_tips":"","result":["a","b"]}"#;
    let old = OldNamesRequest::from_http(response(body)).unwrap();
    assert_eq!(old.into_data(), ["a", "b"]);
}

#[test]
fn a_refusal_under_status_200_is_an_error() {
    let body = r#"{"err_no":5,"err_msg":"no such user","log_id":"L2","data":null}"#;
    let error = NewNameRequest::from_http(response(body)).unwrap_err();
    let refusal = error.api().unwrap();
    assert_eq!((refusal.code.0, refusal.message.as_str()), (5, "no such user"));
    assert_eq!(error.log_id(), Some("L2"));
    let body = r#"{"err_no":0,"err_tips":"nobody","result":[]}"#;
    let error = OldNamesRequest::from_http(response(body)).unwrap_err();
    assert_eq!(error.api().unwrap().message, "nobody");
}

#[test]
fn the_code_can_stand_among_the_data() {
    let body = r#"{"message":"success","data":{"token":"t","description":"","error_code":"0","log_id":"L3"}}"#;
    let reply = NewTokenRequest::from_http(response(body)).unwrap();
    assert_eq!((reply.token.as_str(), reply.log_id()), ("t", Some("L3")));
    let body = r#"{"data":{"deep":{"error_code":9},"error_code":0}}"#;
    assert!(LeaveRequest::from_http(response(body)).is_ok());
}

#[test]
fn a_refusal_among_the_data_is_an_error_and_not_data_that_lack_fields() {
    let refused = |body: &str| NewTokenRequest::from_http(response(body)).unwrap_err();
    let body = r#"{"message":"error","data":{"error_code":10003,"description":"no such app","log_id":"L4"}}"#;
    let error = refused(body);
    let refusal = error.api().unwrap();
    assert_eq!((refusal.code.0, refusal.message.as_str()), (10003, "no such app"));
    assert_eq!(error.log_id(), Some("L4"));
    for body in [
        r#"{"message":"error","data":{"error_code":5,"description":""}}"#,
        r#"{"data":{"error_code":5,"description":null},"message":"error"}"#,
    ] {
        assert_eq!(refused(body).api().unwrap().message, "error");
    }
    let error = LeaveRequest::from_http(response(r#"{"data":{"error_code":5}}"#)).unwrap_err();
    assert_eq!(error.api().unwrap().code.0, 5);
}

#[test]
fn without_the_code_nobody_knows() {
    for body in [r#"{"message":"error"}"#, r#"{"message":"error","data":null}"#, r#"{"data":[0]}"#, r#"{"error_code":0,"data":{"token":"t"}}"#] {
        let error = NewTokenRequest::from_http(response(body)).unwrap_err();
        let Error::Decode(error) = error else { panic!("{error}") };
        assert!(matches!(&error.fault, DecodeFault::NoCode { key } if *key == "data.error_code"));
    }
}

#[test]
fn what_is_wrong_among_the_data_has_its_place() {
    for (body, path) in [
        (r#"{"data":{"error_code":0}}"#, "data"),
        (r#"{"data":{"error_code":true}}"#, "data.error_code"),
        (r#"{"data":{"error_code":0,"token":[5]}}"#, "data.token"),
    ] {
        let error = NewTokenRequest::from_http(response(body)).unwrap_err();
        let Error::Decode(error) = error else { panic!("{error}") };
        assert_eq!(error.path, path, "{error}");
    }
}

#[test]
fn parts_may_be_anywhere() {
    let body = r#"{"err":{"err_code":0},"extra":{"error_code":0,"logid":"L5"},"result":{"data":{"name":"n"}}}"#;
    let reply = DeepNameRequest::from_http(response(body)).unwrap();
    assert_eq!((reply.name.as_str(), reply.log_id()), ("n", Some("L5")));
    let body = r#"{"err":{"err_code":0},"extra":{"error_code":7},"result":{"data":{"name":"n"}}}"#;
    let error = DeepNameRequest::from_http(response(body)).unwrap_err();
    assert_eq!(error.api().unwrap().code.0, 7);
    let reply = FlatNameRequest::from_http(response(r#"{"err_no":0,"name":"n"}"#)).unwrap();
    assert_eq!(reply.name, "n");
}

#[test]
fn without_a_code_the_status_decides() {
    let names = BareNamesRequest::from_http(response(r#"["a","b"]"#)).unwrap();
    assert_eq!(names.into_data(), ["a", "b"]);
    let refused = http::Response::builder().status(404).body(r#"{"message":"nobody"}"#).unwrap();
    let error = BareNamesRequest::from_http(refused).unwrap_err();
    let refusal = error.api().unwrap();
    assert_eq!((refusal.code.0, refusal.message.as_str()), (404, "nobody"));
}
