//! Keys that always have the same value, and a map of all keys that no field has; and types that hold themselves.

use std::collections::BTreeMap;

use apiscribe::{Decode, Encode, Json, Secret, Validate};

use super::{fault, json, read};

#[derive(Debug, PartialEq, Encode, Decode)]
#[wire(constant("version" = "2", "kind" = -7, "test" = true))]
struct Labels {
    #[wire(name = "orderId")]
    order_id: i64,
    note: Option<String>,
    #[wire(rest)]
    more: BTreeMap<String, Json>,
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Counts {
    #[wire(rest)]
    by_name: BTreeMap<String, i64>,
}

#[derive(Encode)]
#[wire(constant("grant_type" = "client_credential"))]
struct Grant {
    secret: Secret<String>,
}

/// A comment and what was said to it.
#[derive(Debug, Default, PartialEq, Encode, Decode, Validate)]
struct Comment {
    #[validate(bytes(max = 3))]
    text: String,
    #[wire(optional)]
    #[validate(nested)]
    parent: Option<Box<Comment>>,
    #[validate(nested)]
    answers: Vec<Comment>,
}

fn labels(more: &[(&str, Json)]) -> Labels {
    let more = more.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    Labels { order_id: 1, note: None, more }
}

#[test]
fn constants_are_written_first_and_another_value_is_a_fault() {
    let written = r#"{"version":"2","kind":-7,"test":true,"orderId":1,"note":null}"#;
    assert_eq!(json(&labels(&[])), written);
    assert_eq!(read::<Labels>(written), labels(&[]));
    assert_eq!(read::<Labels>(r#"{"orderId":1}"#), labels(&[]));
    let fault = fault::<Labels>(r#"{"orderId":1,"version":"3"}"#);
    assert_eq!(fault, r#"invalid value: string "3", expected "2""#);
    let grant = json(&Grant { secret: "s".into() });
    assert_eq!(grant, r#"{"grant_type":"client_credential","secret":"s"}"#);
}

#[test]
fn what_no_field_has_goes_into_the_rest_and_comes_back() {
    let sent = r#"{"b":null,"orderId":1,"a":{"x":[1.5]},"note":"n","c":"z"}"#;
    let found = read::<Labels>(sent);
    let more = serde_json::json!({"a": {"x": [1.5]}, "b": null, "c": "z"});
    assert_eq!(serde_json::to_value(&found.more).unwrap(), more);
    assert_eq!(found.note.as_deref(), Some("n"));
    let written = json(&found);
    assert!(
        written.ends_with(r#""orderId":1,"note":"n","a":{"x":[1.5]},"b":null,"c":"z"}"#),
        "{written}"
    );
    assert_eq!(read::<Labels>(&written), found);
}

#[test]
fn the_rest_needs_what_the_fields_need() {
    assert_eq!(fault::<Labels>(r#"{"a":1}"#), "missing field `orderId`");
    assert_eq!(read::<Counts>("{}"), Counts { by_name: BTreeMap::new() });
}

#[test]
fn of_a_key_of_the_rest_that_comes_twice_the_last_counts() {
    assert_eq!(json(&read::<Counts>(r#"{"a":1,"b":2,"a":3}"#)), r#"{"a":3,"b":2}"#);
}

/// The reader of the client leaves it out; others fail.
#[test]
fn a_value_that_is_no_value_of_the_map_is_an_error_of_other_readers() {
    assert!(fault::<Counts>(r#"{"a":"x"}"#).starts_with("invalid type: string"));
}

#[test]
fn the_rest_cannot_hold_the_key_of_a_field_or_of_a_constant() {
    for key in ["orderId", "version"] {
        let fault = serde_json::to_string(&labels(&[(key, Json::Null)])).unwrap_err().to_string();
        let expected = format!("`{key}` is the key of a field, and cannot be in the rest");
        assert_eq!(fault, expected);
    }
}

#[test]
fn a_type_may_hold_itself() {
    let inner = || Comment { text: "b".to_owned(), ..Comment::default() };
    let comment = Comment {
        text: "a".to_owned(),
        parent: Some(Box::new(inner())),
        answers: vec![inner(), inner()],
    };
    let written = json(&comment);
    let one = r#"{"text":"b","answers":[]}"#;
    assert_eq!(written, format!(r#"{{"text":"a","parent":{one},"answers":[{one},{one}]}}"#));
    assert_eq!(read::<Comment>(&written), comment);
    let long = Comment { text: "long".to_owned(), ..Comment::default() };
    let nested = Comment { parent: Some(Box::new(long)), ..Comment::default() };
    let violations = nested.validate().unwrap_err().to_string();
    assert!(violations.contains("parent.text: 4 bytes, at most 3 allowed"), "{violations}");
}
