//! Rows that belong together, and rows that do not find each other.

use std::sync::Arc;

use douyin_reconciliation::{
    BillKind, ControlTotal, FeeRates, FeesFrom, KnownOrders, PaymentSection, Reconciliation, Scope,
    TooManyFiles, Window,
};

use super::files::*;

const PAYMENT: &str = "o1,P1,c,支付成功,2026-03-02 10:00:00,2026-03-02 10:00:09,100.00,,";
const SETTLEMENT: &str =
    "o1,S1,c,分账成功,2026-03-05 10:00:00,2026-03-05 10:00:09,100.00,0.60,1.90,2.50,0,";
const SPLIT: &str =
    "分账,s1,S1,2026-03-05 10:00:00,2026-03-05 10:00:09,收入,95.00,1095.00,可提现资金账户";

fn paid() -> Bills {
    Bills::default().with(BillKind::Payments, &[PAYMENT])
}

fn settled() -> Bills {
    paid().with(BillKind::Settlements, &[SETTLEMENT])
}

#[test]
fn a_settlement_meets_its_part_in_fund_flow() {
    let report = settled().with(BillKind::Funds, &[SPLIT]).reconcile();
    assert_eq!((findings(&report).as_str(), gaps(&report)), ("", vec![]));
    assert_eq!(report.totals.settlements.count, 1);
    assert_eq!(report.totals.charges.fees().unwrap().0, 500);
}

#[test]
fn a_settlement_that_is_not_booked() {
    let report = settled().with(BillKind::Funds, &[]).reconcile();
    insta::assert_snapshot!(findings(&report), @"settlements.csv:2 S1: settlement of 95.00 yuan that is not booked in fund flow");
    assert_eq!(gaps(&report), [(ControlTotal::Splits, 9500, 9500)]);
}

#[test]
fn a_booking_that_the_bills_do_not_have() {
    let report =
        paid().with(BillKind::Settlements, &[]).with(BillKind::Funds, &[SPLIT]).reconcile();
    insta::assert_snapshot!(findings(&report), @"funds.csv:2 S1: settlement of 95.00 yuan in fund flow that the bills do not have");
    assert_eq!(gaps(&report)[0], (ControlTotal::Splits, -9500, -9500));
}

/// Without the file of the other side, a missing partner means nothing.
#[test]
fn files_that_were_not_given_are_not_missed() {
    let report = settled().reconcile();
    assert_eq!(findings(&report), "");
}

#[test]
fn an_amount_that_is_one_fen_off() {
    let report =
        settled().with(BillKind::Funds, &[&SPLIT.replace("95.00,1095", "95.01,1095")]).reconcile();
    insta::assert_snapshot!(findings(&report), @"settlements.csv:2 S1: settlement of 95.00 yuan that is booked as 95.01 yuan (funds.csv:2 S1)");
    assert_eq!(gaps(&report)[0], (ControlTotal::Splits, -1, -1));
}

#[test]
fn a_row_of_trade_that_is_there_twice() {
    let report = paid()
        .with(BillKind::Settlements, &[SETTLEMENT, SETTLEMENT])
        .with(BillKind::Funds, &[SPLIT])
        .reconcile();
    insta::assert_snapshot!(findings(&report), @"settlements.csv:3 S1: 95.00 yuan is a duplicate of settlements.csv:2");
    assert_eq!(gaps(&report)[0], (ControlTotal::Splits, 9500, 9500));
}

/// Its partner was there and gone, so that only a second look at the file tells it from a row without partner.
#[test]
fn a_booking_that_is_there_twice() {
    let again = SPLIT.replace("1095.00", "1190.00");
    let report = settled().with(BillKind::Funds, &[SPLIT, &again]).reconcile();
    insta::assert_snapshot!(findings(&report), @"funds.csv:3 S1: 95.00 yuan is a duplicate of funds.csv:2");
    assert_eq!(gaps(&report)[0], (ControlTotal::Splits, -9500, -9500));
}

#[test]
fn a_payment_that_is_there_twice() {
    let report = Bills::default().with(BillKind::Payments, &[PAYMENT, PAYMENT]).reconcile();
    insta::assert_snapshot!(findings(&report), @"payments.csv:3 P1: 100.00 yuan is a duplicate of payments.csv:2");
}

