//! A row for an HTTP status is that of whatever comes under it: text and pages as well as JSON.

use apiscribe::error::DecodeFault;
use apiscribe::{Endpoint, Error, http};

use super::api::demo::{HookError, PostMessageRequest};

fn error(status: u16, kind: &str, body: &[u8]) -> Error<HookError> {
    let response = http::Response::builder().status(status).header("content-type", kind);
    PostMessageRequest::from_http(response.body(body).unwrap()).unwrap_err()
}

/// The code and the message.
fn refusal(status: u16, kind: &str, body: &[u8]) -> (HookError, String) {
    match error(status, kind, body) {
        Error::Api(api) => (api.code.clone(), api.message.clone()),
        other => panic!("{other}"),
    }
}

#[test]
fn a_text_is_the_message_of_the_row_of_its_status() {
    for (status, text, code) in [
        (400, "invalid_payload", HookError::BadPayload),
        (403, "invalid_token", HookError::Forbidden),
        (404, "no_service", HookError::NoService),
        (410, "channel_is_archived", HookError::Archived),
    ] {
        let expected = (code, text.to_owned());
        for kind in ["text/html", "text/plain; charset=utf-8", "application/json"] {
            assert_eq!(refusal(status, kind, text.as_bytes()), expected);
        }
        let error = error(status, "text/html", text.as_bytes());
        assert!(!error.may_have_taken_effect(), "{error}");
    }
    let shown = error(404, "text/html", b"no_team\n").to_string();
    let expected = "post_message: 404 no_team (HTTP 404): The address was withdrawn; a retry cannot succeed";
    assert_eq!(shown, expected);
}

#[test]
fn json_is_read_as_ever() {
    let body = br#"{"message":"no"}"#;
    assert_eq!(refusal(403, "application/json", body), (HookError::Forbidden, "no".to_owned()));
    assert_eq!(refusal(403, "application/json", b"{}"), (HookError::Forbidden, String::new()));
    assert_eq!(refusal(403, "text/plain", b""), (HookError::Forbidden, String::new()));
    // What is cut off may hold anything, so it is no message.
    let cut = br#"{"key":"sk_live_1","mess"#;
    assert_eq!(refusal(403, "application/json", cut), (HookError::Forbidden, String::new()));
    assert_eq!(refusal(403, "image/png", b"\x89PNG\xff\0"), (HookError::Forbidden, String::new()));
}

#[test]
fn a_long_page_is_cut() {
    let page = format!("<html>{}</html>", "forbidden \n".repeat(10_000));
    let error = error(403, "text/html", page.as_bytes());
    let api = error.api().unwrap();
    assert!(api.message.len() < 5000 && api.message.starts_with("<html>forbidden forbidden"));
    assert!(error.to_string().len() < 1000);
}

/// Without a row it may be anyone's.
#[test]
fn a_page_under_another_status_is_none_of_the_platform() {
    for status in [401, 402, 502] {
        match error(status, "text/html", b"<html>") {
            Error::Decode(error) => assert!(matches!(error.fault, DecodeFault::Http)),
            other => panic!("{other}"),
        }
    }
}

/// Under a documented 5xx a gateway may have written the page, and passed the request on before.
#[test]
fn a_page_of_a_server_that_failed_leaves_the_effect_open() {
    assert!(!error(500, "application/json", br#"{"message":"rollup_error"}"#).may_have_taken_effect());
    let error = error(500, "text/html", b"rollup_error");
    assert_eq!(error.api().unwrap().code, HookError::Rollup);
    assert!(error.may_have_taken_effect(), "{error}");
}
