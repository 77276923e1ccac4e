//! A response may be text, anything at all, nothing, or JSON that is no object.

use apiscribe::endpoint::Binary;
use apiscribe::error::DecodeFault;
use apiscribe::meta::ResponseKind;
use apiscribe::{Endpoint, Error, http};

use super::api::demo::{
    CountIssuesRequest, GetCertificateRequest, GetCodeRequest, GetVersionRequest, Issue,
    ListIssuesRequest, LockIssueRequest,
};

fn response(status: u16, kind: &str, body: &[u8]) -> http::Response<Vec<u8>> {
    let response = http::Response::builder().status(status);
    response.header("content-type", kind).body(body.to_vec()).unwrap()
}

#[test]
fn text_is_a_string_as_it_came() {
    assert_eq!(GetCertificateRequest::META.response, ResponseKind::Text);
    let pem = "-----BEGIN CERTIFICATE-----\nMIIB\"\\\n";
    let reply =
        GetCertificateRequest::from_http(response(200, "text/plain", pem.as_bytes())).unwrap();
    assert_eq!(reply.into_data(), pem);
    let empty = GetCertificateRequest::from_http(response(200, "text/plain", b"")).unwrap();
    assert_eq!(empty.into_data(), "");
}

#[test]
fn binary_is_all_bytes() {
    let bytes = [0xff, 0x00, b'{', 0x89];
    let reply = GetCodeRequest::from_http(response(200, "image/png", &bytes)).unwrap();
    let Binary(data) = reply.into_data();
    assert_eq!(data.as_ref(), bytes);
}

#[test]
fn a_refusal_is_json_under_whatever_status() {
    let body = br#"{"err_no":5,"err_msg":"no such app"}"#;
    for status in [200, 400] {
        let refused =
            GetCodeRequest::from_http(response(status, "application/json; charset=utf-8", body));
        let error = refused.unwrap_err();
        assert_eq!(error.api().unwrap().code.0, 5);
    }
    let page = response(404, "text/html", b"<html>Not Found</html>");
    let Error::Decode(error) = GetCertificateRequest::from_http(page).unwrap_err() else { panic!() };
    assert!(matches!(error.fault, DecodeFault::Http));
}

#[test]
fn nothing_is_asked_of_an_empty_body() {
    let reply = LockIssueRequest::from_http(response(204, "", b"")).unwrap();
    assert_eq!((*reply, reply.http_status().as_u16()), ((), 204));
    assert!(LockIssueRequest::from_http(response(200, "application/json", b"{}")).is_ok());
    let refused = LockIssueRequest::from_http(response(403, "", b"")).unwrap_err();
    assert_eq!(refused.api().unwrap().code.0, 403);
}

#[test]
fn json_need_not_be_an_object() {
    let json = |body: &str| response(200, "application/json", body.as_bytes());
    let issues = ListIssuesRequest::from_http(json(r#"[{"number":1},{"number":2}]"#)).unwrap();
    assert_eq!(issues.into_data(), [Issue { number: 1 }, Issue { number: 2 }]);
    assert!(ListIssuesRequest::from_http(json("[]")).unwrap().is_empty());
    assert_eq!(GetVersionRequest::from_http(json(r#""1.2""#)).unwrap().into_data(), "1.2");
    assert_eq!(CountIssuesRequest::from_http(json(" 7 ")).unwrap().into_data(), 7);
    assert!(CountIssuesRequest::from_http(json(r#"{"count":7}"#)).is_err());
}