/// Started on 31 March at 23:45, done on 1 April at 00:01: in March it is in transit, and no fault.
#[test]
fn a_settlement_across_the_end_of_the_month() {
    let cross = "o1,S1,c,分账成功,2026-03-31 23:45:00,2026-04-01 00:01:00,100.00,0.60,1.90,2.50,0,";
    let booked =
        "分账,s1,S1,2026-03-31 23:45:00,2026-04-01 00:01:00,收入,95.00,95.00,可提现资金账户";
    let bills = || paid().with(BillKind::Settlements, &[cross]);
    for bills in [bills().with(BillKind::Funds, &[booked]), bills().with(BillKind::Funds, &[])] {
        let report = bills.reconcile();
        assert_eq!((findings(&report).as_str(), gaps(&report)), ("", vec![]));
        assert_eq!(report.totals.settlements.count, 0);
        assert_eq!(report.totals.settlements_crossed_out.amount.0, 10_000);
        assert_eq!(report.notes.len(), 1);
    }
    let april =
        Scope { window: Window::month(2026, 4).unwrap(), orders: KnownOrders::Partial, ..march() };
    let report = bills().with(BillKind::Funds, &[booked]).reconcile_as(april);
    assert_eq!(findings(&report), "");
    assert_eq!(report.totals.settlements_crossed_in.amount.0, 10_000);
}

/// Done at the last second and booked in the next: both are right, and the sums of the month differ.
#[test]
fn a_pair_of_which_one_side_is_in_the_month() {
    let cross = SETTLEMENT.replace("2026-03-05 10:00:09", "2026-03-31 23:59:59");
    let booked = SPLIT.replace("2026-03-05 10:00:09", "2026-04-01 00:00:00");
    let report =
        paid().with(BillKind::Settlements, &[&cross]).with(BillKind::Funds, &[&booked]).reconcile();
    assert_eq!(findings(&report), "");
    assert_eq!(gaps(&report), [(ControlTotal::Splits, 9500, 9500)]);
    insta::assert_snapshot!(report.notes[0].to_string(), @"settlements.csv:2 S1: settlement of 95.00 yuan of which one side is outside (funds.csv:2 S1)");
}

#[test]
fn a_refund_that_was_taken_from_the_wrong_account() {
    let refund = "o1,R1,c,退款成功,2026-03-05 10:00:00,2026-03-05 10:00:09,40.00,分账前退款,";
    let booked =
        "退款,r1,R1,2026-03-05 10:00:00,2026-03-05 10:00:09,支出,40.00,60.00,可提现资金账户";
    let report =
        paid().with(BillKind::Refunds, &[refund]).with(BillKind::Funds, &[booked]).reconcile();
    insta::assert_snapshot!(findings(&report), @"refunds.csv:2 R1: refund of 40.00 yuan before settlement that was taken from what is withdrawable (funds.csv:2 R1)");
    assert_eq!(
        gaps(&report),
        [(ControlTotal::RefundsBefore, 4000, 4000), (ControlTotal::RefundsAfter, -4000, -4000)]
    );
}

#[test]
fn a_refund_of_an_order_that_was_not_paid() {
    let refund = "o9,R1,c,退款成功,2026-03-05 10:00:00,2026-03-05 10:00:09,40.00,分账前退款,";
    let bills = paid().with(BillKind::Refunds, &[refund]);
    insta::assert_snapshot!(findings(&bills.reconcile()), @"refunds.csv:2 R1: 40.00 yuan of the order o9, which was not paid");
    let scope = Scope { orders: KnownOrders::Partial, ..march() };
    assert_eq!(findings(&bills.reconcile_as(scope)), "");
}

#[test]
fn more_refunded_than_was_paid() {
    let refund = |number: &str, timing: &str| {
        format!("o1,{number},c,退款成功,2026-03-05 10:00:00,2026-03-05 10:00:09,60.00,{timing},")
    };
    let refunds = [refund("R1", "分账前退款"), refund("R2", "分账后退款")];
    let refunds: Vec<&str> = refunds.iter().map(String::as_str).collect();
    let report = paid().with(BillKind::Refunds, &refunds).reconcile();
    insta::assert_snapshot!(findings(&report), @"payments.csv:2 o1: order of which 20.00 yuan more were refunded than paid");
}

/// The bank returned the money: fund flow has it out and in again, and the console says that the withdrawal failed.
#[test]
fn a_withdrawal_that_came_back() {
    let withdrawal = "w1,提现失败,2026-03-05 10:00:00,,50.00";
    let out = "提现,w1,W1,2026-03-05 10:00:00,2026-03-05 10:00:09,支出,50.00,50.00,可提现资金账户";
    let back =
        "提现,w1,W1,2026-03-05 10:00:00,2026-03-06 10:00:09,收入,50.00,100.00,可提现资金账户";
    let report = Bills::default()
        .with(BillKind::Withdrawals, &[withdrawal])
        .with(BillKind::Funds, &[out, back])
        .reconcile();
    assert_eq!((findings(&report).as_str(), gaps(&report)), ("", vec![]));
    assert_eq!(report.totals.not_done, 1);
}

