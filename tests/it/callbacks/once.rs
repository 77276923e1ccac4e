//! Each event is handed over once, whatever happens to its handler and however often the platform calls.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use apiscribe::callback::{Acknowledgement, Callbacks, Event};
use tokio::sync::{Barrier, Notify};

use super::events::{
    Apply, ApplyAnswer, NOW, PLAIN, Trade, accept, accepting_unknown, body, call, call_at,
    callbacks, parts, refusal, settle,
};

#[tokio::test]
async fn a_repeat_is_acknowledged_alike_without_the_handler() {
    let (callbacks, handled) = (callbacks(), AtomicUsize::new(0));
    for at in [NOW, NOW + 12, NOW + 60] {
        let handler = async |_| {
            let number = handled.fetch_add(1, SeqCst);
            Acknowledgement::with::<Apply>(&ApplyAnswer { out_refund_no: format!("r{number}") })
        };
        let response = callbacks.receive(call_at(at, &body("apply", "{}")), handler).await;
        let expected = r#"{"err_no":0,"err_tips":"success","data":{"out_refund_no":"r0"}}"#;
        assert_eq!(parts(response), (200, expected.to_owned()));
    }
    assert_eq!(handled.into_inner(), 1);
}

#[tokio::test]
async fn of_many_at_once_one_is_handed_over_and_no_other_is_acknowledged() {
    const CALLS: usize = 64;
    let (callbacks, handled) = (Arc::new(callbacks()), Arc::new(AtomicUsize::new(0)));
    let (start, go_on) = (Arc::new(Barrier::new(CALLS)), Arc::new(Notify::new()));
    let refused = Arc::new(AtomicUsize::new(0));
    let calls = (0..CALLS).map(|_| {
        let (callbacks, handled, start) = (callbacks.clone(), handled.clone(), start.clone());
        let (go_on, refused) = (go_on.clone(), refused.clone());
        tokio::spawn(async move {
            start.wait().await;
            let response = callbacks.receive(settle("s1"), async |_| {
                handled.fetch_add(1, SeqCst);
                go_on.notified().await;
                Ok::<_, String>(Acknowledgement::any())
            });
            let (status, text) = parts(response.await);
            // The handler goes on when all others have been refused.
            if status == 409 && refused.fetch_add(1, SeqCst) + 2 == CALLS {
                go_on.notify_one();
            }
            (status, text)
        })
    });
    let mut answers = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        answers.push(call.await.unwrap());
    }
    answers.sort();
    assert_eq!(answers[0], (200, PLAIN.to_owned()));
    assert!(
        answers[1..].iter().all(|answer| *answer == refusal(409, "the event is being handled"))
    );
    assert_eq!(handled.load(SeqCst), 1);
}

#[tokio::test]
async fn events_come_in_any_order() {
    let (callbacks, handled) = (callbacks(), AtomicUsize::new(0));
    for id in ["s3", "s1", "s3", "s2", "s1", "s2", "s3"] {
        let handler = async |_| {
            handled.fetch_add(1, SeqCst);
            Ok::<_, String>(Acknowledgement::any())
        };
        assert_eq!(parts(callbacks.receive(settle(id), handler).await).0, 200);
    }
    assert_eq!(handled.into_inner(), 3);
}

#[tokio::test]
async fn a_handler_that_fails_twice_is_called_a_third_time() {
    let (callbacks, handled) = (callbacks(), AtomicUsize::new(0));
    let call = async || {
        let handler = async |_| match handled.fetch_add(1, SeqCst) {
            0 | 1 => Err("secret of the database"),
            _ => Ok(Acknowledgement::any()),
        };
        parts(callbacks.receive(settle("s1"), handler).await)
    };
    let failed = refusal(500, "the event was not handled");
    assert_eq!((call().await, call().await), (failed.clone(), failed));
    assert_eq!((call().await.0, call().await.0), (200, 200));
    assert_eq!(handled.load(SeqCst), 3);
}

#[tokio::test]
async fn a_handler_that_panics_gives_its_event_back() {
    let callbacks = callbacks();
    let panicking = async |event: Event<Trade>| -> Result<Acknowledgement, String> {
        tokio::task::yield_now().await;
        panic!("a test's own: {}", apiscribe::Events::name(event.content()));
    };
    let response = callbacks.receive(settle("s1"), panicking).await;
    assert_eq!(parts(response), refusal(500, "the event was not handled"));
    assert_eq!(parts(callbacks.receive(settle("s1"), accept).await).0, 200);
}

