//! The month as files: fund flow, withdrawals and fees in GBK, all else in UTF-8 with a byte order mark.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use douyin_reconciliation::{BillFile, BillKind, InYuan};
use encoding_rs::GBK;
use jiff::SignedDuration;
use jiff::civil::{DateTime, date};

use super::month::*;
use generated_client::platform::Fen;

/// Writes all files into the folder.
pub(crate) fn write(month: &Month, folder: &Path) -> io::Result<Vec<BillFile>> {
    let listed = |rows: &[Trade]| -> Vec<Trade> {
        let is_listed = |row: &&Trade| LISTED.contains(&row.finished.unwrap_or(row.started));
        rows.iter().filter(is_listed).cloned().collect()
    };
    let files = [
        // All payments, since some that are settled or refunded in March were paid in February.
        (BillKind::Payments, payments(&month.payments)),
        (BillKind::Refunds, refunds(&listed(&month.refunds))),
        (BillKind::Settlements, settlements(&listed(&month.settlements))),
        (BillKind::Returns, returns(&listed(&month.returns))),
        (BillKind::Funds, funds(&month.funds)),
        (BillKind::Withdrawals, withdrawals(&month.withdrawals)),
        (BillKind::Fees, fees(&month.fees)),
        (BillKind::Rebates, rebates(&month.rebates)),
        (BillKind::Diamonds, diamonds(&month.diamonds)),
        (BillKind::Deductions, deductions(&month.deductions)),
    ];
    files.into_iter().map(|(kind, text)| write_file(folder, kind, &text)).collect()
}

fn write_file(folder: &Path, kind: BillKind, text: &str) -> io::Result<BillFile> {
    let path = folder.join(format!("{kind:?}.csv").to_lowercase());
    match kind {
        BillKind::Funds | BillKind::Withdrawals | BillKind::Fees => {
            fs::write(&path, GBK.encode(text).0)?;
        }
        _ => fs::write(&path, format!("\u{feff}{text}"))?,
    }
    Ok(BillFile { kind, path })
}

pub(crate) fn civil(time: Time) -> DateTime {
    let start = date(2026, 2, 13).at(0, 0, 0, 0);
    start.checked_add(SignedDuration::from_secs(time)).unwrap_or(start)
}

