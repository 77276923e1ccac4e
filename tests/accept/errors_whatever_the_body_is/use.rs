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

/// Under a documented 5xx a gateway may have written the page, or nothing at all, and passed the request on before.
#[test]
fn what_anyone_may_have_written_under_a_failure_leaves_the_effect_open() {
    assert!(!error(500, "application/json", br#"{"message":"rollup_error"}"#).may_have_taken_effect());
    for status in [500, 503] {
        for (kind, body) in [
            ("text/html", "rollup_error"),
            ("application/json", "<html>Bad Gateway</html>"),
            ("application/json", ""),
            ("text/plain", " \r\n\t"),
            ("text/plain", "\u{feff}\n"),
            // JSON without a word of the platform's.
            ("application/json", "{}"),
            ("application/json", "null"),
            ("application/json", "[]"),
            ("application/json", r#""upstream connect error""#),
            ("application/json", r#"{"title":"Service Unavailable"}"#),
            ("application/json", r#"{"message":""}"#),
        ] {
            let error = error(status, kind, body.as_bytes());
            assert!(error.api().is_some_and(|api| api.status == status), "{error}");
            assert!(error.may_have_taken_effect(), "{status} {body}: {error}");
        }
    }
}

/// A server that waited too long, or the proxy before it, and a gateway that heard nothing do not know what became of the request;
/// only words of the platform's own do.
#[test]
fn a_timeout_leaves_the_effect_open() {
    for body in ["", "<html>408 Request Time-out</html>", "{}"] {
        for status in [408, 504] {
            let error = error(status, "text/html", body.as_bytes());
            assert!(error.api().is_some_and(|api| api.status == status), "{error}");
            assert!(error.may_have_taken_effect(), "{status} {body}: {error}");
        }
        // What refuses the request is no timeout, be it a proxy's.
        for status in [400, 403, 404, 410] {
            let error = error(status, "text/html", body.as_bytes());
            assert!(!error.may_have_taken_effect(), "{status} {body}: {error}");
        }
    }
    let words = br#"{"message":"request_timeout"}"#;
    assert!(!error(408, "application/json", words).may_have_taken_effect());
    // A gateway has words as well.
    let words = br#"{"message":"Endpoint request timed out"}"#;
    assert!(error(504, "application/json", words).may_have_taken_effect());
    for status in [425, 429, 499, 502] {
        let is_open = status != 429;
        for body in ["", "<html>", r#"{"message":"no"}"#] {
            let error = error(status, "application/json", body.as_bytes());
            let is_named = error.api().is_some();
            // Of the statuses that are not documented, 425 in the platform's words refuses the request.
            let expected = is_open && !(status == 425 && is_named);
            assert_eq!(error.may_have_taken_effect(), expected, "{status} {body}: {error}");
        }
    }
}
