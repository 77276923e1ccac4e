//! A field may be required or forbidden by what another one is.

use apiscribe::Validate;

use super::api::demo::{Kind, OrderRequest};
use super::api::platform::Fen;

fn violations(request: &OrderRequest) -> Vec<String> {
    let found = request.validate().err().into_iter().flatten();
    found.map(|violation| violation.path.to_string()).collect()
}

/// A request that needs no more.
fn plain() -> OrderRequest {
    OrderRequest { quantity: Some(1), reason: Some("why".to_owned()), ..OrderRequest::new() }
}

#[test]
fn a_value_of_another_field_may_require() {
    let item = OrderRequest { kind: Some(Kind::Item), quantity: None, ..plain() };
    assert_eq!(violations(&item), ["amount"]);
    assert!(violations(&OrderRequest { amount: Some(Fen(1)), ..item }).is_empty());
}

#[test]
fn is_not_holds_for_other_values_and_for_none() {
    for kind in [None, Some(Kind::Coins)] {
        assert_eq!(violations(&OrderRequest { kind, quantity: None, ..plain() }), ["quantity"]);
    }
}

#[test]
fn a_value_may_forbid() {
    let item = OrderRequest { kind: Some(Kind::Item), amount: Some(Fen(1)), ..plain() };
    assert_eq!(violations(&item), ["quantity"]);
    for (size, expected) in [("S", vec!["colour"]), ("M", vec!["colour"]), ("L", vec![])] {
        let (size, colour) = (Some(size.to_owned()), Some("red".to_owned()));
        assert_eq!(violations(&OrderRequest { size, colour, ..plain() }), expected);
    }
}

#[test]
fn being_there_may_require_and_being_absent_too() {
    let noted = OrderRequest { note: Some("n".to_owned()), ..plain() };
    assert_eq!(violations(&noted), ["author"]);
    assert_eq!(violations(&OrderRequest { reason: None, ..plain() }), ["reason"]);
}
