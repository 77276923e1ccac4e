//! Identifiers of digits that come as text or as a number: every digit of either is kept.

use runtime::serde_json::{from_str, json, to_value};

use super::api::demo::{FindRequest, FindResponse, OrderId};

#[test]
fn a_number_is_read_as_its_digits() {
    let text = r#"{"order_id":7291862380517001234,"item_id":18446744073709551615,"parts":[-1,"02"]}"#;
    let found: FindResponse = from_str(text).unwrap();
    assert_eq!(found.order_id, OrderId::from("7291862380517001234"));
    assert_eq!(found.item_id, "18446744073709551615");
    assert_eq!(found.parts.unwrap(), ["-1", "02"]);
}

#[test]
fn text_is_read_as_it_is() {
    let found: FindResponse = from_str(r#"{"order_id":"007","item_id":"a\"b","parts":null}"#).unwrap();
    assert_eq!((found.order_id.as_ref(), found.item_id.as_str()), ("007", "a\"b"));
}

#[test]
fn a_number_that_would_lose_digits_is_refused() {
    for number in ["1.5", "1e3", "72918623805170012340000", "true"] {
        for text in [
            format!(r#"{{"order_id":{number},"item_id":"1"}}"#),
            format!(r#"{{"order_id":"1","item_id":{number}}}"#),
        ] {
            let fault = from_str::<FindResponse>(&text).unwrap_err().to_string();
            assert!(fault.contains("expected text, or a whole number of 64 bits"), "{fault}");
        }
    }
}

#[test]
fn secrets_are_not_told_where_they_are_wrong() {
    let text = r#"{"order_id":1,"item_id":2,"pin":1234,"ticket":5678}"#;
    let found: FindResponse = from_str(text).unwrap();
    assert_eq!(found.pin.as_ref().unwrap().expose(), "1234");
    assert!(!format!("{found:?}").contains("1234") && !format!("{found:?}").contains("5678"));
    for text in [text.replace("1234", "12.5"), text.replace("5678", "12.5")] {
        let fault = from_str::<FindResponse>(&text).unwrap_err().to_string();
        assert!(!fault.contains("12.5"), "{fault}");
    }
}

#[test]
fn it_is_written_as_text() {
    let request = FindRequest::new(OrderId::from("7"), "8");
    assert_eq!(to_value(&request).unwrap(), json!({ "order_id": "7", "note": "8" }));
}
