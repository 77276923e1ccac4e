//! A boolean says whether a response is a success; the code stands elsewhere, and only in a failure.

use apiscribe::error::DecodeFault;
use apiscribe::{Endpoint, Error, Reply, http};

use super::api::demo::{
    BookRequest, BotError, ChatError, PayRequest, PlainError, ReactRequest, SayRequest,
    SendMessageRequest,
};

type Result<R> = std::result::Result<Reply<<R as Endpoint>::Response>, Error<<R as Endpoint>::Error>>;

fn read<R: Endpoint>(status: u16, body: &str) -> Result<R> {
    R::from_http(http::Response::builder().status(status).body(body.as_bytes()).unwrap())
}

fn error<R: Endpoint<Response: std::fmt::Debug>>(status: u16, body: &str) -> Error<R::Error> {
    read::<R>(status, body).unwrap_err()
}

/// The code, the message, and whether the effect is open.
fn refusal<R>(status: u16, body: &str) -> (R::Error, String, bool)
where
    R: Endpoint<Response: std::fmt::Debug, Error: Clone>,
{
    let error = error::<R>(status, body);
    let Error::Api(api) = &error else { panic!("{error}") };
    (api.code.clone(), api.message.clone(), error.may_have_taken_effect())
}

/// The fault and its path.
fn fault<R: Endpoint<Response: std::fmt::Debug>>(status: u16, body: &str) -> (DecodeFault, String) {
    match error::<R>(status, body) {
        Error::Decode(error) => (error.fault, error.path),
        other => panic!("{other}"),
    }
}

