//! Envelopes whose success is a boolean, over HTTP: what is read, what it is called otherwise, and how often it is sent.

use std::time::Duration;

use apiscribe::client::RetryPolicy;
use apiscribe::error::{DecodeFault, UndocumentedError, UndocumentedText};
use apiscribe::meta::{Code, Envelope};
use apiscribe::{Decode, Encode, Endpoint, Error, ErrorCode, Reply, Validate};

use super::server::{Answer, Server, response};
use super::types::OPEN;

/// `{"ok":true,"channel":"C"}`, `{"ok":false,"error":"channel_not_found"}`
const CHAT: Envelope = Envelope::new("chat").ok("ok").code(&["error"]).message(&["error"]);
/// `{"ok":true,"result":{…}}`, `{"ok":false,"error_code":400,"description":"…"}`
const BOT: Envelope =
    Envelope::new("bot").ok("ok").code(&["error_code"]).message(&["description"]).data("result");
/// Takes the boolean for a code.
const WRONG: Envelope = Envelope::new("wrong").code(&["ok", "error"]).success(Code::Text("true"));

#[derive(Debug, Decode, PartialEq)]
struct Posted {
    #[wire(essential)]
    channel: String,
}

#[derive(Debug, Clone, PartialEq, Eq, ErrorCode)]
enum ChatError {
    #[error_code("channel_not_found", retry = never)]
    ChannelNotFound,
    #[error_code("fatal_error", retry = same)]
    Fatal,
    #[error_code(unknown)]
    Unknown(String),
}

macro_rules! posts {
    ($($name:ident: $envelope:ident, $error:ty;)*) => {$(
        #[derive(Encode, Validate, Endpoint)]
        #[endpoint(POST "/post", name = "post", host = OPEN, envelope = $envelope, response = Posted, error = $error)]
        #[endpoint(idempotency_key = key)]
        struct $name {
            #[validate(required)]
            key: String,
        }
    )*};
}

posts! {
    Chat: CHAT, ChatError;
    Bot: BOT, UndocumentedError;
    Wrong: WRONG, UndocumentedText;
}

type Called<R> = Result<Reply<Posted>, Error<<R as Endpoint>::Error>>;

/// What comes of a call that may be repeated, and how many requests it took.
async fn call<R>(request: R, status: u16, body: &str) -> (Called<R>, usize)
where
    R: Endpoint<Response = Posted> + Sync,
{
    let server = Server::start(Answer::Close(response(status, body)));
    let retry = RetryPolicy::new().pauses(Duration::ZERO, Duration::ZERO);
    let client = server.anonymous().retry(retry).build().unwrap();
    let called = client.call(&request).await;
    (called, server.requests().len())
}

fn chat() -> Chat {
    Chat { key: "k".to_owned() }
}

fn bot() -> Bot {
    Bot { key: "k".to_owned() }
}

#[tokio::test]
async fn a_success_is_sent_once() {
    for body in [
        r#"{"ok":true,"channel":"C"}"#,
        r#"{"channel":"C","ok":"true"}"#,
        r#"{"ok":true,"channel":"C","error":null,"warning":"w"}"#,
    ] {
        let (called, requests) = call(chat(), 200, body).await;
        assert_eq!((called.unwrap().channel.as_str(), requests), ("C", 1), "{body}");
    }
    let (called, requests) = call(bot(), 200, r#"{"ok":true,"result":{"channel":"C"}}"#).await;
    assert_eq!((called.unwrap().channel.as_str(), requests), ("C", 1));
}

/// Whatever else is wrong with it.
#[tokio::test]
async fn what_says_success_is_never_sent_again() {
    for (status, body) in [
        (200, r#"{"ok":true}"#),
        (200, r#"{"ok":true,"channel":7}"#),
        (200, r#"{"ok":true,"channel":[]}"#),
        (200, r#"{"ok":true,"error":"bad","channel":"C"}"#),
        (200, r#"{"ok":true,"error":{"code":"bad"},"channel":"C"}"#),
        (500, r#"{"ok":true,"error":"bad"}"#),
        (502, r#"{"ok":true,"channel":"C"}"#),
    ] {
        let (called, requests) = call(chat(), status, body).await;
        if body != r#"{"ok":true,"channel":7}"# {
            let error = called.unwrap_err();
            assert!(error.may_have_taken_effect(), "{body}: {error}");
        }
        assert_eq!(requests, 1, "{status} {body}");
    }
    // The trap: the boolean is there, and not a code.
    let (called, requests) = call(Wrong { key: "k".to_owned() }, 200, r#"{"ok":true}"#).await;
    let error = called.unwrap_err();
    let said =
        "ok: invalid type: boolean `true`, expected a code; the place of a boolean is the `ok`";
    assert!(error.to_string().contains(said), "{error}");
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn a_failure_is_what_its_code_says() {
    let (called, requests) = call(chat(), 200, r#"{"ok":false,"error":"channel_not_found"}"#).await;
    let error = called.unwrap_err();
    let api = error.api().unwrap();
    assert_eq!((&api.code, &*api.message), (&ChatError::ChannelNotFound, "channel_not_found"));
    assert_eq!((requests, error.may_have_taken_effect()), (1, false));
    let (called, requests) = call(chat(), 200, r#"{"ok":false,"error":"fatal_error"}"#).await;
    assert_eq!((called.unwrap_err().api().unwrap().code.clone(), requests), (ChatError::Fatal, 3));
    let body = r#"{"ok":false,"error_code":400,"description":"Bad Request"}"#;
    let (called, requests) = call(bot(), 400, body).await;
    let error = called.unwrap_err();
    assert_eq!(
        error.to_string(),
        "post: 400 Bad Request (HTTP 400): not documented; ask the platform"
    );
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn a_failure_without_a_code_is_still_one() {
    let (called, requests) = call(chat(), 200, r#"{"ok":false}"#).await;
    let error = called.unwrap_err();
    assert_eq!(error.api().unwrap().code, ChatError::Unknown("200".to_owned()));
    assert_eq!((requests, error.may_have_taken_effect()), (1, true));
    let (called, requests) = call(bot(), 503, r#"{"ok":false,"description":"down"}"#).await;
    assert_eq!(called.unwrap_err().api().unwrap().message, "down");
    assert_eq!(requests, 3, "the server failed and gives no code that says more");
}

#[tokio::test]
async fn what_says_neither_may_be_a_gateway() {
    for (status, body) in [(200, "{}"), (200, r#"{"channel":"C"}"#), (200, r#"{"ok":null}"#)] {
        let (called, requests) = call(chat(), status, body).await;
        let error = called.unwrap_err();
        assert!(error.to_string().contains("`ok` is missing"), "{error}");
        assert_eq!(requests, 3, "{body}");
    }
    for (status, sent) in [(502, 3), (404, 1)] {
        let (called, requests) = call(chat(), status, "<html>Bad Gateway</html>").await;
        let Err(Error::Decode(error)) = called else { panic!("{called:?}") };
        assert!(matches!(error.fault, DecodeFault::Http), "{error}");
        assert_eq!(requests, sent);
    }
}
