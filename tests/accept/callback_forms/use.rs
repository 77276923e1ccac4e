//! Calls whose bodies are forms: verified over their bytes, or over their fields, and read like JSON.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, SystemTime};

use apiscribe::callback::{
    Acknowledgement, Callback, CallbackFault, CallbackVerifier, Callbacks, Event, ReceiveError,
};
use apiscribe::signature::{AppKey, Message, PlatformKey, SignatureError};
use apiscribe::time::UnixSeconds;
use apiscribe::{Events, Secret};
use http::{HeaderMap, Request};

use super::api::demo::{Click, Deploy, Paid};
use super::api::platform::{CALL, ClicksEvent, CommandsEvent, JOINED, NOTICE, NoticesEvent, PLAIN};

const NOW: u64 = 1_700_000_000;

fn call(body: &str) -> Request<Vec<u8>> {
    let key = AppKey::secret(&CALL, "", "", Secret::from("secret")).unwrap();
    let signed = key.sign_at(&Message::body(body.as_bytes()), UnixSeconds(NOW as i64), "").unwrap();
    Request::post("/").header("X-Signature", signed.to_string()).body(body.into()).unwrap()
}

fn verifier() -> CallbackVerifier {
    let key = PlatformKey::secret(&CALL, Secret::from("secret")).unwrap();
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    CallbackVerifier::new(&PLAIN, key).clock(move || now)
}

fn verify<E: Events>(body: &str) -> Result<Event<E>, ReceiveError> {
    let request = call(body);
    verifier().verify(request.headers(), request.body())
}

fn fault<E: Events + std::fmt::Debug>(body: &str) -> CallbackFault {
    match verify::<E>(body).unwrap_err() {
        ReceiveError::Malformed { fault, .. } => std::sync::Arc::into_inner(fault).unwrap(),
        other => panic!("{other}"),
    }
}

