//! Settlement: orders, coupons and cards wait alike, nothing is settled twice, and what contradicts itself is a fault.

use apiscribe::rules::{Days, Refusal, RuleFault, Timestamp, examples};
use generated_client::platform::{Fen, TIME_ZONE};
use generated_client::settle::SettleCreateError;
use generated_client::settle_rules::{
    CardUse, OrderCoupon, SettleCard, SettleCardOutcome, SettleConfig, SettleCoupon,
    SettleCouponOutcome, SettleWholeOrder, SettleWholeOrderOutcome, WaitBasis, settle_card,
    settle_coupon, settle_whole_order,
};
use proptest::prelude::*;

fn time(text: &str) -> Timestamp {
    examples::time(text, TIME_ZONE)
}

fn config(basis: WaitBasis, wait: i64) -> SettleConfig {
    SettleConfig { basis, wait: Days(wait), automatic: false }
}

fn redeemed(amount: i64, settled: i64) -> OrderCoupon {
    OrderCoupon {
        amount: Fen(amount),
        refunded: Fen(0),
        settled: Fen(settled),
        verified_at: Some(time("2026-03-01T10:00")),
        refunded_at: None,
    }
}

fn open(amount: i64) -> OrderCoupon {
    OrderCoupon { verified_at: None, ..redeemed(amount, 0) }
}

fn refunded(coupon: OrderCoupon, refunded: i64) -> OrderCoupon {
    let refunded_at = Some(time("2026-03-02T10:00"));
    OrderCoupon { refunded: Fen(refunded), refunded_at, ..coupon }
}

fn order(settled_whole: i64, coupons: Vec<OrderCoupon>) -> SettleWholeOrder {
    SettleWholeOrder {
        config: config(WaitBasis::Final, 3),
        now: time("2026-03-09T00:00"),
        number_used: false,
        paid_at: Some(time("2026-02-25T09:00")),
        promoted: false,
        settled_whole: Fen(settled_whole),
        coupons,
    }
}

fn coupon(settled_whole: i64, coupon: OrderCoupon) -> SettleCoupon {
    SettleCoupon {
        config: config(WaitBasis::Final, 3),
        now: time("2026-03-09T00:00"),
        number_used: false,
        paid_at: Some(time("2026-02-25T09:00")),
        promoted: false,
        open_to_coupons: true,
        settled_whole: Fen(settled_whole),
        coupon,
    }
}

fn used(amount: i64, settled: i64) -> CardUse {
    let used_at = time("2026-03-01T10:00");
    CardUse { amount: Fen(amount), used_at, refunded: Fen(0), settled: Fen(settled) }
}

fn card(config: SettleConfig, now: &str, uses: Vec<CardUse>) -> SettleCard {
    SettleCard {
        config,
        now: time(now),
        number_used: false,
        paid_at: Some(time("2026-02-25T09:00")),
        promoted: false,
        uses,
    }
}

fn whole_amount(order: &SettleWholeOrder) -> Option<Fen> {
    match settle_whole_order(order).unwrap() {
        SettleWholeOrderOutcome::Allowed { amount, .. } => Some(amount),
        _ => None,
    }
}

#[test]
fn a_card_waits_by_what_is_configured() {
    let by_payment = config(WaitBasis::Payment, 365);
    let from = |card: &SettleCard| match settle_card(card).unwrap() {
        SettleCardOutcome::TooEarly { from } => from,
        other => panic!("{other:?}"),
    };
    let uses = || vec![used(1000, 0)];
    let early = card(by_payment.clone(), "2026-03-09T00:00", uses());
    assert_eq!(from(&early), time("2027-02-25T00:00"));
    let final_state = card(config(WaitBasis::Final, 3), "2026-03-03T23:59:59", uses());
    assert_eq!(from(&final_state), time("2026-03-04T00:00"));
    let promoted = SettleCard { promoted: true, ..card(by_payment, "2026-03-03T23:59:59", uses()) };
    assert_eq!(from(&promoted), time("2026-03-04T00:00"));
    let in_time = SettleCard { now: time("2026-03-04T00:00"), ..promoted };
    let allowed = SettleCardOutcome::Allowed { amount: Fen(1000), from: time("2026-03-04T00:00") };
    assert_eq!(settle_card(&in_time), Ok(allowed));
}

#[test]
fn coupons_are_not_settled_where_the_wait_is_counted_from_the_payment() {
    for promoted in [false, true] {
        let of = SettleCoupon {
            config: config(WaitBasis::Payment, 7),
            promoted,
            ..coupon(0, redeemed(2000, 0))
        };
        assert_eq!(settle_coupon(&of), Ok(SettleCouponOutcome::WholeOrdersOnly), "{promoted}");
    }
}

#[test]
fn an_order_settled_in_both_ways_is_a_contradiction() {
    let fault = Err(RuleFault::Contradiction("settled_in_one_way"));
    assert_eq!(settle_whole_order(&order(2000, vec![redeemed(2000, 500)])), fault);
    let both = coupon(2000, redeemed(2000, 500));
    assert_eq!(settle_coupon(&both).map(drop), fault.map(drop));
}

#[test]
fn no_more_is_settled_or_refunded_than_was_paid() {
    let settled = RuleFault::Contradiction("settled_within_amount");
    let too_much = vec![redeemed(2000, 5000), redeemed(2000, 0)];
    assert_eq!(settle_whole_order(&order(0, too_much)), Err(settled));
    assert_eq!(settle_whole_order(&order(4001, vec![redeemed(4000, 0)])), Err(settled));
    assert_eq!(settle_coupon(&coupon(0, redeemed(2000, 2001))), Err(settled));
    let use_ = card(config(WaitBasis::Final, 3), "2026-03-09T00:00", vec![used(1000, 1001)]);
    assert_eq!(settle_card(&use_), Err(settled));
    let over = refunded(redeemed(2000, 0), 2001);
    let refund = RuleFault::Contradiction("refunded_within_amount");
    assert_eq!(settle_coupon(&coupon(0, over)), Err(refund));
}