#[test]
fn the_boolean_says_what_a_success_is() {
    assert_eq!(read::<ReactRequest>(200, r#"{"ok":true,"channel":"C"}"#).unwrap().channel, "C");
    assert!(read::<SayRequest>(200, r#"{"ok":true}"#).is_ok());
    // As booleans of the data are read.
    for ok in [r#""true""#, "1"] {
        let body = format!(r#"{{"channel":"C","ok":{ok},"error":null}}"#);
        assert_eq!(read::<ReactRequest>(200, &body).unwrap().channel, "C");
    }
    let body = r#"{"ok":true,"result":{"message_id":7}}"#;
    assert_eq!(read::<SendMessageRequest>(200, body).unwrap().message_id, 7);
    let body = r#"{"data":{"id":"a"},"meta":{"success":true,"code":200}}"#;
    assert_eq!(read::<PayRequest>(200, body).unwrap().id, "a");
    assert_eq!(read::<BookRequest>(200, r#"{"success":true,"id":"a"}"#).unwrap().id, "a");
}

#[test]
fn a_failure_has_its_code_and_its_text() {
    let body = r#"{"ok":false,"error":"channel_not_found"}"#;
    let expected = (ChatError::ChannelNotFound, "channel_not_found".to_owned(), false);
    assert_eq!(refusal::<ReactRequest>(200, body), expected);
    let shown = error::<ReactRequest>(200, body).to_string();
    assert_eq!(
        shown,
        "react: channel_not_found (HTTP 200): Check the channel; a retry cannot succeed"
    );
    let body = r#"{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}"#;
    for status in [200, 400] {
        let expected = (BotError::BadRequest, "Bad Request: chat not found".to_owned(), false);
        assert_eq!(refusal::<SendMessageRequest>(status, body), expected);
    }
    let body = r#"{"data":null,"meta":{"success":false,"code":402,"text":"no money"}}"#;
    assert_eq!(refusal::<PayRequest>(200, body).1, "no money");
}

/// Nobody knows what the platform did, unless its status says so.
#[test]
fn a_failure_without_a_code_is_one() {
    let (code, message, is_open) = refusal::<ReactRequest>(200, r#"{"ok":false}"#);
    assert_eq!((code, &*message, is_open), (ChatError::Unknown("200".to_owned()), "", true));
    let body = r#"{"ok":false,"description":"no such chat"}"#;
    let (code, message, is_open) = refusal::<SendMessageRequest>(401, body);
    assert_eq!((code, &*message, is_open), (BotError::Unauthorized, "no such chat", false));
    let (code, message, _) = refusal::<BookRequest>(200, r#"{"success":false,"message":"full"}"#);
    assert_eq!((code, &*message), (PlainError::Refused, "full"));
    let (code, ..) = refusal::<BookRequest>(503, r#"{"success":false,"message":"full"}"#);
    assert_eq!(code, PlainError::Unknown(503));
}

#[test]
fn a_code_without_the_boolean_is_that_of_a_failure() {
    let body = r#"{"error":"channel_not_found"}"#;
    assert_eq!(refusal::<ReactRequest>(200, body).0, ChatError::ChannelNotFound);
}

#[test]
fn what_contradicts_itself_is_neither() {
    for (body, says) in [
        (r#"{"ok":true,"error":"bad","channel":"C"}"#, "`ok` is true, but `error` is `bad`"),
        (r#"{"error":"bad","ok":true}"#, "`ok` is true, but `error` is `bad`"),
    ] {
        for status in [200, 400, 500] {
            let error = error::<ReactRequest>(status, body);
            assert!(error.to_string().contains(&format!("contradicts itself: {says}")), "{error}");
            assert!(error.may_have_taken_effect(), "{error}");
        }
    }
    for (body, says) in [
        (r#"{"meta":{"success":true,"code":402},"data":{"id":"a"}}"#, "`meta.success` is true, but `meta.code` is `402`"),
        (r#"{"meta":{"success":false,"code":200}}"#, "`meta.success` is false, but `meta.code` is `200`"),
        (r#"{"meta":{"code":200},"data":{"id":"a"}}"#, "`meta.success` is missing, but `meta.code` is `200`"),
    ] {
        let error = error::<PayRequest>(200, body);
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn what_stands_in_the_wrong_place_is_named() {
    let (fault, path) = fault::<ReactRequest>(200, r#"{"channel":"C"}"#);
    assert!(matches!((fault, &*path), (DecodeFault::NoCode { key: "ok" }, "")));
    for (body, says) in [
        (r#"{"ok":"yes","channel":"C"}"#, r#"ok: invalid value: string "yes", expected a boolean"#),
        (r#"{"ok":{},"channel":"C"}"#, "ok: invalid type: map, expected a boolean"),
        (r#"{"ok":false,"error":{"id":1}}"#, "error: invalid type: map, expected a code, as a number or as text"),
        (r#"{"ok":false,"error":true}"#, "error: invalid type: boolean `true`, expected a code; the place of a boolean is the `ok` of an envelope"),
    ] {
        let error = error::<ReactRequest>(200, body).to_string();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn a_page_of_a_proxy_is_none_of_the_platform() {
    let page = "<html><h1>502 Bad Gateway</h1></html>";
    assert!(matches!(fault::<ReactRequest>(502, page), (DecodeFault::Http, _)));
    assert!(matches!(fault::<SendMessageRequest>(401, page), (DecodeFault::Http, _)));
    assert!(matches!(fault::<BookRequest>(502, page), (DecodeFault::Http, _)));
    // Says success, and failure.
    let body = r#"{"ok":true,"channel":"C"}"#;
    assert!(matches!(fault::<ReactRequest>(500, body), (DecodeFault::Status, _)));
}

#[test]
fn a_duplicate_has_succeeded() {
    let error = error::<ReactRequest>(200, r#"{"ok":false,"error":"already_reacted"}"#);
    assert!(error.api().unwrap().duplicate && error.may_have_taken_effect());
    assert_eq!(
        error.to_string(),
        "react: already_reacted (HTTP 200): The reaction is there; an earlier request with this \
         idempotency key has taken effect, so ask for its result and send no other"
    );
}

/// What is undocumented may be any text.
#[test]
fn a_code_that_is_a_long_text_is_cut() {
    let body = format!(r#"{{"ok":false,"error":"{}"}}"#, "no ".repeat(10_000));
    let shown = error::<ReactRequest>(200, &body).to_string();
    assert!(shown.len() < 1000, "{shown}");
}
