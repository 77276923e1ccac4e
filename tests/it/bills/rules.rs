//! What is computed of bills is what the rules of the spec compute, whatever the sums.

use douyin_reconciliation::identities::{
    self, fee_account, in_transit, invoice, order_total, withdrawable,
};
use douyin_reconciliation::{Charges, FeesFrom, Flow, Sum, Totals};
use generated_client::reconciliation::*;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use runtime::Fen;
use runtime::rules::Identity;

fn sum(amount: i64) -> Sum {
    Sum { count: 1, amount: Fen(amount) }
}

fn flow(inward: i64, outward: i64) -> Flow {
    Flow { inward: sum(inward), outward: sum(outward) }
}

/// Sums of a month, all different.
fn totals(of: &[i64; 12]) -> Totals {
    let [
        paid,
        before,
        after,
        settled,
        fee_1,
        fee_2,
        cps,
        returned,
        withdrawn,
        adjusted,
        rebates,
        top_ups,
    ] = *of;
    let mut totals = Totals {
        payments: sum(paid),
        refunds_before: sum(before),
        refunds_after: sum(after),
        settlements: sum(settled),
        charges: Charges {
            software_fee_1: Fen(fee_1),
            software_fee_2: Fen(fee_2),
            commission: Fen(cps),
            ..Charges::default()
        },
        returns: sum(returned),
        withdrawals: sum(withdrawn),
        rebates: sum(rebates),
        ..Totals::default()
    };
    totals.funds.adjustments = flow(adjusted, 0);
    totals.fees.top_ups = flow(top_ups, 0);
    totals.fees.withdrawals = flow(0, withdrawn);
    totals.fees.fees = flow(0, fee_1 + fee_2 + cps);
    totals
}

fn holds<M: runtime::Money>(identity: Result<Identity<M>, runtime::rules::RuleFault>) -> bool {
    identity.unwrap().holds()
}

fn day() -> impl Strategy<Value = Date> {
    (2020i16..2030, 1i8..13, 1i8..29).prop_map(|(year, month, day)| date(year, month, day))
}

proptest! {
    #[test]
    fn sums_of_accounts_are_those_of_the_rules(
        of in prop::array::uniform12(0i64..1_000_000_000), opening in 0i64..1_000_000_000,
    ) {
        let totals = totals(&of);
        let [paid, before, after, settled, fee_1, fee_2, cps, returned, withdrawn, adjusted, ..] =
            of.map(Fen);
        let transit = FundsInTransit {
            in_transit: in_transit(Fen(0), &totals).unwrap(),
            paid,
            refunded_before_settlement: before,
            settled,
        };
        prop_assert!(holds(funds_in_transit(&transit)));

        let fees = FeesOfSettlement {
            payment_fee: fee_1,
            platform_commission: fee_2,
            cps_commission: cps,
        };
        let fees = fees_of_settlement(&fees).unwrap();
        let balance = WithdrawableBalance {
            balance: withdrawable(Fen(opening), FeesFrom::Splits, &totals).unwrap(),
            former_balance: Fen(opening),
            settled: Fen(settled.0 - fees.0),
            refunded: after,
            returned,
            withdrawn,
            given_back: Fen(0),
            adjusted,
        };
        prop_assert!(holds(withdrawable_balance(&balance)));

        let orders = MonthOrders { paid, refunded: Fen(before.0 + after.0), fees };
        prop_assert_eq!(order_total(&totals), Some(month_orders(&orders).unwrap()));
    }

    #[test]
    fn invoices_and_the_account_for_fees_are_those_of_the_rules(
        of in prop::array::uniform12(0i64..1_000_000_000), opening in 0i64..1_000_000_000,
    ) {
        let totals = totals(&of);
        let [_, _, _, _, fee_1, fee_2, cps, _, withdrawn, _, rebates, top_ups] = of.map(Fen);
        let amount = InvoiceableAmount {
            technical_service_fee: fee_1,
            cps_commission: cps,
            platform_commission: fee_2,
            platform_rebate: rebates,
            top_up_fee: Fen(7),
            other: Fen(11),
        };
        prop_assert_eq!(
            invoice(&totals, Fen(7), Fen(11)),
            Some(invoiceable_amount(&amount).unwrap())
        );
        let balance = FeeAccountBalance {
            balance: fee_account(Fen(opening), &totals).unwrap(),
            former_balance: Fen(opening),
            topped_up: top_ups,
            withdrawn,
            payment_fee: fee_1,
            platform_commission: fee_2,
            cps_commission: cps,
        };
        prop_assert!(holds(fee_account_balance(&balance)));
    }

    #[test]
    fn rebates_are_confirmed_and_paid_when_the_rules_say(day in day()) {
        prop_assert_eq!(identities::confirmation(day), Some(rebate_confirmed_on(day).unwrap()));
        prop_assert_eq!(identities::payout(day), Some(rebate_paid_on(day).unwrap()));
    }
}
