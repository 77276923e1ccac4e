//! Codes may be text: of errors, of a success, of a token that is refused and of a request that was sent before.

use apiscribe::error::{Retry, UndocumentedText};
use apiscribe::meta::Code;
use apiscribe::{Endpoint, Error, ErrorCode, http};

use super::api::demo::{
    CloseRequest, PayByResultError, PayByResultRequest, PayError, PayRequest, PayResponse,
};
use super::api::platform::{RESULT, TOKEN};

fn response(status: u16, body: &str) -> http::Response<Vec<u8>> {
    http::Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap()
}

fn refused(status: u16, body: &str) -> apiscribe::error::ApiError<PayError> {
    let error = PayRequest::from_http(response(status, body)).unwrap_err();
    let Error::Api(error) = error else { panic!("{error}") };
    *error
}

#[test]
fn a_code_leads_to_its_row() {
    let error = refused(400, r#"{"code":"PARAM_ERROR","message":"no such field"}"#);
    assert_eq!(error.code, PayError::BadParameter);
    assert_eq!((error.advice(), error.retry()), (Some("Correct it."), Some(Retry::Changed)));
    assert_eq!(
        error.to_string(),
        "pay: PARAM_ERROR no such field (HTTP 400): Correct it; change the request before sending it again"
    );
    assert!(!error.may_have_taken_effect());
    let error = refused(500, r#"{"code":"SYSTEM_ERROR"}"#);
    assert_eq!(error.code.retry(), Some(Retry::Same));
    assert!(error.may_have_taken_effect());
}

#[test]
fn a_code_that_no_document_lists_is_kept() {
    let error = refused(403, r#"{"code":"NO_AUTH","message":"m"}"#);
    assert_eq!(error.code, PayError::Unknown("NO_AUTH".to_owned()));
    assert_eq!(error.code.code(), "NO_AUTH");
    let close = CloseRequest::from_http(response(403, r#"{"code":"NO_AUTH"}"#)).unwrap_err();
    assert_eq!(close.api().unwrap().code, UndocumentedText("NO_AUTH".to_owned()));
    // A number is a code as well.
    let close = CloseRequest::from_http(response(403, r#"{"code":7}"#)).unwrap_err();
    assert_eq!(close.api().unwrap().code, UndocumentedText("7".to_owned()));
}

#[test]
fn digits_are_text_where_codes_are() {
    assert_eq!(refused(403, r#"{"code":"268435463"}"#).code, PayError::Frozen);
    assert_eq!(refused(403, r#"{"code":268435463}"#).code, PayError::Frozen);
}

#[test]
fn a_text_tells_what_was_sent_before_and_which_token_is_refused() {
    let error = refused(400, r#"{"code":"ORDER_PAID","message":"paid"}"#);
    assert!(error.duplicate && !error.token_refused);
    assert_eq!(PayRequest::META.duplicate, Some(Code::Text("ORDER_PAID")));
    let error = refused(401, r#"{"code":"SIGN_ERROR","message":"expired"}"#);
    assert!(error.token_refused && !error.duplicate);
    assert!(TOKEN.refuses(&"40014".into()));
}

#[test]
fn success_is_what_a_text_says() {
    assert_eq!(RESULT.success, Some(Code::Text("SUCCESS")));
    assert!(PayByResultRequest::from_http(response(200, r#"{"result_code":"SUCCESS"}"#)).is_ok());
    let body = r#"{"result_code":"268435463","result_message":"frozen"}"#;
    let error = PayByResultRequest::from_http(response(200, body)).unwrap_err();
    assert_eq!(error.api().unwrap().code, PayByResultError::Frozen);
    let body = r#"{"prepay_id":"p"}"#;
    let paid = PayRequest::from_http(response(200, body)).unwrap();
    assert_eq!(paid.into_data(), PayResponse { prepay_id: "p".to_owned() });
}
