//! Where the parts of a call stand in its body: inside each other, beside the content, or the content is the whole body.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant, SystemTime};

use apiscribe::callback::{Acknowledgement, Callback, CallbackVerifier, Callbacks, Event};
use apiscribe::signature::{AppKey, Message, PlatformKey};
use apiscribe::time::UnixSeconds;
use apiscribe::{Events, Secret};
use http::{Request, Response};

use super::api::demo::{Circle, Moved, Notice, Shape, Verification, VerificationAnswer, VerificationAnswerRequired};
use super::api::platform::{CALL, NestedEvent, PLAIN, WholeEvent};

const NOW: u64 = 1_700_000_000;

fn call(body: &str) -> Request<Vec<u8>> {
    let key = AppKey::secret(&CALL, "", "", Secret::from("secret")).unwrap();
    let signed = key.sign_at(&Message::body(body.as_bytes()), UnixSeconds(NOW as i64), "").unwrap();
    let request = Request::post("/").header("X-Signature", signed.to_string());
    request.header("X-Call-Id", "of the header").body(body.into()).unwrap()
}

fn callbacks<E: Events>() -> Callbacks<E> {
    let key = PlatformKey::secret(&CALL, Secret::from("secret")).unwrap();
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    Callbacks::new(CallbackVerifier::new(&PLAIN, key).clock(move || now))
}

fn parts(response: Response<Vec<u8>>) -> (u16, String) {
    (response.status().as_u16(), String::from_utf8(response.into_body()).unwrap())
}

fn drawn(team: &str, ids: &str) -> String {
    format!(
        r#"{{"ids":{ids},"event":{{"kind":"circle","radius":2,"type":"drawn"}},"team":"{team}"}}"#
    )
}

