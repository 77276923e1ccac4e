//! Rules are functions whose quantities have their units in their types; out of bounds, they say so.

use runtime::rules::{Date, Decimal, Exact, RuleFault, decimal, examples};
use runtime::{Diamonds, Fen, Yuan};

use super::api::demo::*;

#[test]
fn a_price_with_more_decimals_than_it_can_have_is_refused() {
    let refused = coins_of_price(Exact::new(decimal("0.15")));
    assert_eq!(refused, Err(RuleFault::Decimals { quantity: "price", most: 1 }));
}

#[test]
fn a_price_out_of_its_bounds_is_refused() {
    assert_eq!(coins_of_price(Yuan(500).into()), Ok(Diamonds(5000)));
    let refused = coins_of_price(Exact::new(decimal("500.1")));
    assert_eq!(refused, Err(RuleFault::TooHigh("coins_of_price")));
    assert_eq!(coins_of_price(Yuan(-1).into()), Err(RuleFault::TooLow("price")));
}

#[test]
fn a_number_that_is_too_large_is_told() {
    let all = Income { net: Diamonds(i64::MAX), bad_debt: Exact::default(), vat_rate: Decimal::ONE };
    assert!(income(&all).is_ok());
    let more = Income { bad_debt: Exact::new(Decimal::MIN), ..all };
    assert_eq!(income(&more), Err(RuleFault::Overflow));
}

#[test]
fn a_coupon_is_final_once_it_is_verified_or_refunded() {
    let open = Coupon { amount: Fen(100), verified_at: None, refunded_at: None };
    assert_eq!(open.final_at(), Ok(None));
    assert_eq!(open.due(), Ok(Exact::from(Fen(0))));
    let verified = Coupon { verified_at: Some(examples::time("2026-01-03T00:01")), ..open };
    assert_eq!(verified.final_at(), Ok(verified.verified_at));
    assert_eq!(verified.twice(), Ok(Exact::from(Fen(200))));
    assert_eq!(all_due(&[verified.clone(), verified]), Ok(Fen(200)));
}

#[test]
fn periods_and_days_of_a_month_are_found_at_their_edges() {
    let day = |text: &str| -> Date { examples::date(text) };
    assert_eq!(MONTH.first(day("2026-01-19")), Ok(day("2025-12-20")));
    assert_eq!(MONTH.last(day("2026-01-19")), Ok(day("2026-01-19")));
    assert_eq!(MONTH.first(day("2026-01-20")), Ok(day("2026-01-20")));
    assert_eq!(PAYOUTS.next(day("2026-12-21")), Ok(day("2027-01-01")));
    assert_eq!(PAYOUTS.next(day("2026-12-20")), Ok(day("2026-12-20")));
    assert!(PAYOUTS.contains(day("2026-12-10")) && !PAYOUTS.contains(day("2026-12-11")));
    assert_eq!(PUSHES.last(day("2026-01-05")), Ok(day("2026-02-28")));
    assert_eq!(MONTH.last(Date::MAX), Err(RuleFault::Overflow));
}

#[test]
fn an_outcome_knows_its_error_and_a_list_its_titles() {
    let order = Settling { paid: false, now: examples::time("2026-01-05T12:00"), coupons: vec![] };
    let outcome = settling(&order).unwrap();
    assert_eq!(outcome.error(), Some(SettleError::OrderNotPaid));
    assert_eq!(SettlingOutcome::Allowed { amount: Fen(1), coupons: 1 }.error(), None);
    let titles: Vec<&str> = Basis::ALL.iter().map(|basis| basis.title()).collect();
    assert_eq!(titles, ["核销", "支付"]);
    assert!(Priority::First < Priority::Second);
    assert_eq!(EligibilityRequirement::Filed.look_up(), Some("控制台"));
    assert_eq!(WAITS[1].days, None);
    let wait = WaitOf { basis: Basis::Paid, usual: runtime::rules::Days(1) };
    assert_eq!(wait_of(&wait), Ok(runtime::rules::Days(21)));
}
