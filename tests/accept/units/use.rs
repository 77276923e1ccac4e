//! Units of money are what the spec says they are.

use apiscribe::rules::{Decimal, Exact};
use apiscribe::validate::Settings;
use apiscribe::{Money, Validate, serde_json};

use super::api::demo::{PayRequest, PayRequired, SMALLEST, reward};
use super::api::platform::{Amount, Cents, Dollars, PRICE, Points};

fn violations(request: &PayRequest) -> String {
    let settings = Settings::new().with(PRICE, Cents(50));
    let found = request.validate_with(&settings);
    found.map_or_else(|violations| violations.to_string(), |()| String::new())
}

fn pay(total: i64) -> PayRequest {
    PayRequest::new(PayRequired { currency: "POINT".to_owned(), total: Amount(total) })
}

#[test]
fn a_unit_is_worth_what_the_spec_says() {
    assert_eq!(Dollars(2).to_cents(), Some(Cents(200)));
    assert_eq!((Cents(200).to_dollars(), Cents(201).to_dollars()), (Some(Dollars(2)), None));
    assert_eq!(Cents::UNIT.convert(500, Dollars::UNIT), Some(5));
    assert_eq!(Points::UNIT.convert(500, Dollars::UNIT), None);
}

#[test]
fn violations_name_the_unit() {
    assert_eq!(
        violations(&pay(501)),
        "total: 501 points, at most 500 allowed when currency is \"POINT\""
    );
    assert_eq!(
        violations(&PayRequest { fee: Some(Cents(-1)), ..pay(1) }),
        "fee: -1 US cents, at least 0 needed"
    );
    assert_eq!(
        violations(&PayRequest { deposit: Some(Cents(1)), ..pay(1) }),
        "deposit: 1 US cent is none of the 2 levels from 1 to 5 dollars"
    );
    let violations = pay(0).validate().unwrap_err();
    assert_eq!(serde_json::to_value(&violations).unwrap()[0]["unit"], "points");
}

#[test]
fn amounts_in_two_units_are_compared_to_the_same_levels() {
    assert_eq!(violations(&PayRequest { deposit: Some(Cents(500)), ..pay(1) }), "");
    assert_eq!(violations(&PayRequest { coins: Some(10), ..pay(1) }), "");
    assert_eq!(
        violations(&PayRequest { coins: Some(4), ..pay(1) }),
        "coins: 200 US cents is none of the 2 levels from 1 to 5 dollars"
    );
}

#[test]
fn an_amount_in_one_of_several_units_is_told_which() {
    assert_eq!((Amount(3).to_cents(), Amount(3).to_points()), (Cents(3), Points(3)));
    assert_eq!(Amount::from(Points(3)).to_string(), "3 cents or points");
}

#[test]
fn rules_compute_with_them() {
    assert_eq!(SMALLEST, Points(1));
    assert_eq!(reward(Exact::new(Decimal::new(129, 2))), Ok(Points(12)));
    assert_eq!(format!("{:?}", Exact::<Dollars>::new(Decimal::ONE)), "1 dollars");
}