#[tokio::test]
async fn what_stands_beside_the_content_identifies_the_event() {
    let (callbacks, handled) = (callbacks::<NestedEvent>(), AtomicUsize::new(0));
    let all = [
        (drawn("T1", r#"{"event":"e1","call":"c1"}"#), 1, Some(r#"["T1","e1"]"#)),
        (drawn("T1", r#"{"event":"e1","call":"c2"}"#), 1, None),
        (drawn("T2", r#"{"event":"e1","call":"c1"}"#), 2, Some(r#"["T2","e1"]"#)),
        (drawn("T1", r#"{"event":7,"call":"c1"}"#), 3, Some(r#"["T1","7"]"#)),
        // What lacks it, or has something else there, is identified by its whole body.
        (drawn("T1", r#"{"event":null,"n":1}"#), 4, None),
        (drawn("T1", r#"{"event":null,"n":2}"#), 5, None),
        (drawn("T1", r#"{"event":"","n":2}"#), 6, None),
        (drawn("T1", r#"{"event":{"n":2}}"#), 7, None),
        (drawn("T1", "[]"), 8, None),
        (drawn("T1", "[]"), 8, None),
    ];
    for (body, count, identity) in &all {
        let handler = async |event: Event<NestedEvent>| {
            handled.fetch_add(1, SeqCst);
            assert_eq!(event.identity().as_deref(), *identity, "{body}");
            assert_eq!(
                *event.content(),
                NestedEvent::Drawn(Shape::Circle(Box::new(Circle { radius: 2 })))
            );
            Ok::<_, Infallible>(Acknowledgement::any())
        };
        assert_eq!(callbacks.receive(call(body), handler).await.status(), 200, "{body}");
        assert_eq!(handled.load(SeqCst), *count, "{body}");
    }
}

#[tokio::test]
async fn the_ids_are_those_of_the_body_or_else_of_the_headers() {
    for (ids, expected) in [
        (r#"{"event":"e1","call":"c1"}"#, (Some("c1"), Some("e1"))),
        (r#"{"event":"","call":[]}"#, (Some("of the header"), None)),
    ] {
        let handler = async |event: Event<NestedEvent>| {
            assert_eq!((event.log_id(), event.event_id()), expected);
            Ok::<_, Infallible>(Acknowledgement::any())
        };
        let response = callbacks::<NestedEvent>().receive(call(&drawn("T1", ids)), handler).await;
        assert_eq!(response.status(), 200);
    }
}

#[test]
fn a_callback_has_an_identity_of_its_own() {
    let body = r#"{"event":{"type":"moved","by":3},"ids":{"event":"e1"},"team":"T1"}"#;
    let event = NestedEvent::parse(body.as_bytes()).unwrap();
    assert_eq!((event.identity().as_deref(), event.event_id()), (Some("[3]"), Some("e1")));
    assert_eq!(Moved::parse(body.as_bytes()).unwrap().by, 3);
}

#[test]
fn a_fault_names_the_place() {
    let fault = |body: &str| NestedEvent::parse(body.as_bytes()).unwrap_err().to_string();
    assert_eq!(fault(r#"{"event":{"kind":"circle"}}"#), "`event.type` is missing from the body");
    assert_eq!(fault(r#"{"event":{"type":[]}}"#), "event.type: expected text");
    assert_eq!(
        fault(r#"{"event":{"type":"a"},"event":{}}"#),
        "`event.type` is missing from the body"
    );
    assert!(fault(r#"{"event":{"type":"moved","by":true}}"#).starts_with("event.by: "));
    // Places lead through objects, not through JSON text.
    assert_eq!(
        fault(r#"{"event":"{\"type\":\"moved\"}"}"#),
        "`event.type` is missing from the body"
    );
}

#[tokio::test]
async fn an_answer_without_a_key_is_the_whole_acknowledgement() {
    let handler = async |event: Event<WholeEvent>| {
        let WholeEvent::Verification(asked) = event.into_content() else { panic!("another event") };
        Acknowledgement::with::<Verification>(&VerificationAnswer::new(VerificationAnswerRequired { challenge: asked.challenge }))
    };
    let body = r#"{"challenge":"3eZ\"","type":"verification"}"#;
    let response = callbacks().receive(call(body), handler).await;
    assert_eq!(parts(response), (200, r#"{"challenge":"3eZ\""}"#.to_owned()));
    let empty = async |_: Event<WholeEvent>| {
        Acknowledgement::with::<Verification>(&VerificationAnswer::new(VerificationAnswerRequired { challenge: "".into() }))
    };
    assert_eq!(callbacks().receive(call(body), empty).await.status(), 500);
    let none = async |_: Event<WholeEvent>| Ok::<_, Infallible>(Acknowledgement::any());
    assert_eq!(callbacks().receive(call(body), none).await.status(), 500);
}

#[tokio::test]
async fn the_content_may_be_the_whole_body() {
    let body = r#"{"type":"notice","event_id":"e1","count":"two"}"#;
    let handler = async |event: Event<WholeEvent>| {
        assert_eq!((event.raw_content(), event.event_id()), (body, Some("e1")));
        assert_eq!(event.unread(), ["count"]);
        let WholeEvent::Notice(notice) = event.content() else { panic!("another event") };
        assert_eq!((notice.event_id.as_str(), notice.count), ("e1", None));
        Ok::<_, Infallible>(Acknowledgement::of::<Notice>())
    };
    assert_eq!(parts(callbacks().receive(call(body), handler).await), (200, String::new()));
    let fault = WholeEvent::parse(br#"{"type":"notice"}"#).unwrap_err().to_string();
    assert!(fault.contains("event_id"), "{fault}");
    assert!(
        WholeEvent::parse(b"[]").is_err() && WholeEvent::parse(b"{\"type\":\"a\"} {}").is_err()
    );
    let WholeEvent::Unknown(other) = WholeEvent::parse(br#"{"type":"a"}"#).unwrap().into_content()
    else {
        panic!("known")
    };
    assert_eq!(other.content, r#"{"type":"a"}"#);
}

/// Anyone may send a body, and its event may be asked for before it is verified.
#[test]
fn a_key_that_comes_again_and_again_costs_no_more_each_time() {
    let again = r#""team":"t1","ids":{},"#.repeat(30_000);
    let body = format!(r#"{{{again}"event":{{"type":"drawn"}}}}"#);
    let start = Instant::now();
    assert_eq!(NestedEvent::ENVELOPE.event(body.as_bytes()).unwrap(), "drawn");
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}
