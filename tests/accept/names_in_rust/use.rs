//! Two names on the wire that would be one in Rust are told apart by `rust`; all rules go by the name on the wire.

use apiscribe::endpoint::IssuesToken;
use apiscribe::{Endpoint, JsApi, Validate, http, serde_json};

use super::api::demo::{
    MyPayOptions, Paid, PayOptions, Row, RowRequired, SaveRequest, SaveRequired, SaveRequestAB, SaveRequestInner,
};

fn request() -> SaveRequest {
    SaveRequest {
        currency: Some("CNY".to_owned()),
        type_: Some(2),
        lines: Some(vec![Row::new(RowRequired { net: 1, amount: 5 })]),
        total: Some(1),
        a_b: Some(SaveRequestAB { x: Some(1) }),
        inner: Some(SaveRequestInner { z: Some(2) }),
        ..SaveRequest::new(SaveRequired { user: "u".into(), merchant_order_no: "m".into(), order_no: "o".into() })
    }
}

#[test]
fn fields_are_called_as_documented_on_the_wire() {
    assert!(request().validate().is_ok());
    let body = concat!(
        r#"{"order-no":"m","order_no":"o","$":"CNY","kind":2,"#,
        r#""rows":[{"amount":1,"Amount":5}],"sum":1,"a_b":{"x":1},"a-b":{"z":2}}"#
    );
    assert_eq!(serde_json::to_string(&request()).unwrap(), body);
    let http = request().to_http("https://api.example.com", None).unwrap();
    assert_eq!(http.uri(), "https://api.example.com/save/u");
}

#[test]
fn rules_and_keys_find_the_fields_they_name() {
    assert_eq!(request().idempotency_key().as_deref(), Some("o"));
    let wrong = SaveRequest {
        currency: Some("USD".to_owned()),
        lines: Some(vec![Row::new(RowRequired { net: 3, amount: 1 })]),
        ..request()
    };
    let violations = wrong.validate().unwrap_err().to_string();
    assert!(violations.contains("rows[0].amount"), "{violations}");
    assert!(violations.contains("sum:"), "{violations}");
    assert!(violations.contains("why: required when $ is"), "{violations}");
    let none = SaveRequest::new(SaveRequired { user: "u".into(), merchant_order_no: "m".into(), order_no: "o".into() }).validate().unwrap_err().to_string();
    assert!(none.contains("$ and kind") || none.contains("$ or kind"), "{none}");
}

#[test]
fn a_token_is_found_under_its_name_in_rust() {
    let body = r#"{"code":0,"message":"","data":{"access-token":"a","access_token":"b","expires-in":7}}"#;
    let reply = SaveRequest::from_http(http::Response::new(body)).unwrap();
    let issued = SaveRequest::issued(reply.data());
    assert_eq!(issued.token.expose(), "b");
    assert_eq!(issued.expires_in, Some(apiscribe::time::Seconds(7)));
}

#[test]
fn events_are_told_apart_by_both_fields() {
    let body = br#"{"type":"paid","msg":"{\"id\":\"a\",\"ID\":\"b\"}"}"#;
    let content = <Paid as apiscribe::callback::Callback>::parse(body).unwrap().into_content();
    assert_eq!((content.id.as_str(), content.upper.as_str()), ("a", "b"));
    assert!(<Paid as apiscribe::callback::Callback>::identity(&content).unwrap().contains('b'));
}

#[test]
fn two_js_apis_of_one_last_name_are_two() {
    assert_eq!((PayOptions::NAME, MyPayOptions::NAME), ("tt.pay", "my.pay"));
}