#[test]
fn fees_that_another_account_pays() {
    let split = SPLIT.replace("95.00,1095", "100.00,1095");
    let fee = "分账手续费,S1,2026-03-05 10:00:09,支出,4.99,95.01";
    let scope = Scope { fees: FeesFrom::FeeAccount, ..march() };
    let report =
        settled().with(BillKind::Funds, &[&split]).with(BillKind::Fees, &[fee]).reconcile_as(scope);
    insta::assert_snapshot!(findings(&report), @"settlements.csv:2 S1: fees of a settlement of 5.00 yuan that is booked as 4.99 yuan (fees.csv:2 S1)");
    assert_eq!(gaps(&report), [(ControlTotal::FeesBooked, 1, 1)]);
}

/// Of a settlement that is booked nowhere, the settlement comes first in each run.
#[test]
fn neither_a_settlement_nor_its_fees_are_booked() {
    let scope = Scope { fees: FeesFrom::FeeAccount, ..march() };
    let unbooked = settled().with(BillKind::Funds, &[]).with(BillKind::Fees, &[]);
    for _ in 0..20 {
        let report = unbooked.reconcile_as(scope.clone());
        let said = "\
            settlements.csv:2 S1: settlement of 100.00 yuan that is not booked in fund flow\n\
            settlements.csv:2 S1: fees of a settlement of 5.00 yuan that is not booked in the account for fees";
        assert_eq!(findings(&report), said);
    }
}

/// A settlement has two claims if fees are booked apart. It is the settlement that is told of, in each run.
#[test]
fn a_settlement_that_is_there_twice_is_told_of_by_its_own_amount() {
    let scope = Scope { fees: FeesFrom::FeeAccount, ..march() };
    let twice = paid()
        .with(BillKind::Settlements, &[SETTLEMENT, SETTLEMENT])
        .with(BillKind::Funds, &[&SPLIT.replace("95.00,1095", "100.00,1100")])
        .with(BillKind::Fees, &["分账手续费,S1,2026-03-05 10:00:09,支出,5.00,15.00"]);
    for _ in 0..20 {
        let report = twice.reconcile_as(scope.clone());
        let said = "settlements.csv:3 S1: 100.00 yuan is a duplicate of settlements.csv:2";
        assert_eq!(findings(&report), said);
    }
}

#[test]
fn fees_that_are_not_the_rate() {
    let scope = Scope { rates: Some(FeeRates::TAKE_AWAY), ..march() };
    let wrong = SETTLEMENT.replace("0.60,1.90", "0.61,1.90");
    let report = paid().with(BillKind::Settlements, &[&wrong]).reconcile_as(scope);
    insta::assert_snapshot!(findings(&report), @"settlements.csv:2 S1: software fee 1 of 0.61 yuan that should be 0.60 yuan");
    assert_eq!(gaps(&report), [(ControlTotal::TakeAwayFees, 1, 1)]);
}

#[test]
fn a_balance_that_does_not_follow() {
    let rows = [
        "调账,,A1,2026-03-05 10:00:00,2026-03-05 10:00:09,收入,1.00,11.00,可提现资金账户",
        "调账,,A2,2026-03-05 10:00:00,2026-03-05 10:00:10,支出,1.00,12.00,可提现资金账户",
        "调账,,A3,2026-03-05 10:00:00,2026-03-05 10:00:11,支出,1.00,11.00,可提现资金账户",
    ];
    let report = Bills::default().with(BillKind::Funds, &rows).reconcile();
    insta::assert_snapshot!(findings(&report), @"funds.csv:3 A2: balance of 12.00 yuan that should be 10.00 yuan");
    assert_eq!(gaps(&report), [(ControlTotal::BalanceChain, -200, -200)]);
}