#[test]
fn a_form_is_an_object_of_its_fields() {
    let body = "command=%2fDeploy&command2&=&text=a+%2B+b%26c%3D%e4%bd%a0%&count=12&tags=x&tags=y%zz&x=1"
        .replace("%2fDeploy", "%2fdeploy");
    let event = verify::<CommandsEvent>(&body).unwrap();
    let CommandsEvent::Deploy(deploy) = event.content() else { panic!("{event:?}") };
    assert_eq!(deploy.text, "a + b&c=你%");
    assert_eq!(deploy.count, Some(12));
    assert_eq!(deploy.tags.as_deref(), Some(&["x".to_owned(), "y%zz".to_owned()][..]));
    assert_eq!(event.raw().body, body.as_bytes());
    assert!(event.raw_content().contains(r#""command":"/deploy""#));
    let event = Deploy::parse(b"command=/deploy&text=&count=many").unwrap();
    assert_eq!((&*event.text, event.count, event.unread()), ("", None, &["count".to_owned()][..]));
}

/// A form does not say whether a name that comes once is a list.
#[test]
fn a_list_may_have_one_item() {
    let event = Deploy::parse(b"command=/deploy&text=a&tags=x").unwrap();
    assert_eq!(event.tags.as_deref(), Some(&["x".to_owned()][..]));
    assert!(event.unread().is_empty());
    let event = Deploy::parse(b"command=/deploy&text=a&tags=").unwrap();
    assert_eq!(event.tags.as_deref(), Some(&[][..]));
    // In JSON it is none.
    let event = Click::parse(b"payload={\"event\":{\"type\":\"click\",\"button\":1,\"names\":\"x\"}}").unwrap();
    assert_eq!((&event.names, event.unread()), (&None, &["event.names".to_owned()][..]));
}

#[test]
fn the_body_may_be_json_in_a_field() {
    let json = r#"{"id":"e1","event":{"type":"click","button":"3"}}"#;
    let body = format!("a=1&payload={}", json.replace('"', "%22"));
    let event = verify::<ClicksEvent>(&body).unwrap();
    assert!(matches!(event.content(), ClicksEvent::Click(click) if click.button == 3), "{event:?}");
    assert_eq!(event.event_id(), Some("e1"));
    assert_eq!(Click::parse(body.as_bytes()).unwrap().button, 3);
    for missing in ["a=1", "", json, "payload={}&payload={}"] {
        let fault = fault::<ClicksEvent>(missing);
        assert!(matches!(fault, CallbackFault::Missing { key: "payload" }), "{missing}: {fault}");
    }
    let fault = fault::<ClicksEvent>("payload=no+JSON");
    assert!(matches!(fault, CallbackFault::Json { .. }), "{fault}");
}

#[test]
fn what_comes_twice_is_no_name_of_an_event() {
    let fault = fault::<CommandsEvent>("command=%2Fdeploy&text=a&command=%2Fdelete");
    assert!(matches!(fault, CallbackFault::NotText { key: "command" }), "{fault}");
    let fault = self::fault::<CommandsEvent>("text=a");
    assert!(matches!(fault, CallbackFault::Missing { key: "command" }), "{fault}");
}

#[test]
fn the_bytes_are_verified_before_they_are_read() {
    let request = call("command=%2Fdeploy&text=a");
    // The same fields in other bytes.
    let error = verifier().verify::<CommandsEvent>(request.headers(), b"command=/deploy&text=a");
    assert!(matches!(error, Err(ReceiveError::Signature(SignatureError::Mismatch))), "{error:?}");
}

#[tokio::test]
async fn each_event_is_handed_over_once() {
    let (callbacks, handled) = (Callbacks::<CommandsEvent>::new(verifier()), AtomicUsize::new(0));
    for (body, times) in [
        ("command=%2Fdeploy&text=a&trigger=1", 1),
        ("command=%2Fdeploy&text=a&trigger=1&attempt=2", 1),
        ("command=%2Fdeploy&text=a&trigger=2", 2),
        ("command=%2Fdeploy&text=a", 3),
        ("command=%2Fdeploy&text=b", 4),
    ] {
        let handle = async |_: Event<CommandsEvent>| {
            handled.fetch_add(1, SeqCst);
            Ok::<_, Infallible>(Acknowledgement::of::<Deploy>())
        };
        let response = callbacks.receive(call(body), handle).await;
        assert_eq!((response.status().as_u16(), handled.load(SeqCst)), (200, times), "{body}");
    }
}

#[test]
fn a_signature_may_be_over_the_fields() {
    let key = AppKey::secret(&NOTICE, "", "", Secret::from("secret")).unwrap();
    let fields = serde_json::json!({ "kind": "paid", "order": "o 1", "cents": "100" });
    let message = Message::fields(fields.as_object().unwrap());
    let signed = key.sign_at(&message, UnixSeconds(0), "").unwrap().to_string();
    let verifier = CallbackVerifier::new(&JOINED, PlatformKey::secret(&NOTICE, Secret::from("secret")).unwrap());
    let verify = |body: String| verifier.verify::<NoticesEvent>(&HeaderMap::new(), body.as_bytes());
    // The order of the fields and how they are escaped are not signed.
    let event = verify(format!("sign={signed}&order=o+1&cents=100&kind=pai%64")).unwrap();
    assert!(matches!(event.content(), NoticesEvent::Paid(paid) if paid.cents == 100), "{event:?}");
    assert_eq!(event.identity().as_deref(), Some(r#"["o 1"]"#));
    for forged in [
        format!("sign={signed}&order=o+1&cents=1&kind=paid"),
        format!("sign={signed}&order=o+1&cents=100&kind=paid&more=1"),
        format!("sign={signed}&order=o+1&cents=100&kind=paid&cents=1"),
        // JSON whose fields are those signed is read as a form, and so verified as one.
        format!(r#"{{"kind":"paid","order":"o 1","cents":"100","sign":"{signed}"}}"#),
        "order=o+1&cents=100&kind=paid".to_owned(),
    ] {
        let error = verify(forged.clone());
        assert!(matches!(error, Err(ReceiveError::Signature(_))), "{forged}: {error:?}");
    }
    assert_eq!(Paid::parse(b"kind=paid&order=1&cents=2").unwrap().cents, 2);
}
