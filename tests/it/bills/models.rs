//! Sums and matching against models that hold everything.

use std::collections::BTreeMap;

use douyin_reconciliation::{
    BillKind, ControlTotal, Finding, KnownOrders, Pairing, ReconciliationReport, Scope, Side,
};
use jiff::civil::date;
use proptest::prelude::*;

use super::files::*;

/// A refund of a generated month: on which side it is there how often, and for how much.
#[derive(Debug, Clone)]
struct Refund {
    /// From 1 February on, so that months before and after are there as well.
    minutes: i64,
    is_after: bool,
    trade: Vec<i64>,
    booked: Vec<i64>,
}

fn refund() -> impl Strategy<Value = Refund> {
    let amounts = || {
        prop_oneof![
            8 => Just(vec![100]),
            1 => prop::collection::vec(100i64..103, 0..3),
        ]
    };
    (0i64..120_000, any::<bool>(), amounts(), amounts())
        .prop_map(|(minutes, is_after, trade, booked)| Refund { minutes, is_after, trade, booked })
}

impl Refund {
    fn time(&self) -> String {
        let time = date(2026, 2, 1).at(0, 0, 0, 0) + jiff::Span::new().minutes(self.minutes);
        time.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    fn is_in_march(&self) -> bool {
        self.time().starts_with("2026-03")
    }
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// The two files of the refunds.
fn bills(refunds: &[Refund]) -> Bills {
    let (mut trade, mut booked) = (Vec::new(), Vec::new());
    for (number, refund) in refunds.iter().enumerate() {
        let (time, is_after) = (refund.time(), refund.is_after);
        let (timing, account) = match is_after {
            true => ("分账后退款", "可提现资金账户"),
            false => ("分账前退款", "在途资金账户"),
        };
        for amount in &refund.trade {
            let amount = yuan(*amount);
            trade.push(format!("o{number},R{number},c,退款成功,{time},{time},{amount},{timing},"));
        }
        for amount in &refund.booked {
            let amount = yuan(*amount);
            booked.push(format!("退款,r,R{number},{time},{time},支出,{amount},0,{account}"));
        }
    }
    // The bookings in another order than the refunds.
    booked.reverse();
    let texts =
        |lines: &[String]| lines.iter().map(|line| line.as_str().to_owned()).collect::<Vec<_>>();
    let (trade, booked) = (texts(&trade), texts(&booked));
    let lines =
        |lines: &'_ [String]| lines.iter().map(String::as_str).collect::<Vec<&str>>().join("\n");
    Bills::default()
        .with(BillKind::Refunds, &[&lines(&trade)])
        .with(BillKind::Funds, &[&lines(&booked)])
}

/// What a findings says, in a form that sorts.
fn said(finding: &Finding) -> Option<(String, String)> {
    let name = match finding {
        Finding::NoPartner { pairing: Pairing::Refund, side: Side::Trade, .. } => "not booked",
        Finding::NoPartner { pairing: Pairing::Refund, side: Side::Booked, .. } => {
            "not in the bills"
        }
        Finding::AmountsDiffer { .. } => "differ",
        Finding::Repeated { .. } => "repeated",
        // Balances are not what is shown here.
        _ => return None,
    };
    Some((finding.row().unwrap().number.to_string(), name.to_owned()))
}

/// The same by a model that looks at each refund with all its rows.
fn model(refunds: &[Refund]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (number, refund) in refunds.iter().enumerate().filter(|(_, refund)| refund.is_in_march()) {
        let mut say = |what: &str| found.push((format!("R{number}"), what.to_owned()));
        // Bookings are written from the last to the first.
        match (refund.trade.first(), refund.booked.last()) {
            (Some(trade), Some(booked)) if trade != booked => say("differ"),
            (Some(_), None) => say("not booked"),
            (None, Some(_)) => say("not in the bills"),
            _ => {}
        }
        let more = refund.trade.len().saturating_sub(1) + refund.booked.len().saturating_sub(1);
        (0..more).for_each(|_| say("repeated"));
    }
    found.sort();
    found
}

/// Findings about refunds, sorted.
fn found(report: &ReconciliationReport) -> Vec<(String, String)> {
    let mut found: Vec<_> =
        report.findings.iter().filter_map(|found| said(&found.finding)).collect();
    found.sort();
    found
}

fn scope() -> Scope {
    Scope { orders: KnownOrders::Partial, ..march() }
}

/// So many that most have met long before the last is read.
#[test]
fn matching_of_thirty_thousand_is_that_of_the_model() {
    let refund = |number: i64| {
        let (trade, booked) = match number % 997 {
            0 => (vec![100], vec![]),
            1 => (vec![], vec![100]),
            2 => (vec![100], vec![101]),
            3 => (vec![100, 100], vec![100]),
            4..8 => (vec![100], vec![100, 100]),
            _ => (vec![100], vec![100]),
        };
        Refund { minutes: number * 4, is_after: false, trade, booked }
    };
    let refunds: Vec<Refund> = (0..30_000).map(refund).collect();
    let found = found(&bills(&refunds).reconcile_as(scope()));
    assert!(found.len() > 80);
    assert_eq!(found, model(&refunds));
}

/// So many orders that the ledgers of most are kept long before the last settlement is read.
#[test]
fn orders_of_which_too_much_is_taken_are_found_among_ten_thousand() {
    let at = "2026-03-05 10:00:00,2026-03-05 10:00:09";
    let payment = |n: usize| format!("o{n},P{n},c,支付成功,{at},10.00,,");
    let settlement = |n: usize, part: usize, amount: &str| {
        format!("o{n},S{n}-{part},c,分账成功,{at},{amount},0,0,0,0,")
    };
    let numbers = 0..10_000;
    let mut payments: Vec<String> = numbers.clone().map(payment).collect();
    payments.extend([17, 5_000].map(payment));
    let halves = numbers.rev().flat_map(|n| [settlement(n, 1, "5.00"), settlement(n, 2, "5.00")]);
    let more = [settlement(9_999, 3, "0.01"), settlement(10_001, 1, "1.00")];
    let settlements: Vec<String> = halves.chain(more).collect();
    let report = Bills::default()
        .with(BillKind::Payments, &[&payments.join("\n")])
        .with(BillKind::Settlements, &[&settlements.join("\n")])
        .reconcile();
    insta::assert_snapshot!(findings(&report), @r"
    payments.csv:10001 o9999: order of which 0.01 yuan more were settled and refunded before than paid
    payments.csv:10002 P17: 10.00 yuan is a duplicate of payments.csv:19
    payments.csv:10003 P5000: 10.00 yuan is a duplicate of payments.csv:5002
    settlements.csv:20003 S10001-1: 1.00 yuan of the order o10001, which was not paid
    ");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn matching_is_that_of_the_model(refunds in prop::collection::vec(refund(), 1..60)) {
        let report = bills(&refunds).reconcile_as(scope());
        prop_assert_eq!(found(&report), model(&refunds));
        // Whatever the gaps, findings explain all of them; but for balances, which are no chain here.
        let open = gaps(&report).into_iter().filter(|gap| gap.0 != ControlTotal::BalanceChain);
        for (control, gap, explained) in open {
            prop_assert_eq!(gap, explained, "{:?}", control);
        }
    }

    #[test]
    fn sums_are_those_of_the_model(refunds in prop::collection::vec(refund(), 1..60)) {
        let report = bills(&refunds).reconcile();
        let mut sums: BTreeMap<(bool, bool), (u64, i64)> = BTreeMap::new();
        for refund in refunds.iter().filter(|refund| refund.is_in_march()) {
            for (is_booked, amounts) in [(false, &refund.trade), (true, &refund.booked)] {
                let sum = sums.entry((refund.is_after, is_booked)).or_default();
                *sum = (sum.0 + amounts.len() as u64, sum.1 + amounts.iter().sum::<i64>());
            }
        }
        let totals = report.totals;
        let found = [
            ((false, false), totals.refunds_before),
            ((false, true), totals.funds.refunds_in_transit.outward),
            ((true, false), totals.refunds_after),
            ((true, true), totals.funds.refunds_withdrawable.outward),
        ];
        for (which, sum) in found {
            prop_assert_eq!((sum.count, sum.amount.0), sums.get(&which).copied().unwrap_or_default());
        }
    }
}
