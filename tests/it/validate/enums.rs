//! Rules about enums of the wire.

use apiscribe::wire::JsonText;
use apiscribe::{Validate, WireEnum};
use insta::assert_snapshot;

use super::{complaints, rules};

#[derive(Debug, Clone, PartialEq, Eq, WireEnum)]
enum GoodType {
    #[wire(0)]
    Coins,
    #[wire(2)]
    Item,
    #[wire(unknown)]
    Unknown(i64),
}

#[derive(Debug, Clone, PartialEq, Eq, WireEnum)]
enum Currency {
    #[wire("DIAMOND")]
    Diamond,
    #[wire(unknown)]
    Unknown(String),
}

#[derive(Validate)]
struct Payment {
    #[validate(required, documented)]
    currency: Currency,
    #[validate(documented)]
    good_type: Option<GoodType>,
    #[validate(each(documented))]
    others: JsonText<Vec<GoodType>>,
    #[validate(secret, documented)]
    hidden: GoodType,
    #[validate(required_if(good_type == 2), forbidden_if(currency != "DIAMOND"))]
    amount: Option<i64>,
}

fn payment(currency: Currency, good_type: Option<GoodType>) -> Payment {
    let others = JsonText(vec![GoodType::Item, GoodType::Coins]);
    Payment { currency, good_type, others, hidden: GoodType::Coins, amount: Some(1) }
}

#[test]
fn documented_values_are_accepted() {
    let good = payment(Currency::Diamond, Some(GoodType::Item));
    assert_eq!(rules(&good), []);
    assert_eq!(rules(&payment(Currency::Diamond, None)), []);
}

#[test]
fn an_undocumented_value_is_told_unless_it_is_secret() {
    let unknown = GoodType::Unknown(7);
    let bad = Payment {
        others: JsonText(vec![GoodType::Coins, unknown.clone()]),
        hidden: unknown.clone(),
        ..payment(Currency::Unknown("CNY".to_owned()), Some(unknown))
    };
    assert_snapshot!(complaints(&bad), @r#"
    currency: `CNY` is not a documented value
    good_type: `7` is not a documented value
    others[1]: `7` is not a documented value
    hidden: not a documented value
    amount: not allowed when currency is not "DIAMOND"
    "#);
}

#[test]
fn an_empty_string_is_a_missing_value() {
    let missing = payment(Currency::Unknown(String::new()), None);
    assert_snapshot!(complaints(&Payment { amount: None, ..missing }), @"currency: required, but missing or empty");
}

#[test]
fn a_condition_compares_the_value_on_the_wire() {
    let item = payment(Currency::Diamond, Some(GoodType::Item));
    assert_snapshot!(complaints(&Payment { amount: None, ..item }), @"amount: required when good_type is 2, but missing");
    let kept = payment(Currency::Unknown("DIAMOND".to_owned()), Some(GoodType::Unknown(2)));
    assert!(
        complaints(&Payment { amount: None, ..kept })
            .contains("amount: required when good_type is 2")
    );
}