#[test]
fn a_refund_has_its_time_and_a_time_its_refund() {
    let fault = Err(RuleFault::Contradiction("refund_with_its_time"));
    let without_time = OrderCoupon { refunded_at: None, ..refunded(redeemed(2000, 0), 500) };
    assert_eq!(settle_coupon(&coupon(0, without_time)), fault);
    assert_eq!(settle_coupon(&coupon(0, refunded(redeemed(2000, 0), 0))), fault);
    assert!(settle_coupon(&coupon(0, refunded(redeemed(0, 0), 0))).is_ok());
}

#[test]
fn what_was_settled_as_a_whole_is_not_settled_again() {
    assert_eq!(whole_amount(&order(2000, vec![redeemed(2000, 0)])), None);
    let again = settle_coupon(&coupon(2000, redeemed(2000, 0)));
    assert_eq!(again, Ok(SettleCouponOutcome::NothingLeft));
    let one_coupon = order(0, vec![redeemed(2000, 2000), redeemed(2000, 0)]);
    assert_eq!(settle_whole_order(&one_coupon), Ok(SettleWholeOrderOutcome::ByCouponOnly));
}

#[test]
fn refunds_in_part_are_taken_off_once() {
    let coupons = || vec![refunded(redeemed(2000, 0), 500), redeemed(1000, 0)];
    assert_eq!(whole_amount(&order(0, coupons())), Some(Fen(2500)));
    // What was refunded after it was settled makes nothing owed that others pay for.
    let uses = vec![CardUse { refunded: Fen(1000), ..used(1000, 1000) }, used(300, 0)];
    let settled = settle_card(&card(config(WaitBasis::Final, 3), "2026-03-09T00:00", uses));
    let allowed = SettleCardOutcome::Allowed { amount: Fen(300), from: time("2026-03-04T00:00") };
    assert_eq!(settled, Ok(allowed));
    let part = refunded(open(2000), 500);
    assert_eq!(settle_coupon(&coupon(0, part)), Ok(SettleCouponOutcome::NotFinal));
    let all = refunded(open(2000), 2000);
    assert_eq!(settle_coupon(&coupon(0, all)), Ok(SettleCouponOutcome::NothingLeft));
}

#[test]
fn only_what_is_allowed_is_not_refused() {
    let of = |basis| SettleCoupon { config: config(basis, 3), ..coupon(0, redeemed(2000, 0)) };
    let refusal = |of: &SettleCoupon| settle_coupon(of).unwrap().refusal();
    assert_eq!(refusal(&of(WaitBasis::Final)), None);
    assert_eq!(refusal(&of(WaitBasis::Payment)), Some(Refusal::Undocumented));
    let used = SettleCoupon { number_used: true, ..of(WaitBasis::Final) };
    assert_eq!(refusal(&used), Some(Refusal::Error(SettleCreateError::SettleNoExists)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is configured, nothing is allowed before the event that the wait is counted from.
    #[test]
    fn nothing_is_allowed_before_what_it_waits_for(
        by_payment: bool,
        promoted: bool,
        wait in 0..4_i64,
        minutes in 0..10_000_i64,
    ) {
        let basis = if by_payment { WaitBasis::Payment } else { WaitBasis::Final };
        let now = Timestamp::from_second(time("2026-02-25T00:00").as_second() + minutes * 60).unwrap();
        let event = match by_payment && !promoted {
            true => time("2026-02-25T09:00"),
            false => time("2026-03-01T10:00"),
        };
        let whole = SettleWholeOrder {
            config: config(basis, wait),
            now,
            promoted,
            ..order(0, vec![redeemed(2000, 0)])
        };
        if let SettleWholeOrderOutcome::Allowed { from, .. } = settle_whole_order(&whole).unwrap() {
            prop_assert!(now >= event && from >= event);
        }
        let card = SettleCard { now, promoted, ..card(config(basis, wait), "2026-03-01T00:00", vec![used(1000, 0)]) };
        if let SettleCardOutcome::Allowed { .. } = settle_card(&card).unwrap() {
            prop_assert!(now >= time("2026-03-01T10:00"));
        }
        let coupon = SettleCoupon { config: config(basis, wait), now, promoted, ..coupon(0, redeemed(2000, 0)) };
        if let SettleCouponOutcome::Allowed { .. } = settle_coupon(&coupon).unwrap() {
            prop_assert!(now >= time("2026-03-01T10:00") && !by_payment);
        }
    }

    /// Of an order that has waited, all coupons bring together what the whole order brings.
    #[test]
    fn coupons_bring_what_the_whole_order_brings(
        rows in proptest::collection::vec((0..5_000_i64, 0..5_000_i64), 1..6),
    ) {
        let coupons = rows.iter().map(|(amount, refund)| {
            let refund = (*refund).min(*amount);
            if refund == 0 { redeemed(*amount, 0) } else { refunded(redeemed(*amount, 0), refund) }
        });
        let coupons: Vec<OrderCoupon> = coupons.collect();
        let parts = coupons.iter().map(|one| match settle_coupon(&coupon(0, one.clone())).unwrap() {
            SettleCouponOutcome::Allowed { amount, .. } => amount.0,
            _ => 0,
        });
        let parts: i64 = parts.sum();
        let whole = whole_amount(&order(0, coupons.clone())).map_or(0, |amount| amount.0);
        prop_assert_eq!(parts, whole);
    }
}
