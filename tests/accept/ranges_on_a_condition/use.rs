//! Limits that a number has only when a condition holds, as the most of an order in diamonds.

use apiscribe::time::Seconds;
use apiscribe::validate::{Rule, Unit};
use apiscribe::{Money, Validate, serde_json};

use super::api::demo::{OrderRequest, OrderRequired};
use super::api::platform::{Amount, Diamonds, Fen};

fn order(amount: i64, currency: Option<&str>) -> OrderRequest {
    let currency = currency.map(str::to_owned);
    OrderRequest { currency, ..OrderRequest::new(OrderRequired { total_amount: Amount(amount) }) }
}

fn violations(request: &OrderRequest) -> String {
    request.validate().map_or_else(|violations| violations.to_string(), |()| String::new())
}

#[test]
fn the_limit_is_that_of_the_currency() {
    assert_eq!(violations(&order(5000, Some("DIAMOND"))), "");
    assert_eq!(violations(&order(5001, None)), "");
    assert_eq!(violations(&order(5001, Some("CNY"))), "");
    assert_eq!(
        violations(&order(5001, Some("DIAMOND"))),
        "totalAmount: 5001 diamonds, at most 5000 allowed when currency is \"DIAMOND\""
    );
    assert_eq!(
        violations(&order(100_000_001, None)),
        "totalAmount: 100000001 fen, at most 100000000 allowed when currency is not \"DIAMOND\""
    );
    assert_eq!(
        violations(&order(0, Some("DIAMOND"))),
        "totalAmount: 0 fen or diamonds, at least 1 needed"
    );
}

#[test]
fn both_ends_are_allowed_and_what_is_absent_has_no_limit() {
    for (wait, count) in [(59, 1), (60, 0), (600, 0), (601, 1)] {
        let request = OrderRequest { wait: Some(Seconds(wait)), ..order(1, Some("CNY")) };
        assert_eq!(violations(&request).lines().count(), count, "{wait}");
        assert_eq!(violations(&OrderRequest { currency: None, ..request }), "");
    }
    let trial = |price| OrderRequest { trial: Some(true), price, ..order(1, None) };
    assert_eq!(violations(&trial(None)), "");
    assert_eq!(violations(&trial(Some(Fen(0)))), "");
    assert_eq!(
        violations(&trial(Some(Fen(1)))),
        "price: 1 fen, at most 0 allowed when trial is true"
    );
}

#[test]
fn the_violation_is_typed_and_states_its_unit() {
    let violations = order(6000, Some("DIAMOND")).validate().unwrap_err();
    let rule = &violations.iter().next().unwrap().rule;
    let Rule::TooLarge { max, actual, unit, condition: Some(condition), .. } = rule else {
        panic!("{rule:?}")
    };
    assert_eq!((max.as_i64(), *actual), (Some(5000), Some(6000.into())));
    assert_eq!((*unit, condition.field), (Some(Unit::Money(Diamonds::UNIT)), "currency"));
    let json = serde_json::to_value(&violations).unwrap();
    assert_eq!((&json[0]["rule"], &json[0]["unit"]), (&"too_large".into(), &"diamonds".into()));
    assert_eq!((&json[0]["limit"], &json[0]["actual"]), (&5000.into(), &6000.into()));
}
