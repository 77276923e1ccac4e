//! What a platform wants to hear is data of its spec: of its calls in general, or of one kind of them.

use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use apiscribe::callback::{Acknowledgement, Callback, CallbackVerifier, Callbacks, Event};
use apiscribe::signature::{AppKey, Message, PlatformKey};
use apiscribe::time::UnixSeconds;
use apiscribe::{Secret, serde_json};
use http::Request;

use super::api::demo::{Asked, AskedAnswer, AskedAnswerRequired, Other, Paid, Shipped};
use super::api::platform::{CALL, PLAIN, PlainCallsEvent, SILENT};

const NOW: u64 = 1_700_000_000;
const PAID: &str = r#"{"type":"paid","data":"{}"}"#;

fn call(body: &str) -> Request<Vec<u8>> {
    let key = AppKey::secret(&CALL, "", "", Secret::from("secret")).unwrap();
    let signed = key.sign_at(&Message::body(body.as_bytes()), UnixSeconds(NOW as i64), "").unwrap();
    Request::post("/")
        .header("X-Signature", signed.to_string())
        .header("X-Call-Id", "c1")
        .header("X-Call-Event", "e1")
        .header("Cookie", "gateway=1")
        .body(body.into())
        .unwrap()
}

fn callbacks(secret: &str) -> Callbacks<PlainCallsEvent> {
    let key = PlatformKey::secret(&CALL, Secret::from(secret)).unwrap();
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    Callbacks::new(CallbackVerifier::new(&PLAIN, key).clock(move || now))
}

#[tokio::test]
async fn a_call_is_acknowledged_as_the_scheme_of_its_envelope_says() {
    let handler = async |event: Event<PlainCallsEvent>| {
        assert_eq!((event.log_id(), event.event_id()), (Some("c1"), Some("e1")));
        assert_eq!(event.raw().headers.len(), 2, "of the gateway nothing is kept");
        Ok::<_, Infallible>(Acknowledgement::of::<Paid>())
    };
    let response = callbacks("secret").receive(call(PAID), handler).await;
    let body = String::from_utf8(response.body().clone()).unwrap();
    assert_eq!((response.status().as_u16(), body.as_str()), (200, r#"{"ok":true}"#));
}

#[tokio::test]
async fn a_call_is_refused_in_the_words_of_the_scheme() {
    let response = callbacks("other").receive(call(PAID), async |_| Err("never called")).await;
    let told: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    let expected =
        serde_json::json!({ "ok": "no", "status": 401, "why": "the signature does not match" });
    assert_eq!((response.status().as_u16(), told), (401, expected));
}

#[test]
fn a_callback_has_its_own_acknowledgement_or_that_of_its_envelope() {
    assert_eq!((Paid::ACKNOWLEDGEMENT, Other::ACKNOWLEDGEMENT), (r#"{"ok":true}"#, r#""done""#));
    assert_eq!((Shipped::ACKNOWLEDGEMENT, SILENT.status), ("", 204));
    let answered = Asked::acknowledge(&AskedAnswer::new(AskedAnswerRequired { number: 7 })).unwrap();
    assert_eq!(answered, br#"{"ok":true,"told":{"number":7}}"#);
}
