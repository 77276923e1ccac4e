//! Where a violation is said to be, how it is written, and what finding none costs.

use std::collections::{BTreeMap, HashMap};

use apiscribe::validate::Segment;
use apiscribe::wire::JsonText;
use apiscribe::{Validate, WireText};
use insta::assert_snapshot;

use super::complaints;

#[derive(Debug, Clone, WireText)]
#[validate(chars(max = 3))]
struct Id(String);

#[derive(Debug, Clone, Validate)]
struct Receiver {
    #[validate(required, nested)]
    id: Id,
    #[validate(range(min = 1))]
    amount: i64,
}

#[derive(Debug, Clone, Validate)]
struct Order {
    #[validate(nested)]
    id: Id,
    #[validate(nested)]
    first: Receiver,
    #[validate(nested)]
    list: Vec<Receiver>,
    #[validate(nested)]
    #[wire(name = "optList")]
    option: Option<JsonText<Vec<Receiver>>>,
    #[validate(nested)]
    map: BTreeMap<String, Receiver>,
    #[validate(nested)]
    lists: Vec<Vec<Receiver>>,
    #[validate(items(max = 2), each(chars(max = 2), pattern = "[a-z]*"))]
    tags: Vec<String>,
    #[validate(each(each(range(max = 9))))]
    matrix: HashMap<String, Vec<i64>>,
    #[validate(each(nested))]
    ids: Option<Vec<Id>>,
    #[validate(nested)]
    boxed: Option<Box<Order>>,
}

fn valid() -> Order {
    let receiver = Receiver { id: Id::from("abc"), amount: 1 };
    Order {
        id: Id::from("账账账"),
        first: receiver.clone(),
        list: vec![receiver.clone(); 2],
        option: Some(JsonText(vec![receiver.clone()])),
        map: [("k".to_owned(), receiver.clone())].into(),
        lists: vec![vec![receiver.clone()]],
        tags: vec!["a".to_owned()],
        matrix: [("m".to_owned(), vec![1])].into(),
        ids: Some(vec![Id::from("")]),
        boxed: None,
    }
}

fn invalid() -> Order {
    let receiver = Receiver { id: Id::from("abcd"), amount: 1 };
    Order {
        id: Id::from("账账账账"),
        first: Receiver { id: Id::from(""), amount: 0 },
        list: vec![valid().first, receiver.clone()],
        option: Some(JsonText(vec![receiver.clone()])),
        map: [("k \"1\"".to_owned(), receiver.clone())].into(),
        lists: vec![vec![], vec![valid().first, receiver]],
        tags: ["abc", "D", "e"].map(str::to_owned).into(),
        matrix: [("m".to_owned(), vec![1, 10])].into(),
        ids: Some(vec![Id::from("abc"), Id::from("abcd")]),
        boxed: None,
    }
}

#[test]
fn a_path_names_fields_items_and_keys_as_on_the_wire() {
    let order = Order {
        boxed: Some(Box::new(Order { tags: vec!["E".to_owned()], ..valid() })),
        ..invalid()
    };
    assert_snapshot!(complaints(&order), @r#"
    id: 4 characters, at most 3 allowed
    first.id: required, but missing or empty
    first.amount: 0, at least 1 needed
    list[1].id: 4 characters, at most 3 allowed
    optList[0].id: 4 characters, at most 3 allowed
    map["k \"1\""].id: 4 characters, at most 3 allowed
    lists[1][1].id: 4 characters, at most 3 allowed
    tags: 3 items, at most 2 allowed
    tags[0]: 3 characters, at most 2 allowed
    tags[1]: does not match `[a-z]*`
    matrix["m"][1]: 10, at most 9 allowed
    ids[1]: 4 characters, at most 3 allowed
    boxed.tags[0]: does not match `[a-z]*`
    "#);
}

#[test]
fn a_violation_is_data() {
    let violations = invalid().validate().unwrap_err();
    assert_eq!(violations.len(), violations.iter().count());
    let third = violations.iter().nth(3).unwrap();
    let path: Vec<_> = third.path.segments().cloned().collect();
    assert_eq!(path, [Segment::Field("list"), Segment::Index(1), Segment::Field("id")]);
    assert_snapshot!(serde_json::to_string(third).unwrap(), @r#"{"path":"list[1].id","rule":"too_long","limit":3,"unit":"characters","actual":4,"message":"4 characters, at most 3 allowed"}"#);
}

#[test]
fn a_valid_value_costs_no_allocation() {
    let order = valid();
    // The first use of a pattern compiles it.
    let mut result = order.validate();
    let cost = allocation_counter::measure(|| result = order.validate());
    assert_eq!((result, cost.count_total), (Ok(()), 0));
}

#[test]
fn a_violation_of_a_field_costs_the_list_and_no_more() {
    let id = Id::from("abcd");
    let cost = allocation_counter::measure(|| assert!(id.validate().is_err()));
    assert_eq!(cost.count_total, 1);
}
