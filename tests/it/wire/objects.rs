//! Structs as objects.

use std::collections::BTreeMap;

use apiscribe::wire::JsonText;
use apiscribe::{Decode, Encode, Json};
use proptest::prelude::*;

use super::{fault, json, read};

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
struct Order {
    order_id: String,
    #[wire(name = "goodType")]
    good_type: i64,
    #[wire(optional)]
    remark: Option<String>,
    /// Must be there, may be `null`.
    parent: Option<String>,
    #[wire(name = "type")]
    type_: bool,
    #[wire(optional)]
    receivers: Option<Vec<Receiver>>,
    #[wire(skip)]
    page: u32,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
struct Receiver {
    uid: String,
    #[wire(optional)]
    share: Option<f64>,
}

fn order() -> Order {
    Order {
        order_id: "o1".to_owned(),
        good_type: 2,
        remark: None,
        parent: None,
        type_: true,
        receivers: Some(vec![Receiver { uid: "u".to_owned(), share: None }]),
        page: 0,
    }
}

#[test]
fn keys_are_written_in_the_order_of_the_fields_and_absent_ones_left_out() {
    let expected =
        r#"{"order_id":"o1","goodType":2,"parent":null,"type":true,"receivers":[{"uid":"u"}]}"#;
    assert_eq!(json(&order()), expected);
}

#[test]
fn keys_are_read_in_any_order_and_unknown_ones_passed_over() {
    let text = r#"{"new":{"a":[1,{}]},"type":true,"receivers":[{"uid":"u","x":null}],"goodType":2,"order_id":"o1"}"#;
    assert_eq!(read::<Order>(text), order());
}

#[test]
fn null_and_nothing_are_both_none() {
    let text = r#"{"order_id":"o1","goodType":2,"remark":null,"parent":null,"type":true,"receivers":null}"#;
    assert_eq!(read::<Order>(text), Order { receivers: None, ..order() });
}

#[test]
fn of_a_key_that_comes_twice_the_last_counts() {
    assert_eq!(read::<Receiver>(r#"{"uid":"a","uid":"b"}"#).uid, "b");
    assert_eq!(read::<Receiver>(r#"{"uid":"a","share":1.5,"share":null}"#).share, None);
}

#[test]
fn an_escaped_key_is_the_same_key() {
    assert_eq!(read::<Receiver>(r#"{"\u0075id":"a"}"#).uid, "a");
}

#[test]
fn what_must_be_there_is_named_by_its_key() {
    assert_eq!(fault::<Order>(r#"{"order_id":"o1","type":true}"#), "missing field `goodType`");
    assert_eq!(fault::<Receiver>("{}"), "missing field `uid`");
}

#[test]
fn what_is_no_object_is_said() {
    assert_eq!(fault::<Receiver>(r#"["a"]"#), "invalid type: sequence, expected an object");
    assert_eq!(fault::<Receiver>("null"), "invalid type: null, expected an object");
    assert_eq!(fault::<Receiver>(r#"{"uid":null}"#), "invalid type: null, expected a string");
}

#[test]
fn a_struct_without_fields_is_any_object() {
    #[derive(Debug, PartialEq, Encode, Decode)]
    struct Nothing {}

    assert_eq!(json(&Nothing {}), "{}");
    assert_eq!(read::<Nothing>(r#"{"a":1}"#), Nothing {});
}

#[test]
fn what_is_borrowed_is_written_and_read() {
    #[derive(Debug, PartialEq, Encode, Decode)]
    struct Borrowed<'a, T> {
        text: &'a str,
        #[wire(optional)]
        note: Option<&'a str>,
        value: T,
    }

    let text = r#"{"text":"a","value":[1,2]}"#;
    let borrowed: Borrowed<'_, Vec<u8>> = serde_json::from_str(text).unwrap();
    assert_eq!(borrowed, Borrowed { text: "a", note: None, value: vec![1, 2] });
    assert_eq!(json(&borrowed), text);
}

#[test]
fn json_text_maps_and_any_json_go_through() {
    #[derive(Debug, PartialEq, Encode, Decode)]
    struct Mixed {
        params: JsonText<Vec<Receiver>>,
        extra: BTreeMap<String, Json>,
        #[wire(optional)]
        any: Option<Json>,
    }

    let text = r#"{"params":"[{\"uid\":\"u\"}]","extra":{"k":[null,1]},"any":"x"}"#;
    let mixed: Mixed = read(text);
    assert_eq!(mixed.params.0[0].uid, "u");
    assert_eq!(json(&mixed), text);
}

#[test]
fn a_struct_may_hold_its_like() {
    #[derive(Debug, PartialEq, Encode, Decode)]
    struct Tree {
        name: String,
        #[wire(optional)]
        next: Option<Box<Tree>>,
        branches: Vec<Tree>,
    }

    let text =
        r#"{"name":"a","next":{"name":"b","branches":[]},"branches":[{"name":"c","branches":[]}]}"#;
    assert_eq!(json(&read::<Tree>(text)), text);
}

#[test]
fn any_source_of_json_will_do() {
    let text = json(&order());
    let value: Json = read(&text);
    assert_eq!(serde_json::from_value::<Order>(value).unwrap(), order());
    assert_eq!(serde_json::from_reader::<_, Order>(text.as_bytes()).unwrap(), order());
    assert_eq!(serde_json::to_value(order()).unwrap()["goodType"], 2);
}

#[test]
fn a_failure_of_the_serializer_comes_through() {
    #[derive(Encode)]
    struct Unwritable {
        before: String,
        map: BTreeMap<Vec<u8>, u8>,
        after: String,
    }

    let map = BTreeMap::from([(vec![1], 1)]);
    let value = Unwritable { before: String::new(), map, after: String::new() };
    assert_eq!(serde_json::to_string(&value).unwrap_err().to_string(), "key must be a string");
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(
        order_id in any::<String>(),
        good_type in any::<i64>(),
        remark in any::<Option<String>>(),
        parent in any::<Option<String>>(),
        shares in any::<Option<Vec<(String, Option<i32>)>>>(),
    ) {
        let receivers = shares.map(|shares| {
            let receiver = |(uid, share): (_, Option<i32>)| Receiver { uid, share: share.map(f64::from) };
            shares.into_iter().map(receiver).collect()
        });
        let order = Order { order_id, good_type, remark, parent, type_: false, receivers, page: 0 };
        prop_assert_eq!(read::<Order>(&json(&order)), order);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = serde_json::from_str::<Order>(&text);
    }
}
