//! A header of a response may be a field, or the id of the platform's log.

use apiscribe::{Endpoint, Error, http};

use super::api::demo::{
    CreateIssueRequest, RefundAccepted, RefundRequest, RefundResponse, StartExportRequest,
};

fn response(status: u16, headers: &[(&str, &str)], body: &str) -> http::Response<Vec<u8>> {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body.as_bytes().to_vec()).unwrap()
}

#[test]
fn a_header_is_a_field() {
    let headers = [("location", "/issues/7"), ("x-ratelimit-remaining", "59")];
    let body = r#"{"number":7,"Location":"/body"}"#;
    let reply = CreateIssueRequest::from_http(response(201, &headers, body)).unwrap();
    assert_eq!((reply.number, reply.location.as_deref()), (7, Some("/issues/7")));
    assert_eq!(reply.remaining, Some(59));
}

#[test]
fn a_header_may_be_missing_or_unreadable() {
    let headers = [("x-ratelimit-remaining", "many")];
    let reply =
        CreateIssueRequest::from_http(response(201, &headers, r#"{"number":7}"#)).unwrap();
    assert_eq!((reply.location.clone(), reply.remaining), (None, None));
    assert_eq!(reply.headers()["x-ratelimit-remaining"], "many");
    let lacks = CreateIssueRequest::from_http(response(201, &[("location", "/")], "{}"));
    let Error::Decode(error) = lacks.unwrap_err() else { panic!() };
    assert_eq!(error.path, "");
}

#[test]
fn a_response_of_headers_needs_no_body() {
    let headers = [("location", "/exports/1")];
    for body in ["", "{}", r#"{"id":1}"#] {
        let reply = StartExportRequest::from_http(response(202, &headers, body)).unwrap();
        assert_eq!(reply.location.as_deref(), Some("/exports/1"));
    }
    assert_eq!(StartExportRequest::from_http(response(202, &[], "")).unwrap().location, None);
}

#[test]
fn headers_go_with_the_status() {
    let headers = [("location", "/refunds/1")];
    for body in [r#"{"err_no":0}"#, r#"{"err_no":0,"data":{"id":"r"}}"#] {
        let reply = RefundRequest::from_http(response(202, &headers, body)).unwrap();
        let accepted = RefundAccepted { location: Some("/refunds/1".to_owned()) };
        assert_eq!(reply.into_data(), RefundResponse::Accepted(accepted));
    }
}

#[test]
fn a_header_may_have_the_id_of_the_log() {
    let id = [("request-id", "req_1"), ("x-log-id", "L2")];
    let reply = StartExportRequest::from_http(response(202, &id, "")).unwrap();
    assert_eq!(reply.log_id(), Some("req_1"));
    let refused = StartExportRequest::from_http(response(404, &id, r#"{"message":"m"}"#));
    assert_eq!(refused.unwrap_err().log_id(), Some("req_1"));
    let page = StartExportRequest::from_http(response(502, &id, "<html>")).unwrap_err();
    assert_eq!(page.log_id(), Some("req_1"));
    // That of the body goes before that of the header.
    let body = r#"{"err_no":0,"log_id":"L1","data":{"id":"r"}}"#;
    let reply = RefundRequest::from_http(response(200, &id, body)).unwrap();
    assert_eq!(reply.log_id(), Some("L1"));
    let body = r#"{"err_no":5,"log_id":""}"#;
    let refused = RefundRequest::from_http(response(200, &id, body)).unwrap_err();
    assert_eq!(refused.log_id(), Some("L2"));
}
