//! What the platform tells the developer's server: an envelope, and in it the content as JSON text.

use apiscribe::callback::Callback;
use apiscribe::serde_json;

use super::api::demo::{Anything, SettleResult, SettleResultContent};
use super::api::platform::Fen;
use super::api::platform::TRADE;

fn body(event: &str, content: &str) -> Vec<u8> {
    let content = serde_json::Value::from(content);
    format!(r#"{{"type":"{event}","version":"3.0","msg":{content}}}"#).into_bytes()
}

#[test]
fn the_content_is_taken_out_of_the_text() {
    let event = SettleResult::parse(&body("settle", r#"{"settle_id":"s1","amount":"5"}"#)).unwrap();
    let expected = SettleResultContent { settle_id: "s1".to_owned(), amount: Fen(5) };
    assert_eq!((event.version(), event.content()), (Some("3.0"), &expected));
}

#[test]
fn another_event_is_not_taken_for_it() {
    let other = body("other", "[1]");
    assert!(SettleResult::parse(&other).is_err());
    assert_eq!(TRADE.event(&other).unwrap(), "other");
    assert_eq!(Anything::parse(&other).unwrap().into_content(), serde_json::json!([1]));
}

#[test]
fn a_fault_is_where_it_is() {
    let fault = SettleResult::parse(&body("settle", r#"{"settle_id":"s1","amount":true}"#));
    assert!(fault.unwrap_err().to_string().contains("msg.amount"));
}

#[test]
fn the_answer_and_the_calls_to_expect_are_constants() {
    assert_eq!(SettleResult::ACKNOWLEDGEMENT, r#"{"err_no":0,"err_tips":"success"}"#);
    assert_eq!((SettleResult::RETRY_AFTER, SettleResult::ATTEMPTS), (&[15, 30, 60][..], Some(4)));
}
