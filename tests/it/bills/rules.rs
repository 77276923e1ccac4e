//! The figures of a report are what the rules of the spec compute, whatever the amounts, and a month that fits together has no
//! gap.

use apiscribe::rules::start;
use douyin_reconciliation::{
    BillKind, Charges, FeeRates, FeesFrom, Item, ReconciliationReport, Scope, Stated, Topic, Window,
};
use generated_client::diamond::{period_first_day, period_last_day};
use generated_client::platform::{Fen, TIME_ZONE};
use generated_client::reconciliation::*;
use jiff::civil::date;
use proptest::prelude::*;

use super::files::*;

/// What one order, its settlement and the accounts moved, in fen.
#[derive(Debug, Clone)]
struct Amounts {
    paid: i64,
    before: i64,
    after: i64,
    settled: i64,
    fees: [i64; 3],
    returned: i64,
    withdrawn: i64,
    given_back: i64,
    adjusted: i64,
    rebate: i64,
    topped_up: i64,
}

/// Of an order from which never more is taken than it has.
fn amounts() -> impl Strategy<Value = Amounts> {
    let part = || 1i64..100_000_000;
    (prop::array::uniform9(part()), prop::array::uniform3(1i64..1_000_000)).prop_map(
        |(
            [before, after, left, returned, withdrawn, given_back, adjusted, rebate, topped_up],
            fees,
        )| {
            let settled = after + left + returned + fees.iter().sum::<i64>();
            let paid = before + settled;
            Amounts {
                paid,
                before,
                after,
                settled,
                fees,
                returned,
                withdrawn,
                given_back,
                adjusted,
                rebate,
                topped_up,
            }
        },
    )
}

const OPENING: i64 = 50_000_000_000;

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

impl Amounts {
    fn fee_sum(&self) -> i64 {
        self.fees.iter().sum()
    }

    /// What came into the account of the settlement.
    fn booked(&self, fees: FeesFrom) -> i64 {
        if fees == FeesFrom::Splits { self.settled - self.fee_sum() } else { self.settled }
    }

    /// The bills of the month; fund flow has each movement that they have.
    fn bills(&self, fees: FeesFrom) -> Bills {
        let at = "2026-03-05 10:00:00,2026-03-05 10:00:09";
        let [paid, before, after, settled, returned, withdrawn] =
            [self.paid, self.before, self.after, self.settled, self.returned, self.withdrawn]
                .map(yuan);
        let [fee_1, fee_2, commission] = self.fees.map(yuan);
        let mut balance = OPENING;
        let mut fund = |kind: &str, numbers: &str, sum: i64| {
            balance += sum;
            let (direction, sum) =
                if sum < 0 { ("支出", yuan(-sum)) } else { ("收入", yuan(sum)) };
            format!("{kind},{numbers},{at},{direction},{sum},{},可提现资金账户", yuan(balance))
        };
        let funds = [
            format!("退款,r1,R1,{at},支出,{before},,在途资金账户"),
            fund("分账", "s1,S1", self.booked(fees)),
            fund("退款", "r2,R2", -self.after),
            fund("退分账", "t1,T1", -self.returned),
            fund("提现", "w1,W1", -self.withdrawn),
            fund("提现", "w2,W2", -self.given_back),
            fund("提现", "w2,W2", self.given_back),
            fund("调账", ",A1", self.adjusted),
        ];
        let fee_rows = [
            format!("充值,,2026-03-05 10:00:09,收入,{0},{0}", yuan(self.topped_up)),
            format!(
                "分账手续费,S1,2026-03-05 10:00:10,支出,{},{}",
                yuan(self.fee_sum()),
                signed(self.topped_up - self.fee_sum())
            ),
        ];
        let bills = Bills::default()
            .with(BillKind::Payments, &[&format!("o1,P1,c,支付成功,{at},{paid},,")])
            .with(
                BillKind::Refunds,
                &[
                    &format!("o1,R1,c,退款成功,{at},{before},分账前退款,"),
                    &format!("o1,R2,c,退款成功,{at},{after},分账后退款,"),
                ],
            )
            .with(
                BillKind::Settlements,
                &[&format!("o1,S1,c,分账成功,{at},{settled},{fee_1},{fee_2},{commission},0,")],
            )
            .with(BillKind::Returns, &[&format!("o1,T1,c,退分账成功,{at},{returned},")])
            .with(
                BillKind::Withdrawals,
                &[
                    &format!("w1,提现成功,{at},{withdrawn}"),
                    "w2,提现失败,2026-03-05 10:00:00,,1.00",
                ],
            )
            .with(
                BillKind::Rebates,
                &[&format!("B1,标准返佣,2026-02-15,2026-02-22,2026-03-01,{}", yuan(self.rebate))],
            )
            .with(BillKind::Funds, &funds.each_ref().map(String::as_str));
        match fees {
            FeesFrom::Splits => bills,
            FeesFrom::FeeAccount => {
                bills.with(BillKind::Fees, &fee_rows.each_ref().map(String::as_str))
            }
        }
    }