#[tokio::test]
async fn a_handler_that_is_dropped_gives_its_event_back() {
    let callbacks = callbacks();
    let stuck = callbacks.receive(settle("s1"), async |_| pending::<Result<_, String>>().await);
    let mut stuck = Box::pin(stuck);
    tokio::select! {
        biased;
        _ = &mut stuck => unreachable!("it never ends"),
        () = std::future::ready(()) => {}
    }
    assert_eq!(parts(callbacks.receive(settle("s1"), accept).await).0, 409);
    drop(stuck);
    assert_eq!(parts(callbacks.receive(settle("s1"), accept).await).0, 200);
}

#[tokio::test]
async fn a_second_content_of_one_identity_is_a_repeat() {
    let callbacks = callbacks();
    let first = call(&body("settle", r#"{"settle_id":"s1","amount":1}"#));
    let second = call(&body("settle", r#"{"settle_id":"s1","amount":2}"#));
    assert_eq!(parts(callbacks.receive(first, accept).await).0, 200);
    let never = async |_| Err("handed over twice");
    assert_eq!(parts(callbacks.receive(second, never).await), (200, PLAIN.to_owned()));
}

/// How often the handler was called for these bodies, each of which is acknowledged.
async fn handed_over(callbacks: &Callbacks<Trade>, bodies: &[String]) -> usize {
    let handled = AtomicUsize::new(0);
    for body in bodies {
        let handler = async |_| {
            handled.fetch_add(1, SeqCst);
            Ok::<_, String>(Acknowledgement::any())
        };
        assert_eq!(callbacks.receive(call(body.as_bytes()), handler).await.status(), 200);
    }
    handled.into_inner()
}

#[tokio::test]
async fn without_an_identity_the_whole_body_decides_what_is_a_repeat() {
    let body = |id: &str, event: &str, content: &str| {
        format!(r#"{{"event_id":"{id}","type":"{event}","msg":"{content}"}}"#)
    };
    let (first, second) = (body("e1", "new", "1"), body("e2", "new", "1"));
    let bodies = [first.clone(), second.clone(), body("e1", "newer", "1"), body("e1", "new", "2")];
    let callbacks = accepting_unknown();
    assert_eq!(handed_over(&callbacks, &bodies).await, bodies.len());
    assert_eq!(handed_over(&callbacks, &[second, first]).await, 0);
}

#[tokio::test]
async fn with_an_identity_nothing_beside_the_content_counts() {
    let body = |number: usize| {
        format!(r#"{{"attempt":{number},"type":"settle","msg":"{{\"settle_id\":\"s1\"}}"}}"#)
    };
    assert_eq!(handed_over(&callbacks(), &[body(1), body(2)]).await, 1);
}

#[tokio::test]
async fn an_empty_identity_does_not_make_two_events_one() {
    for blank in ["", " ", "\\u3000", "\\\\t"] {
        let body = |number: usize| {
            format!(
                r#"{{"type":"settle","msg":"{{\"settle_id\":\"{blank}\",\"number\":{number}}}"}}"#
            )
        };
        let bodies = [body(1), body(2), body(1)];
        assert_eq!(handed_over(&callbacks(), &bodies).await, 2, "{blank:?}");
    }
}

#[test]
fn of_several_fields_none_is_blank() {
    use apiscribe::callback::identity;
    assert_eq!(identity(&("o1", 7)).as_deref(), Some(r#"["o1",7]"#));
    assert_eq!(identity(&("\u{3000}x ",)).as_deref(), Some("[\"\u{3000}x \"]"));
    for (first, second) in [("", "r1"), ("o1", ""), ("o1", " "), ("o1", "\t\u{3000}")] {
        assert_eq!(identity(&(first, second)), None, "{first:?} {second:?}");
    }
    assert_eq!(identity(&("o1", None::<String>)), None);
    assert_eq!((identity(&()), identity(&[0_u8; 0])), (None, None));
}

#[tokio::test]
async fn identities_that_are_no_unicode_are_not_taken_for_one_another() {
    let body = |id: &str| format!(r#"{{"type":"settle","msg":"{{\"settle_id\":\"\\{id}\"}}"}}"#);
    let bodies = [body("ud800"), body("ud801"), body("ud800")];
    assert_eq!(handed_over(&callbacks(), &bodies).await, 2);
}
