//! A handler for each kind of event, and what becomes of the kinds that have none.

use std::sync::{Arc, Mutex};

use apiscribe::callback::{Handlers, HandlersBuilder, Unhandled};
use apiscribe::{Events, Json};
use http::Request;

use super::events::{
    Apply, ApplyAnswer, PLAIN, Settle, Trade, accepting_unknown, body, call, callbacks, parts,
    refusal, settle,
};

fn builder() -> HandlersBuilder<Trade> {
    Handlers::builder()
}

fn unhandled() -> (u16, String) {
    refusal(501, "events of this kind are not handled here")
}

async fn answer(handlers: Handlers<Trade>, request: Request<Vec<u8>>) -> (u16, String) {
    parts(callbacks().receive(request, handlers.into_handler()).await)
}

fn apply() -> Request<Vec<u8>> {
    call(&body("apply", r#"{"reason":"broken"}"#))
}

#[tokio::test]
async fn each_kind_goes_to_its_handler_with_its_content() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (settled, applied) = (Arc::clone(&seen), Arc::clone(&seen));
    let handler = builder()
        .on::<Settle, _>(move |event| {
            settled.lock().unwrap().push(format!("{} {}", event.settle_id, event.raw_content()));
            async { Ok(()) }
        })
        .on::<Apply, _>(move |event| {
            let applied = Arc::clone(&applied);
            async move {
                let reason: &Json = event.content();
                applied.lock().unwrap().push(reason["reason"].to_string());
                Ok(ApplyAnswer { out_refund_no: "r1".to_owned() })
            }
        })
        .unhandled(Unhandled::Refuse)
        .into_handler();
    let callbacks = callbacks();
    let response = callbacks.receive(settle("s1"), handler.clone()).await;
    assert_eq!(parts(response), (200, PLAIN.to_owned()));
    let (status, body) = parts(callbacks.receive(apply(), handler).await);
    assert_eq!(status, 200);
    assert!(body.contains(r#""out_refund_no":"r1""#), "{body}");
    assert_eq!(*seen.lock().unwrap(), [r#"s1 {"settle_id":"s1"}"#, r#""broken""#]);
}

#[tokio::test]
async fn a_kind_without_a_handler_is_what_was_decided() {
    let refusing = || {
        builder()
            .on::<Apply, _>(|_| async { Ok(ApplyAnswer { out_refund_no: "r1".to_owned() }) })
            .unhandled(Unhandled::Refuse)
    };
    assert_eq!(answer(refusing(), settle("s1")).await, unhandled());
    let acknowledging = || builder().unhandled(Unhandled::Acknowledge);
    assert_eq!(answer(acknowledging(), settle("s1")).await, (200, PLAIN.to_owned()));
    // Nobody can give its answer.
    let (status, _) = answer(acknowledging(), apply()).await;
    assert_eq!(status, 500);
}

#[tokio::test]
async fn a_kind_that_nobody_documented_is_refused_unless_it_is_asked_for() {
    let later = || call(&body("later", "{}"));
    let acknowledging = || builder().unhandled(Unhandled::Acknowledge);
    assert_eq!(answer(acknowledging(), later()).await, unhandled());
    let response = accepting_unknown().receive(later(), acknowledging().into_handler()).await;
    assert_eq!(parts(response).0, 200);
    let refusing = builder().unhandled(Unhandled::Refuse).into_handler();
    let response = accepting_unknown().receive(later(), refusing).await;
    assert_eq!(parts(response), unhandled());
}

#[tokio::test]
async fn a_handler_that_fails_acknowledges_nothing() {
    let failing = builder()
        .on::<Settle, _>(|_| async { Err("no database".into()) })
        .unhandled(Unhandled::Acknowledge);
    let (status, body) = answer(failing, settle("s1")).await;
    assert_eq!(status, 500);
    assert!(!body.contains("database"), "{body}");
    let too_long = builder()
        .on::<Apply, _>(|_| async { Ok(ApplyAnswer { out_refund_no: "too long for it".into() }) })
        .unhandled(Unhandled::Acknowledge);
    assert_eq!(answer(too_long, apply()).await.0, 500);
}

#[test]
#[should_panic(expected = "the event `settle` has two handlers")]
fn two_handlers_of_one_kind_are_refused_at_once() {
    drop(builder().on::<Settle, _>(|_| async { Ok(()) }).on::<Settle, _>(|_| async { Ok(()) }));
}

#[test]
#[should_panic(expected = "no events `payment` come in this envelope")]
fn a_handler_that_would_never_be_called_is_refused_at_once() {
    assert!(Trade::KINDS.iter().all(|kind| kind.event != "payment"));
    drop(builder().on::<generated_client::order::PaymentResult, _>(|_| async { Ok(()) }));
}
