//! Calls that are the platform's own and that nobody could handle: refused unless the user says otherwise, and not lost.

use std::sync::{Arc, Mutex};

use apiscribe::callback::{
    Acknowledgement, CallbackFault, Callbacks, DeadLetter, DeadLetterAction, Event, ReceiveError,
};
use http::{HeaderValue, Request, Response};

use super::events::{
    Apply, ApplyAnswer, PLAIN, Settle, Trade, accept, accepting_unknown, body, call, callbacks,
    parts, refusal, settle,
};

/// What the hook was handed.
type Letters = Arc<Mutex<Vec<DeadLetter>>>;

/// A receiver whose hook keeps each letter and then says this.
fn keeping(
    callbacks: Callbacks<Trade>,
    said: Result<DeadLetterAction, &'static str>,
) -> (Callbacks<Trade>, Letters) {
    let letters = Letters::default();
    let kept = Arc::clone(&letters);
    let callbacks = callbacks.on_dead_letter(move |letter| {
        kept.lock().unwrap().push(letter);
        async move { said }
    });
    (callbacks, letters)
}

fn refusing() -> (Callbacks<Trade>, Letters) {
    keeping(callbacks(), Ok(DeadLetterAction::Refuse))
}

fn acknowledging() -> (Callbacks<Trade>, Letters) {
    keeping(callbacks(), Ok(DeadLetterAction::Acknowledge))
}

/// Errors that `on_error` is told of, as text.
fn logging(callbacks: Callbacks<Trade>) -> (Callbacks<Trade>, Arc<Mutex<Vec<String>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    (callbacks.on_error(move |error| log.lock().unwrap().push(error.to_string())), told)
}

/// A handler of one kind, as `match` makes it.
async fn settle_only(event: Event<Trade>) -> Result<Acknowledgement, String> {
    match event.into_content() {
        Trade::Settle(_) => Ok(Acknowledgement::of::<Settle>()),
        _ => Ok(Acknowledgement::unhandled()),
    }
}

async fn never(_: Event<Trade>) -> Result<Acknowledgement, String> {
    panic!("handed over what nobody could read");
}

fn malformed() -> (u16, String) {
    refusal(422, "the body is not the documented JSON")
}

fn unhandled() -> (u16, String) {
    refusal(501, "events of this kind are not handled here")
}

