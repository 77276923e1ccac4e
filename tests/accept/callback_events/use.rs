//! All events of one envelope as one enum, which keeps what it does not know.

use apiscribe::callback::Callback;
use apiscribe::{Events, serde_json};

use super::api::pay::{PaymentResult, Status};
use super::api::platform::TradeEvent;
use super::api::refund::RefundResult;

fn body(event: &str, content: &str) -> Vec<u8> {
    let content = serde_json::Value::from(content);
    format!(r#"{{"type":"{event}","version":"3.0","msg":{content}}}"#).into_bytes()
}

const PAID: &str = r#"{"order_id":"o1","status":"SUCCESS","count":7}"#;

#[test]
fn the_event_decides_what_is_read() {
    let event = TradeEvent::parse(&body("payment", PAID)).unwrap();
    let TradeEvent::PaymentResult(paid) = event.content() else { panic!("{event:?}") };
    assert_eq!((paid.order_id.as_str(), &paid.status), ("o1", &Status::Success));
    assert_eq!((event.name(), event.version()), ("payment", Some("3.0")));

    let event = TradeEvent::parse(&body("refund", "[]")).unwrap();
    assert_eq!(event.into_content(), TradeEvent::RefundResult(vec![]));
}

#[test]
fn an_unknown_event_is_kept_whole() {
    let event = TradeEvent::parse(&body("gift", "no JSON")).unwrap().into_content();
    assert_eq!((event.name(), event.identity(), event.meta()), ("gift", None, None));
    let TradeEvent::Unknown_(unknown) = event else { panic!("{event:?}") };
    assert_eq!((unknown.version.as_deref(), unknown.content.as_str()), (Some("3.0"), "no JSON"));
    let event = TradeEvent::parse(&body("unknown", r#"["a"]"#)).unwrap();
    assert_eq!(event.into_content(), TradeEvent::Unknown(vec!["a".to_owned()]));
}

#[test]
fn a_fault_is_where_it_is() {
    let fault = TradeEvent::parse(&body("payment", r#"{"order_id":[7]}"#)).unwrap_err();
    assert!(fault.to_string().starts_with("msg.order_id: "), "{fault}");
    assert_eq!(TradeEvent::parse(b"{}").unwrap_err().to_string(), "`type` is missing from the body");
}

#[test]
fn the_identity_is_the_same_for_a_repetition_only() {
    let identity = |count: &str| {
        let content = PAID.replace('7', count);
        TradeEvent::parse(&body("payment", &content)).unwrap().identity()
    };
    assert_eq!(identity("7").as_deref(), Some(r#"["o1","SUCCESS",7]"#));
    assert_eq!(identity("7"), identity("\"7\""));
    assert_ne!(identity("7"), identity("8"));
    assert_eq!(RefundResult::identity(&vec![]), None);
}

#[test]
fn how_to_answer_is_known_of_each() {
    let meta = TradeEvent::parse(&body("payment", PAID)).unwrap().meta().unwrap();
    assert_eq!((meta.event, meta.acknowledgement, meta.answers), ("payment", r#"{"err_no":0}"#, false));
    assert_eq!((meta.retry_after, meta.attempts), (&[15][..], Some(2)));
    assert_eq!(PaymentResult::acknowledge(&()).unwrap(), br#"{"err_no":0}"#);
}
