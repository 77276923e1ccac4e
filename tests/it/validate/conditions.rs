//! Rules that depend on other fields.

use apiscribe::Validate;
use insta::assert_snapshot;

use super::complaints;

#[derive(Default, Validate)]
struct Payment {
    #[wire(name = "goodType")]
    good_type: Option<i64>,
    #[validate(required_if(good_type == 2))]
    amount: Option<i64>,
    #[validate(forbidden_if(good_type != 2))]
    name: Option<String>,
    #[validate(required_if(good_type in [1, -3]))]
    coins: Option<i64>,
    #[validate(forbidden_if(channel not in ["android", "ios"]))]
    zone: Option<String>,
    channel: String,
    #[validate(required_if(present(channel)), forbidden_if(r#type == true))]
    detail: String,
    #[validate(required_if(absent(channel)))]
    reason: Option<String>,
    r#type: bool,
}

fn payment(good_type: Option<i64>) -> Payment {
    Payment { good_type, reason: Some("r".to_owned()), ..Payment::default() }
}

#[test]
fn a_value_decides() {
    assert_snapshot!(complaints(&payment(Some(2))), @"amount: required when goodType is 2, but missing");
    assert_snapshot!(complaints(&payment(Some(-3))), @"coins: required when goodType is 1 or -3, but missing");
    assert_snapshot!(complaints(&payment(Some(4))), @"");
    assert_snapshot!(complaints(&payment(None)), @"");
}

#[test]
fn not_equal_holds_for_an_absent_value_also() {
    let named = |good_type| Payment { name: Some("n".to_owned()), ..payment(good_type) };
    assert_snapshot!(complaints(&named(None)), @"name: not allowed when goodType is not 2");
    assert_snapshot!(complaints(&named(Some(4))), @"name: not allowed when goodType is not 2");
    assert_snapshot!(complaints(&Payment { amount: Some(1), ..named(Some(2)) }), @"");
}

#[test]
fn strings_bools_and_presence_decide() {
    let channel = |channel: &str| Payment {
        channel: channel.to_owned(),
        zone: Some("1".to_owned()),
        ..Payment::default()
    };
    assert_snapshot!(complaints(&channel("")), @r#"
    zone: not allowed when channel is not "android" or "ios"
    reason: required when channel is not given, but missing
    "#);
    assert_snapshot!(complaints(&channel("ios")), @"detail: required when channel is given, but missing");
    let typed = Payment { detail: "d".to_owned(), r#type: true, ..channel("android") };
    assert_snapshot!(complaints(&typed), @"detail: not allowed when type is true");
}

#[derive(Validate)]
#[validate(exactly_one_of(id, order_no), at_least_one_of(order_no, note, id))]
struct Query {
    id: Option<i64>,
    #[wire(name = "orderNo")]
    order_no: Option<String>,
    note: String,
}

#[derive(Validate)]
struct Batch {
    #[validate(nested)]
    queries: Vec<Query>,
}

#[test]
fn groups_count_what_is_given() {
    let query = |id, order_no: Option<&str>| Query {
        id,
        order_no: order_no.map(str::to_owned),
        note: String::new(),
    };
    assert_snapshot!(complaints(&query(Some(1), None)), @"");
    assert_snapshot!(complaints(&query(None, Some("1"))), @"");
    assert_snapshot!(complaints(&query(Some(1), Some("1"))), @"exactly one of id and orderNo must be given, not 2");
    let empty = query(None, Some(""));
    assert_snapshot!(complaints(&empty), @r"
    exactly one of id and orderNo must be given, not 0
    at least one of orderNo, note and id must be given
    ");
    assert_snapshot!(complaints(&query(Some(1), Some(""))), @"exactly one of id and orderNo must be given, not 2");
    let batch = Batch { queries: vec![query(Some(1), None), query(None, None)] };
    assert_snapshot!(complaints(&batch), @r"
    queries[1]: exactly one of id and orderNo must be given, not 0
    queries[1]: at least one of orderNo, note and id must be given
    ");
}