fn stamp(time: Time) -> String {
    civil(time).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// With thousands separators, as fund flow has them.
fn grouped(fen: i64) -> String {
    format!("\"{}\"", InYuan(Fen(fen)))
}

/// Numbers, state and times of a row.
fn begin(text: &mut String, row: &Trade, done: &str) {
    let Trade { order, number, started, finished, state, .. } = row;
    let (started, finished) = (stamp(*started), finished.map(stamp).unwrap_or_default());
    let state = state.unwrap_or(done);
    // Spreadsheets are kept from rounding numbers by a tab before them.
    let _ = write!(text, "{order},{number},\t4200{},{state},{started},{finished},", &number[4..]);
}

fn payments(rows: &[Trade]) -> String {
    let mut text = "订单号,平台单号,渠道单号,交易状态,支付时间,支付完成时间,订单金额,商品金额,配送费,支付方式,商户号,备注\r\n".to_owned();
    for row in rows {
        begin(&mut text, row, "支付成功");
        let Kind::Payment { goods } = row.kind else { continue };
        let (amount, parts) = (yuan(row.amount), (yuan(goods), yuan((row.amount - goods).max(0))));
        // An amount that no one can read.
        let amount = if row.amount < 0 { "\"1,234.56\"".to_owned() } else { amount };
        let _ = write!(text, "{amount},{},{},抖音支付,M7291862380517,\r\n", parts.0, parts.1);
    }
    text
}

fn refunds(rows: &[Trade]) -> String {
    let mut text =
        "订单号,平台单号,渠道单号,交易状态,退款发起时间,退款完成时间,退款金额,退款类型,券号\r\n"
            .to_owned();
    for row in rows {
        begin(&mut text, row, "退款成功");
        let is_after = row.kind == Kind::Refund { is_after: true };
        let timing = if is_after { "分账后退款" } else { "分账前退款" };
        let _ = write!(text, "{},{timing},{}\r\n", yuan(row.amount), row.item);
    }
    text
}

fn settlements(rows: &[Trade]) -> String {
    let mut text = "订单号,平台单号,渠道单号,交易状态,分账发起时间,分账完成时间,分账金额,软件服务费1,软件服务费2,抽佣金额,其他分账方金额,券号\r\n".to_owned();
    for row in rows {
        begin(&mut text, row, "分账成功");
        let Kind::Settlement { fee_1, fee_2, commission } = row.kind else { continue };
        let sums = [row.amount, fee_1, fee_2, commission, 0].map(yuan).join(",");
        let _ = write!(text, "{sums},{}\r\n", row.item);
    }
    text
}

fn returns(rows: &[Trade]) -> String {
    let mut text =
        "订单号,平台单号,渠道单号,交易状态,退分账发起时间,退分账完成时间,退分账金额,券号\r\n"
            .to_owned();
    for row in rows {
        begin(&mut text, row, "退分账成功");
        let _ = write!(text, "{},{}\r\n", yuan(row.amount), row.item);
    }
    text
}

fn funds(rows: &[Fund]) -> String {
    let mut text =
        "交易类型,关联订单号,交易订单号,交易时间,动账时间,收支类型,金额,账户余额,账户名称\r\n"
            .to_owned();
    for row in rows.iter().filter(|row| LISTED.contains(&row.moved)) {
        let (account, balance) = match row.is_in_transit {
            true => ("在途资金账户", String::new()),
            false => ("可提现资金账户", grouped(row.balance)),
        };
        // The document has a dash for adjustments.
        let (direction, amount) = match row.kind {
            "调账" => ("——", row.change),
            _ if row.change < 0 => ("支出", -row.change),
            _ => ("收入", row.change),
        };
        let (started, moved) = (stamp(row.started), stamp(row.moved));
        let _ = write!(
            text,
            "{},{},{},{started},{moved},{direction},{},{balance},{account}\r\n",
            row.kind,
            row.related,
            row.number,
            grouped(amount)
        );
    }
    text
}

fn withdrawals(rows: &[Withdrawal]) -> String {
    let mut text = "提现请求号,提现状态,发起时间,提现成功时间,提现金额\r\n".to_owned();
    for row in rows {
        let (state, finished) = match row.is_done {
            true => ("提现成功", stamp(row.finished)),
            false => ("提现失败", String::new()),
        };
        let (started, amount) = (stamp(row.started), grouped(row.amount));
        let _ = write!(text, "{},{state},{started},{finished},{amount}\r\n", row.request);
    }
    text
}

fn fees(rows: &[Fee]) -> String {
    let mut text = "交易类型,交易订单号,动账时间,收支类型,金额,账户余额\r\n".to_owned();
    for row in rows.iter().filter(|row| LISTED.contains(&row.moved)) {
        let direction = if row.change < 0 { "支出" } else { "收入" };
        let (moved, amount) = (stamp(row.moved), yuan(row.change.abs()));
        let balance = yuan(row.balance);
        let _ =
            write!(text, "{},{},{moved},{direction},{amount},{balance}\r\n", row.kind, row.number);
    }
    text
}

fn rebates(rows: &[Rebate]) -> String {
    let mut text = "账单号,返佣类型,账单推送时间,账单确认时间,返佣打款时间,返佣金额\r\n".to_owned();
    for row in rows {
        let _ = write!(
            text,
            "{},{},{},{}\r\n",
            row.number,
            row.kind,
            row.days.join(","),
            yuan(row.amount)
        );
    }
    text
}

fn diamonds(rows: &[Diamond]) -> String {
    let mut text = "交易类型,订单号,平台单号,交易状态,发起时间,完成时间,钻石数量\r\n".to_owned();
    for row in rows {
        let state = if row.kind == "支付" { "支付成功" } else { "退款成功" };
        let (started, finished) = (stamp(row.at), stamp(row.at + 1));
        let Diamond { kind, order, number, amount, .. } = row;
        let _ = write!(text, "{kind},{order},{number},{state},{started},{finished},{amount}\r\n");
    }
    text
}

fn deductions(rows: &[(String, i64)]) -> String {
    let mut text = "平台单号,扣减日期,钻石数量\r\n".to_owned();
    for (number, amount) in rows {
        let _ = write!(text, "{number},2026-03-19,{amount}\r\n");
    }
    text
}