    fn of_settlement(&self) -> FeesOfSettlement {
        let [payment_fee, platform_commission, cps_commission] = self.fees.map(Fen);
        FeesOfSettlement { payment_fee, platform_commission, cps_commission }
    }
}

fn signed(fen: i64) -> String {
    if fen < 0 { format!("-{}", yuan(-fen)) } else { yuan(fen) }
}

/// The figure of this name.
fn figure(report: &ReconciliationReport, topic: Topic, label: &str) -> Fen {
    let mut scenarios = report.scenarios.iter();
    let scenario = scenarios.find(|scenario| scenario.topic == topic).unwrap();
    let item: &Item = scenario.items.iter().find(|item| item.label == label).unwrap();
    Fen(item.amount)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn figures_of_a_month_are_those_of_the_rules(amounts in amounts(), has_account: bool) {
        let fees = if has_account { FeesFrom::FeeAccount } else { FeesFrom::Splits };
        let stated = Stated { top_up_fees: Fen(7), carried: Fen(11), ..Stated::default() };
        let report = amounts.bills(fees).reconcile_as(Scope { fees, stated, ..march() });
        prop_assert_eq!(findings(&report), "");
        prop_assert_eq!(gaps(&report), vec![]);
        prop_assert!(report.is_clean());

        let in_transit = FundsInTransit {
            in_transit: figure(&report, Topic::AccountTotal, "in transit at the end"),
            paid: Fen(amounts.paid),
            refunded_before_settlement: Fen(amounts.before),
            settled: Fen(amounts.settled),
        };
        prop_assert!(funds_in_transit(&in_transit).unwrap().holds());

        let balance = WithdrawableBalance {
            balance: figure(&report, Topic::BalanceChain, "balance after the last row"),
            former_balance: Fen(OPENING),
            settled: Fen(amounts.booked(fees)),
            refunded: Fen(amounts.after),
            returned: Fen(amounts.returned),
            withdrawn: Fen(amounts.withdrawn + amounts.given_back),
            given_back: Fen(amounts.given_back),
            adjusted: Fen(amounts.adjusted),
        };
        prop_assert!(withdrawable_balance(&balance).unwrap().holds());

        let orders = MonthOrders {
            paid: Fen(amounts.paid),
            refunded: Fen(amounts.before + amounts.after),
            fees: fees_of_settlement(&amounts.of_settlement()).unwrap(),
        };
        let total = figure(&report, Topic::MonthBalance, "total of the month's orders");
        prop_assert_eq!(total, month_orders(&orders).unwrap());

        let [technical_service_fee, platform_commission, cps_commission] = amounts.fees.map(Fen);
        let invoice = InvoiceableAmount {
            technical_service_fee,
            cps_commission,
            platform_commission,
            platform_rebate: Fen(amounts.rebate),
            top_up_fee: Fen(7),
            other: Fen(11),
        };
        let figure_of_invoice = figure(&report, Topic::Invoice, "to invoice");
        prop_assert_eq!(figure_of_invoice, invoiceable_amount(&invoice).unwrap());
    }

    /// Of each row, so computed without decimals.
    #[test]
    fn fees_of_a_row_are_those_of_the_rule(fees in prop::array::uniform3(0i64..1_000_000_000)) {
        let [software_fee_1, software_fee_2, commission] = fees.map(Fen);
        let charges = Charges { software_fee_1, software_fee_2, commission, partners: Fen(5) };
        let of = FeesOfSettlement {
            payment_fee: software_fee_1,
            platform_commission: software_fee_2,
            cps_commission: commission,
        };
        prop_assert_eq!(charges.fees(), fees_of_settlement(&of).ok());
    }

    #[test]
    fn fees_of_rates_are_those_of_the_rules(amount in 0i64..1_000_000_000_000) {
        let rates = FeeRates::TAKE_AWAY;
        let exact = [take_away_payment_fee(Fen(amount)), take_away_commission(Fen(amount))];
        for (rate, exact) in [rates.software_fee_1, rates.software_fee_2].into_iter().zip(exact) {
            let exact = exact.unwrap().amount();
            for fee in [exact.floor(), exact.ceil()] {
                let fee = Fen(fee.try_into().unwrap());
                prop_assert!(rate.makes(fee, Fen(amount)));
                prop_assert!((fee.0 - rate.fee(Fen(amount)).unwrap().0).abs() <= 1);
            }
            let beside = Fen(exact.floor().try_into().unwrap()).checked_sub(Fen(1)).unwrap();
            prop_assert!(!rate.makes(beside, Fen(amount)));
        }
    }
}

#[test]
fn a_month_of_diamonds_is_a_settlement_period() {
    for (year, month) in [(2026, 1), (2026, 3), (2028, 12)] {
        let window = Window::diamond_month(year, month).unwrap();
        let day = start(date(year, month, 10), TIME_ZONE).unwrap();
        let (first, last) = (period_first_day(day).unwrap(), period_last_day(day).unwrap());
        assert_eq!((window.from.date(), window.to.date()), (first, last.tomorrow().unwrap()));
    }
    assert_eq!(Window::diamond_month(2026, 13), None);
}
