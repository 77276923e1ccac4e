//! What an object asks of the items of a list in it, and a number that they add up to.

use apiscribe::validate::{Rule, Unit};
use apiscribe::wire::JsonText;
use apiscribe::{Money, Validate, serde_json};

use super::api::demo::{OrderRequest, Part, PartRequired, RefundRequest, RefundRequired, Sku, SkuRequired};
use super::api::platform::{Amount, Fen};

fn sku(quantity: Option<i64>, pay_amount: Option<i64>) -> Sku {
    Sku { quantity, pay_amount: pay_amount.map(Amount), ..Sku::new(SkuRequired { sku_id: "s1".into() }) }
}

fn order(currency: &str, skus: Vec<Sku>, total: Option<i64>) -> OrderRequest {
    let currency = Some(currency.to_owned());
    OrderRequest { currency, sku_list: Some(skus), total: total.map(Amount) }
}

fn violations(value: &impl Validate) -> String {
    value.validate().map_or_else(|violations| violations.to_string(), |()| String::new())
}

#[test]
fn each_item_is_asked_for_when_the_condition_holds() {
    let skus = || vec![sku(Some(1), None), sku(Some(2), None), sku(None, None)];
    assert_eq!(violations(&order("CNY", skus(), None)), "");
    assert_eq!(
        violations(&order("DIAMOND", skus(), None)),
        "skuList[1].quantity: must be 1 when currency is \"DIAMOND\"\n\
         skuList[2].quantity: must be 1 when currency is \"DIAMOND\""
    );
    assert_eq!(violations(&OrderRequest { sku_list: None, ..order("DIAMOND", vec![], None) }), "");
}

#[test]
fn fields_of_items_are_named_as_on_the_wire() {
    let order = order("CNY", vec![sku(None, None)], Some(3));
    assert_eq!(
        violations(&order),
        "skuList[0].payAmount: required when total is given\n\
         total: 3 fen or diamonds, but skuList[].payAmount adds up to 0"
    );
}

#[test]
fn a_sum_is_that_of_the_list_if_there_is_one() {
    let skus = || vec![sku(None, Some(1)), sku(None, Some(2))];
    assert_eq!(violations(&order("CNY", skus(), Some(3))), "");
    assert_eq!(violations(&order("CNY", skus(), None)), "");
    assert_eq!(violations(&OrderRequest { sku_list: None, ..order("CNY", vec![], Some(3)) }), "");
}

#[test]
fn a_sum_that_64_bits_cannot_hold_is_a_violation() {
    let part = || Part::new(PartRequired { refund_amount: Fen(i64::MAX) });
    let refund = |parts, sum| RefundRequest::new(RefundRequired { item_order_detail: JsonText(parts), refund_amount: Fen(sum) });
    assert_eq!(violations(&refund(vec![part()], i64::MAX)), "");
    let violations = refund(vec![part(), part()], -2).validate().unwrap_err();
    assert_eq!(
        violations.to_string(),
        "refund_amount: -2 fen, but item_order_detail[].refund_amount adds up to more than 64 bits hold"
    );
}

#[test]
fn violations_are_typed() {
    let refund = RefundRequest::new(RefundRequired { item_order_detail: JsonText(vec![Part::new(PartRequired { refund_amount: Fen(2) }), Part::new(PartRequired { refund_amount: Fen(3) })]), refund_amount: Fen(4) });
    let violations = refund.validate().unwrap_err();
    let rule = &violations.iter().next().unwrap().rule;
    let (list, field) = ("item_order_detail", "refund_amount");
    assert_eq!(*rule, Rule::Sum { list, field, sum: Some(5), actual: Some(4.into()), unit: Some(Unit::Money(Fen::UNIT)) });
    let json = serde_json::to_value(&violations).unwrap();
    assert_eq!((&json[0]["rule"], &json[0]["limit"], &json[0]["actual"]), (&"sum".into(), &5.into(), &4.into()));

    let violations = order("DIAMOND", vec![sku(None, None)], None).validate().unwrap_err();
    let rule = &violations.iter().next().unwrap().rule;
    let Rule::EachIf { condition, needed } = rule else { panic!("{rule:?}") };
    assert_eq!((condition.field, needed.field, rule.name()), ("currency", "quantity", "each_if"));
}
