//! JSON text inside a string: typed here, a string on the wire, and limited as text as well as by its content.

use apiscribe::wire::JsonText;
use apiscribe::{Endpoint, Validate, http, serde_json};

use super::api::demo::{Receiver, ReceiverRequired, SettleRequest, SettleRequired};
use super::api::platform::Fen;

fn request(uids: &[&str]) -> SettleRequest {
    let receivers = uids.iter().map(|&uid| Receiver::new(ReceiverRequired { uid: uid.into(), amount: Fen(1) }));
    SettleRequest::new(SettleRequired { receivers: JsonText(receivers.collect()) })
}

fn violations(request: &SettleRequest) -> String {
    request.validate().unwrap_err().to_string()
}

#[test]
fn on_the_wire_it_is_text() {
    let body = serde_json::to_value(request(&["u1"])).unwrap();
    assert_eq!(body["receivers"], r#"[{"uid":"u1","amount":1}]"#);
}

#[test]
fn the_text_is_limited_as_it_is_encoded() {
    // Of the text, 21 bytes go to each receiver beside its uid, 3 to the brackets and the comma.
    assert!(request(&["1234567", "12345678"]).validate().is_ok());
    let too_long = violations(&request(&["12345678", "12345678"]));
    assert_eq!(too_long, "receivers: 61 bytes, at most 60 allowed");
}

#[test]
fn the_content_is_limited_by_its_own_rules() {
    let too_many = violations(&request(&["a", "b", "c"]));
    assert!(too_many.contains("receivers: 3 items, at most 2 allowed"), "{too_many}");
    assert_eq!(
        violations(&request(&["123456789"])),
        "receivers[0].uid: 9 bytes, at most 8 allowed"
    );
    let mut labelled = request(&[]);
    labelled.labels = Some(JsonText(vec!["ok".to_owned(), "too long".to_owned()]));
    assert_eq!(violations(&labelled), "labels[1]: 8 characters, at most 2 allowed");
}

#[test]
fn it_is_read_from_text() {
    let body =
        r#"{"code":0,"message":"","data":{"receivers":"[{\"uid\":\"u\",\"amount\":\"7\"}]"}}"#;
    let reply = SettleRequest::from_http(http::Response::new(body.as_bytes().to_vec())).unwrap();
    assert_eq!(reply.into_data().receivers.unwrap().0, [Receiver::new(ReceiverRequired { uid: "u".into(), amount: Fen(7) })]);
}
