//! An event of a documented name is of an unknown kind if its content, or an essential field of that, is a union of one.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use apiscribe::callback::{
    Acknowledgement, Callback, CallbackVerifier, Callbacks, DeadLetterAction, Event,
};
use apiscribe::signature::{AppKey, Message, PlatformKey};
use apiscribe::time::UnixSeconds;
use apiscribe::{Events, Secret};
use http::Request;

use super::api::demo::{SeveralChanges, WholeChanged};
use super::api::platform::{ApartEvent, CALL, PLAIN, WholeEvent};

fn call(body: &str) -> Request<Vec<u8>> {
    let key = AppKey::secret(&CALL, "", "", Secret::from("secret")).unwrap();
    let signed = key.sign_at(&Message::body(body.as_bytes()), UnixSeconds(1), "").unwrap();
    Request::post("/").header("X-Signature", signed.to_string()).body(body.into()).unwrap()
}

/// The status that a call is answered with, what a log says, and the event and the kind of a dead letter.
async fn told<E: Events>(
    accept: bool,
    body: &str,
) -> (u16, Vec<String>, Vec<(String, Option<String>)>) {
    let (log, letters) = (Arc::new(Mutex::new(vec![])), Arc::new(Mutex::new(vec![])));
    let key = PlatformKey::secret(&CALL, Secret::from("secret")).unwrap();
    let callbacks = Callbacks::<E>::new(CallbackVerifier::new(&PLAIN, key)).accept_unknown(accept);
    let (told, kept) = (log.clone(), letters.clone());
    let callbacks = callbacks.on_error(move |error| told.lock().unwrap().push(error.to_string()));
    let callbacks = callbacks.on_dead_letter(move |letter| {
        kept.lock().unwrap().push((letter.event.unwrap(), letter.kind));
        async { Ok::<_, Infallible>(DeadLetterAction::Refuse) }
    });
    let handler = async |_: Event<E>| Ok::<_, Infallible>(Acknowledgement::any());
    let status = callbacks.receive(call(body), handler).await.status().as_u16();
    drop(callbacks);
    let take = |log: Arc<Mutex<Vec<String>>>| log.lock().unwrap().clone();
    let letters = letters.lock().unwrap().clone();
    (status, take(log), letters)
}

const GIFT: &str = r#"{"type":"change","event":{"kind":"gift"},"former":{"kind":"added"}}"#;

#[tokio::test]
async fn an_event_of_an_unknown_kind_is_refused_unless_it_is_accepted() {
    let expected = "nobody handles events `change` of the kind `gift`; handle it, or acknowledge it on purpose; the platform calls again";
    let refused =
        (501, vec![expected.to_owned()], vec![("change".to_owned(), Some("gift".to_owned()))]);
    assert_eq!(told::<ApartEvent>(false, GIFT).await, refused);
    assert_eq!(told::<WholeEvent>(false, GIFT).await, refused);
    assert_eq!(told::<ApartEvent>(true, GIFT).await, (200, vec![], vec![]));
    assert_eq!(told::<WholeEvent>(true, GIFT).await, (200, vec![], vec![]));
}

#[tokio::test]
async fn a_kind_that_is_not_said_is_unknown() {
    let (status, _, letters) = told::<ApartEvent>(false, r#"{"type":"change","event":{}}"#).await;
    assert_eq!((status, letters), (501, vec![("change".to_owned(), Some(String::new()))]));
}

#[tokio::test]
async fn what_is_documented_is_handed_over() {
    let added = r#"{"type":"change","event":{"kind":"added"},"former":{"kind":"gift"}}"#;
    assert_eq!(told::<ApartEvent>(false, added).await.0, 200);
    // Only what is essential says what happened.
    assert_eq!(told::<WholeEvent>(false, added).await.0, 200);
    // Of a list the handler sees which of its items it knows.
    let list = r#"{"type":"changes","event":[{"kind":"gift"}]}"#;
    assert_eq!(told::<ApartEvent>(false, list).await.0, 200);
}

#[test]
fn a_handler_can_ask_for_the_kind() {
    let event = WholeEvent::parse(GIFT.as_bytes()).unwrap();
    assert_eq!((event.name(), event.unknown_kind()), ("change", Some("gift")));
    assert_eq!(
        WholeChanged::unknown_kind(&WholeChanged::parse(GIFT.as_bytes()).unwrap()),
        Some("gift")
    );
    assert_eq!(SeveralChanges::unknown_kind(&vec![]), None);
    let other = WholeEvent::parse(br#"{"type":"other"}"#).unwrap();
    assert_eq!((other.name(), other.unknown_kind()), ("other", None));
}
