//! Responses differ in what is around the data: `err_msg` or `err_tips`, `data` or `result`, 0 or 1 for success.

use runtime::{Endpoint, http};

use super::api::demo::{NewNameRequest, OldNamesRequest};

fn response(body: &str) -> http::Response<Vec<u8>> {
    http::Response::new(body.as_bytes().to_vec())
}

#[test]
fn the_data_are_where_the_envelope_says() {
    let body = r#"{"err_no":0,"err_msg":"","log_id":"L1","data":{"name":"n"}}"#;
    let new = NewNameRequest::from_http(response(body)).unwrap();
    assert_eq!((new.name.as_str(), new.log_id.as_deref()), ("n", Some("L1")));
    let body = r#"{"err_no":1,"err_tips":"","result":["a","b"]}"#;
    let old = OldNamesRequest::from_http(response(body)).unwrap();
    assert_eq!(old.data, ["a", "b"]);
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
