//! Rules are functions whose quantities have their units in their types; out of bounds, they say so.

use apiscribe::rules::{Date, Decimal, Exact, Refusal, RuleFault, decimal, examples};

use super::api::demo::*;
use super::api::platform::{Diamonds, Fen, Yuan, TIME_ZONE};

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
    let verified = Coupon { verified_at: Some(examples::time("2026-01-03T00:01", TIME_ZONE)), ..open };
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
    let order = Settling { paid: false, now: examples::time("2026-01-05T12:00", TIME_ZONE), coupons: vec![] };
    let outcome = settling(&order).unwrap();
    assert_eq!(outcome.refusal(), Some(Refusal::Error(SettleError::OrderNotPaid)));
    assert_eq!(SettlingOutcome::Allowed { amount: Fen(1), coupons: 1 }.refusal(), None);
    let titles: Vec<&str> = Basis::ALL.iter().map(|basis| basis.title()).collect();
    assert_eq!(titles, ["核销", "支付"]);
    assert!(Priority::First < Priority::Second);
    assert_eq!(EligibilityRequirement::Filed.look_up(), Some("控制台"));
    assert_eq!(WAITS[1].days, None);
    let wait = WaitOf { basis: Basis::Paid, usual: apiscribe::rules::Days(1) };
    assert_eq!(wait_of(&wait), Ok(apiscribe::rules::Days(21)));
}

#[test]
fn a_number_is_rounded_as_said_and_never_silently() {
    use apiscribe::rules::{Rounding, calc, number};

    let rounded = |number: &str, rounding| {
        let number = calc(decimal(number)).rounded(1, rounding).value();
        number.unwrap().to_string()
    };
    let all = |number| {
        use Rounding::{Down, HalfEven, HalfUp, Up};
        [Down, Up, HalfUp, HalfEven].map(|rounding| rounded(number, rounding)).join(" ")
    };
    assert_eq!(all("0.25"), "0.2 0.3 0.3 0.2");
    assert_eq!(all("0.35"), "0.3 0.4 0.4 0.4");
    assert_eq!(all("-0.25"), "-0.2 -0.3 -0.3 -0.2");
    assert_eq!(all("-0.24"), "-0.2 -0.3 -0.2 -0.2");
    assert_eq!(all("0.3"), "0.3 0.3 0.3 0.3");
    let third = number(1) / 3;
    assert_eq!((third * 3).whole("it"), Ok(1));
    assert_eq!(third.decimals("it", 28), Err(RuleFault::Decimals { quantity: "it", most: 28 }));
    assert_eq!((number(1) / -3 + third).whole("it"), Ok(0));
    assert_eq!((number(2) / 0).value(), Err(RuleFault::DivisionByZero));
    let tiny = calc(decimal("0.000000000000001"));
    assert_eq!((tiny * decimal("0.000000000000001")).value(), Err(RuleFault::Overflow));
    assert_eq!((number(i64::MAX) * i64::MAX + tiny).value(), Err(RuleFault::Overflow));
}

/// Each rounding is held against whole numbers.
#[test]
fn fractions_are_rounded_like_whole_numbers() {
    use apiscribe::rules::{Rounding, number};

    for above in -60i64..=60 {
        for below in (-12i64..=12).filter(|below| *below != 0) {
            let round = |rounding| (number(above) / below).rounded(0, rounding).whole("it");
            let (down, rest) = (above / below, above % below);
            let away = if (above < 0) == (below < 0) { 1 } else { -1 };
            let up = if rest == 0 { down } else { down + away };
            let twice = 2 * rest.abs();
            let half_up = if twice >= below.abs() { up } else { down };
            let is_tie = twice == below.abs();
            let half_even = if is_tie && down % 2 == 0 { down } else { half_up };
            assert_eq!(round(Rounding::Down), Ok(down), "{above}/{below}");
            assert_eq!(round(Rounding::Up), Ok(up), "{above}/{below}");
            assert_eq!(round(Rounding::HalfUp), Ok(half_up), "{above}/{below}");
            assert_eq!(round(Rounding::HalfEven), Ok(half_even), "{above}/{below}");
        }
    }
}