/// 15 February pushed, 22 February confirmed by itself, 1 March paid.
#[test]
fn rebates_are_paid_on_three_days_a_month() {
    let rows = [
        "B1,标准返佣,2026-02-15,2026-02-22,2026-03-01,10.00",
        "B2,标准返佣,2026-02-15,,2026-03-01,10.00",
        "B3,退佣,2026-02-15,2026-02-16,2026-02-20,10.00",
        "B4,特殊返佣,2026-02-15,2026-02-20,2026-03-01,10.00",
        "B5,季度框返佣,2026-02-15,2026-02-22,2026-03-05,10.00",
        "B6,标准返佣,2026-02-15,2026-02-23,2026-03-01,10.00",
    ];
    let report = Bills::default().with(BillKind::Rebates, &rows).reconcile();
    insta::assert_snapshot!(findings(&report), @r"
rebates.csv:6 B5: rebate of 10.00 yuan paid on 2026-03-05, due on 2026-03-01
rebates.csv:7 B6: rebate confirmed on 2026-02-23, which confirms itself on 2026-02-22
");
    assert_eq!(report.totals.rebates.count, 5);
}

#[test]
fn forced_refunds_of_diamonds_are_taken_off_the_statement() {
    let rows = [
        "支付,d1,D1,支付成功,2026-02-20 00:00:00,2026-02-20 00:00:00,299",
        "强制退款,d1,F1,退款成功,2026-03-01 10:00:00,2026-03-01 10:00:00,100",
        "系统退款,d1,F2,退款成功,2026-03-01 10:00:00,2026-03-19 23:59:59,50",
        "强制退款,d1,F3,退款成功,2026-03-01 10:00:00,2026-03-02 10:00:00,7",
        "支付,d2,D2,支付成功,2026-03-20 00:00:00,2026-03-20 00:00:00,66",
    ];
    let report = Bills::default()
        .with(BillKind::Diamonds, &rows)
        .with(BillKind::Deductions, &["F1,2026-03-19,100"])
        .reconcile();
    insta::assert_snapshot!(findings(&report), @"diamonds.csv:5 F3: forced refund of 7 diamonds that is not booked on the statement");
    assert_eq!(gaps(&report), [(ControlTotal::Deductions, 7, 7)]);
    assert_eq!(report.totals.diamonds.payments.amount.0, 299);
}

#[test]
fn a_row_that_cannot_be_read_is_a_finding() {
    let report = paid().with(BillKind::Refunds, &["o1,R1"]).reconcile();
    insta::assert_snapshot!(findings(&report), @"refunds.csv:2: the row has 2 cells, and needs 9");
}

/// What of it could be read is in no sum.
#[test]
fn a_row_with_a_cell_that_cannot_be_read_is_a_finding() {
    let bad = PAYMENT.replace("o1,P1", "o2,P2").replace("100.00", "1OO.00");
    let report = Bills::default().with(BillKind::Payments, &[&bad, PAYMENT]).reconcile();
    insta::assert_snapshot!(findings(&report), @"payments.csv:2: column `订单金额`: `1OO.00` is no amount in yuan");
    assert_eq!((report.totals.payments.count, report.totals.payments.amount.0), (1, 10_000));
}

#[test]
fn words_that_the_mapping_does_not_have_are_told_once() {
    let row = PAYMENT.replace("支付成功", "支付异常");
    let report = Bills::default().with(BillKind::Payments, &[&row, &row]).reconcile();
    insta::assert_snapshot!(report.unknown_words[0].to_string(), @"payments.csv:2: `支付异常` is no state of the mapping; 2 rows have it");
}

/// Findings beyond the limit are counted, and their amounts explain the gap all the same.
#[test]
fn findings_beyond_the_limit() {
    let settlements: Vec<String> = (0..5)
        .map(|n| SETTLEMENT.replace("S1", &format!("S{n}")).replace("100.00", "10.00"))
        .collect();
    let settlements: Vec<&str> = settlements.iter().map(String::as_str).collect();
    let scope = Scope { limit: 2, ..march() };
    let report = paid()
        .with(BillKind::Settlements, &settlements)
        .with(BillKind::Funds, &[])
        .reconcile_as(scope);
    assert_eq!((report.findings.len(), report.omitted), (2, 3));
    assert_eq!(gaps(&report), [(ControlTotal::Splits, 2500, 2500)]);
}

#[test]
fn more_files_than_places_can_name_are_refused() {
    let mut reconciliation = Reconciliation::new(march());
    let name: Arc<str> = Arc::from("payments.csv");
    for number in 0..=u16::MAX {
        assert_eq!(reconciliation.file::<PaymentSection>(Arc::clone(&name)), Ok(number));
    }
    assert_eq!(reconciliation.file::<PaymentSection>(name), Err(TooManyFiles));
}

/// Of several files of a kind, rows are found again in the right one.
#[test]
fn rows_of_several_files_are_told_apart() {
    let report = paid()
        .with(BillKind::Settlements, &[SETTLEMENT])
        .and("more", BillKind::Settlements, &[&SETTLEMENT.replace("S1", "S2"), SETTLEMENT])
        .with(BillKind::Funds, &[SPLIT])
        .reconcile();
    insta::assert_snapshot!(findings(&report), @r"
    payments.csv:2 o1: order of which 100.00 yuan more were settled and refunded before than paid
    settlementsmore.csv:2 S2: settlement of 95.00 yuan that is not booked in fund flow
    settlementsmore.csv:3 S1: 95.00 yuan is a duplicate of settlements.csv:2
    ");
}

#[test]
fn a_sum_that_does_not_fit() {
    let row = PAYMENT.replace("100.00", "92233720368547758.07");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("payments.csv");
    std::fs::write(&path, format!("{PAYMENTS}\n{row}\n{row}\n")).unwrap();
    let files = [douyin_reconciliation::BillFile { kind: BillKind::Payments, path }];
    let error =
        douyin_reconciliation::reconcile_files(&example(), &files, march(), |_| ()).unwrap_err();
    insta::assert_snapshot!(error.to_string(), @"a sum is more than 64 bits hold");
}