#[tokio::test]
async fn a_call_that_cannot_be_read_is_kept_raw_and_refused() {
    let no_utf8 = b"{\"type\":\"settle\",\"msg\":\"\xff\"}".to_vec();
    let bodies: [(&[u8], Option<&str>); 7] = [
        (b"", None),
        (b"<html>", None),
        (br#"{"event":"settle","content":"{}"}"#, None),
        (br#"{"type":"settle"}"#, Some("settle")),
        (br#"{"type":"settle","msg":{"settle_id":{}}}"#, Some("settle")),
        (br#"{"type":"settle","msg":"{\"settle_id\":{}}"}"#, Some("settle")),
        (&no_utf8[..no_utf8.len() - 2], None),
    ];
    for (body, event) in bodies {
        let (callbacks, letters) = refusing();
        let mut request = call(body);
        request.headers_mut().insert("Byte-Logid", HeaderValue::from_static("L1"));
        assert_eq!(parts(callbacks.receive(request, never).await), malformed());
        let letters = letters.lock().unwrap();
        assert_eq!(letters.len(), 1);
        assert_eq!((&letters[0].call.body[..], letters[0].event.as_deref()), (body, event));
        assert_eq!(letters[0].call.log_id(), Some("L1"));
        assert!(letters[0].call.headers.contains_key("byte-signature"));
        assert!(letters[0].fault.is_some());
    }
}

#[tokio::test]
async fn the_hook_and_the_log_are_told_what_is_wrong() {
    let (callbacks, letters) = refusing();
    let seen = Arc::new(Mutex::new(None));
    let log = Arc::clone(&seen);
    let callbacks = callbacks.on_error(move |error| {
        let call = error.call().map(|call| call.body.clone());
        *log.lock().unwrap() = Some((error.to_string(), call));
    });
    let mut request = call(&body("settle", r#"{"settle_id":{}}"#));
    request.headers_mut().insert("Byte-Logid", HeaderValue::from_static("L1"));
    let sent = request.body().clone();
    callbacks.receive(request, never).await;
    let letters = letters.lock().unwrap();
    let fault = letters[0].fault.as_deref().unwrap();
    assert!(matches!(fault, CallbackFault::Json { path, .. } if path == "msg.settle_id"));
    let (text, call) = seen.lock().unwrap().take().unwrap();
    assert!(text.starts_with(&format!("{fault} (log_id L1); ")), "{text}");
    assert_eq!(call.unwrap(), sent);
}

#[tokio::test]
async fn what_was_stored_may_be_acknowledged() {
    let (callbacks, _) = acknowledging();
    let (callbacks, told) = logging(callbacks);
    for body in [b"<html>".to_vec(), body("settle", "{}"), body("new", "")] {
        let response = callbacks.receive(call(&body), never).await;
        assert_eq!(parts(response), (200, PLAIN.to_owned()));
    }
    assert!(told.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_kind_that_asks_for_an_answer_is_not_acknowledged_without_one() {
    let (callbacks, letters) = acknowledging();
    for body in [body("apply", "{"), body("apply", "{}")] {
        let response = callbacks.receive(call(&body), settle_only).await;
        assert_eq!(parts(response), refusal(500, "the event was not handled"));
    }
    assert_eq!(letters.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_hook_that_fails_or_panics_leaves_the_call_refused_and_is_told_to_the_log() {
    let (failing, _) = keeping(callbacks(), Err("disk full"));
    let panicking = callbacks()
        .on_dead_letter(|_| -> std::future::Ready<Result<_, String>> { panic!("a test's own") });
    for (callbacks, what) in [(failing, "disk full"), (panicking, "it panicked")] {
        let (callbacks, told) = logging(callbacks);
        assert_eq!(parts(callbacks.receive(call(b"{"), never).await), malformed());
        let told = told.lock().unwrap();
        assert!(told[0].starts_with(&format!("the hook for dead letters failed: {what}; ")));
        assert!(told[1].starts_with("the body is not JSON"), "{}", told[1]);
    }
}

#[tokio::test]
async fn what_anybody_could_send_does_not_reach_the_hook() {
    let (callbacks, letters) = acknowledging();
    let mut changed = call(b"{");
    changed.body_mut().push(b' ');
    let stale = super::events::call_at(super::events::NOW - 3600, b"{");
    let large = Request::post("/").body(vec![b' '; (1 << 20) + 1]).unwrap();
    for (request, status) in [(changed, 401), (stale, 403), (large, 413)] {
        assert_eq!(parts(callbacks.receive(request, never).await).0, status);
    }
    assert!(letters.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_event_whose_handler_failed_does_not_reach_the_hook() {
    let (callbacks, letters) = acknowledging();
    let failing = async |_| Err("no database");
    assert_eq!(parts(callbacks.receive(settle("s1"), failing).await).0, 500);
    assert!(letters.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_event_of_a_kind_that_nobody_documented_is_refused_without_the_handler() {
    let (callbacks, letters) = refusing();
    let (callbacks, told) = logging(callbacks);
    for _ in 0..2 {
        let response = callbacks.receive(call(&body("gift\n", "x")), never).await;
        assert_eq!(parts(response), unhandled());
    }
    let letters = letters.lock().unwrap();
    assert_eq!((letters.len(), letters[0].event.as_deref()), (2, Some("gift\n")));
    assert_eq!(letters[0].call.body, body("gift\n", "x"));
    assert!(letters[0].fault.is_none());
    assert!(
        told.lock().unwrap()[0].starts_with(r"nobody handles events of the kind `gift\n`; "),
        "{:?}",
        told.lock().unwrap()
    );
}

#[tokio::test]
async fn an_event_that_the_handler_does_not_handle_is_refused_and_told() {
    let (callbacks, letters) = refusing();
    let (callbacks, told) = logging(callbacks);
    let apply = || call(&body("apply", "{}"));
    assert_eq!(parts(callbacks.receive(apply(), settle_only).await), unhandled());
    assert_eq!(parts(callbacks.receive(settle("s1"), settle_only).await).0, 200);
    assert_eq!(letters.lock().unwrap()[0].event.as_deref(), Some("apply"));
    assert_eq!(told.lock().unwrap().len(), 1);
    // Whoever handles it later, after an update of the program, is handed it.
    let handling =
        async |_| Acknowledgement::with::<Apply>(&ApplyAnswer { out_refund_no: "r1".to_owned() });
    assert_eq!(parts(callbacks.receive(apply(), handling).await).0, 200);
}

#[tokio::test]
async fn without_a_hook_they_are_refused_as_well() {
    assert_eq!(parts(callbacks().receive(call(b"{"), never).await), malformed());
    assert_eq!(parts(callbacks().receive(call(&body("new", "")), accept).await), unhandled());
}

#[tokio::test]
async fn an_acknowledged_event_does_not_reach_the_hook_again() {
    let (callbacks, letters) = acknowledging();
    for _ in 0..3 {
        let response = callbacks.receive(call(&body("new", "x")), never).await;
        assert_eq!(parts(response), (200, PLAIN.to_owned()));
    }
    assert_eq!(letters.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_handler_that_accepts_unknown_kinds_may_still_not_handle_one() {
    let (callbacks, letters) = keeping(accepting_unknown(), Ok(DeadLetterAction::Refuse));
    assert_eq!(status(&callbacks.receive(call(&body("new", "")), settle_only).await), 501);
    assert_eq!(letters.lock().unwrap().len(), 1);
    assert_eq!(status(&callbacks.receive(call(&body("new", "")), accept).await), 200);
}

#[test]
fn what_the_verifier_alone_cannot_read_is_kept_in_the_error() {
    let request = call(b"{");
    let verifier = super::events::verifier();
    let error = verifier.verify::<Trade>(request.headers(), request.body()).unwrap_err();
    let ReceiveError::Malformed { call, .. } = error else { panic!("{error}") };
    assert_eq!(&call.body[..], b"{");
}

fn status(response: &Response<Vec<u8>>) -> u16 {
    response.status().as_u16()
}
