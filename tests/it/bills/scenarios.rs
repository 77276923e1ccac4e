//! A small month by hand, and what each scenario says of it.

use douyin_reconciliation::{BillKind, InYuan, ReconciliationReport, Scope, Stated};

use super::files::*;
use generated_client::platform::Fen;

fn month() -> Bills {
    Bills::default()
        .with(
            BillKind::Payments,
            &[
                "o1,P1,c,支付成功,2026-03-02 10:00:00,2026-03-02 10:00:09,100.00,90.00,10.00",
                "o2,P2,c,支付成功,2026-03-02 11:00:00,2026-03-02 11:00:09,50.00,50.00,0",
                "o3,P3,c,支付中,2026-03-02 12:00:00,,70.00,,",
            ],
        )
        .with(
            BillKind::Refunds,
            &[
                "o2,R1,c,退款成功,2026-03-03 10:00:00,2026-03-03 10:00:09,20.00,分账前退款,",
                "o1,R2,c,退款成功,2026-03-09 10:00:00,2026-03-09 10:00:09,5.00,分账后退款,",
            ],
        )
        .with(
            BillKind::Settlements,
            &["o1,S1,c,分账成功,2026-03-05 10:00:00,2026-03-05 10:00:09,100.00,0.60,1.90,2.50,0,"],
        )
        .with(BillKind::Withdrawals, &["w1,提现成功,2026-03-10 10:00:00,2026-03-10 12:00:00,40.00"])
        .with(
            BillKind::Funds,
            &[
                "退款,r1,R1,2026-03-03 10:00:00,2026-03-03 10:00:09,支出,20.00,,在途资金账户",
                "分账,s1,S1,2026-03-05 10:00:00,2026-03-05 10:00:09,收入,95.00,\"1,095.00\",可提现资金账户",
                "退款,r2,R2,2026-03-09 10:00:00,2026-03-09 10:00:09,支出,5.00,\"1,090.00\",可提现资金账户",
                "提现,w1,W1,2026-03-10 10:00:00,2026-03-10 12:00:00,支出,40.00,\"1,050.00\",可提现资金账户",
                "调账,,A1,2026-03-11 10:00:00,2026-03-11 10:00:00,——,-1.00,\"1,049.00\",可提现资金账户",
            ],
        )
        .with(BillKind::Rebates, &["B1,标准返佣,2026-02-15,2026-02-22,2026-03-01,0.50"])
}

fn stated() -> Scope {
    let stated = Stated {
        total: Some(Fen(108_900)),
        withdrawable: Some(Fen(104_900)),
        in_transit: Some(Fen(3_000)),
        frozen: Some(Fen(1_000)),
        invoice: Some(Fen(450)),
        ..Stated::default()
    };
    Scope { stated, ..march() }
}

/// As a finance person might have it.
fn written(report: &ReconciliationReport) -> String {
    let mut lines = Vec::new();
    for scenario in &report.scenarios {
        lines.push(format!(
            "{:?} {} ({})",
            scenario.topic.number(),
            scenario.topic,
            scenario.topic.chinese()
        ));
        for item in &scenario.items {
            lines.push(format!("  {} {}", item.chinese, InYuan(Fen(item.amount))));
        }
        for check in &scenario.checks {
            let [left, right, gap] =
                [check.left, check.right, check.gap].map(|sum| InYuan(Fen(sum)));
            lines.push(format!("  {}: {left} / {right}, gap {gap}", check.control));
        }
    }
    lines.join("\n")
}

#[test]
fn a_month_that_fits_together() {
    let report = month().reconcile_as(stated());
    assert_eq!((findings(&report).as_str(), gaps(&report)), ("", vec![]));
    insta::assert_snapshot!(written(&report), @r"
Some(1) the total of the accounts and the details of trade (账户总金额与交易明细)
  支付成功 150.00
  分账前退款 20.00
  分账后退款 5.00
  分账成功 100.00
  软件服务费1 0.60
  软件服务费2 1.90
  抽佣金额 2.50
  其他分账方 0.00
  退分账 0.00
  提现 40.00
  在途总资金 30.00
  可提现总资金 1,049.00
  settlements without charges = fund flow: 95.00 / 95.00, gap 0.00
  refunds before settlement = fund flow, in transit: 20.00 / 20.00, gap 0.00
  refunds after settlement = fund flow, withdrawable: 5.00 / 5.00, gap 0.00
  withdrawals = fund flow: 40.00 / 40.00, gap 0.00
  in transit by trade = the console: 30.00 / 30.00, gap 0.00
  withdrawable by trade = the last balance: 1,049.00 / 1,049.00, gap 0.00
  the last balance = the console: 1,049.00 / 1,049.00, gap 0.00
  withdrawable + in transit + frozen + fees + reserve = the total: 1,089.00 / 1,089.00, gap 0.00
Some(2) the month's balance and the month's orders (月度余额与月度订单金额)
  月度订单总金额 120.00
  在途资金变动 30.00
  其他分账方 0.00
  退分账 0.00
  提现 40.00
  调账 -1.00
  月初账户余额 1,000.00
  月末账户余额 1,049.00
  change of the balance by orders = by the account: 49.00 / 49.00, gap 0.00
Some(3) one balance after the other (上期余额与本期发生)
  上期余额 1,000.00
  本期发生 49.00
  账户余额 1,049.00
  balance before + movements = balance after: 1,049.00 / 1,049.00, gap 0.00
Some(4) the invoice (发票金额)
  技术服务费 (软件服务费1) 0.60
  CPS佣金 (抽佣金额) 2.50
  平台佣金 (软件服务费2) 1.90
  平台返佣 0.50
  充值手续费 0.00
  其他 0.00
  可开票金额 4.50
  to invoice by the bills = the console: 4.50 / 4.50, gap 0.00
Some(6) take-away (外卖类小程序)
  外卖订单 150.00
  商品金额 140.00
  配送费 10.00
  软件服务费1 0.60
  软件服务费2 1.90
  orders = goods + delivery: 150.00 / 150.00, gap 0.00
None rebates (返佣账单)
  返佣打款 0.50
");
}

/// A figure of the console that is off is a gap that no finding explains.
#[test]
fn a_console_that_says_otherwise() {
    let mut scope = stated();
    scope.stated.in_transit = Some(Fen(3_100));
    let report = month().reconcile_as(scope);
    let open: Vec<String> = gaps(&report).iter().map(|gap| format!("{gap:?}")).collect();
    assert_eq!(open, ["(InTransit, -100, 0)", "(Total, 100, 0)"]);
}

#[test]
fn amounts_are_written_as_finance_writes_them() {
    let written =
        [0, 5, -5, 100, 123_456, -100_000_000, i64::MIN].map(|fen| InYuan(Fen(fen)).to_string());
    assert_eq!(
        written,
        [
            "0.00",
            "0.05",
            "-0.05",
            "1.00",
            "1,234.56",
            "-1,000,000.00",
            "-92,233,720,368,547,758.08"
        ]
    );
}
