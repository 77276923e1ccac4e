//! What it costs to read, sum and match 10 million rows of bills, against reading the same files with bare `csv` and
//! looking at nothing: CPU and memory.
//!
//! Half of the rows are trade and half fund flow. One row of trade in ten is a payment, which has no partner there, and
//! all others wait until fund flow is read, in another order: more than bills of one settlement an order would ask for.

mod figure;
mod measure;

use std::env;
use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Command, ExitCode};

use csv::{ByteRecord, ReaderBuilder};
use douyin_reconciliation::{BillFile, BillKind, InYuan, Mapping, Scope, Window, reconcile_files};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

use crate::figure::print;
use crate::measure::{Usage, measure};
use generated_client::platform::Fen;

/// Orders, of which each has nine coupons.
const ORDERS: u64 = 500_000;
const COUPONS: u64 = 9;
const BOOKED: u64 = ORDERS * COUPONS;
/// Rows of fund flow that are no coupon's: adjustments.
const ADJUSTED: u64 = ORDERS;
const ROWS: u64 = ORDERS + BOOKED + BOOKED + ADJUSTED;

const MOST_CPU: f64 = 2.5;
const MOST_MEMORY: f64 = 512.0;

const READ: &str = "--read";
const TURNS: usize = 7;

const FILES: [BillKind; 5] = [
    BillKind::Payments,
    BillKind::Refunds,
    BillKind::Settlements,
    BillKind::Returns,
    BillKind::Funds,
];

fn main() -> ExitCode {
    if let Some(code) = measure::serve() {
        return code;
    }
    let arguments: Vec<String> = env::args().collect();
    match &arguments[1..] {
        [read, way, folder] if read == READ => read_once(way, Path::new(folder)),
        _ => report().expect("files in the temporary folder"),
    }
    ExitCode::SUCCESS
}

fn report() -> io::Result<()> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let bytes = write(folder.path())?;
    // In turns, and each against the one just before, since a machine that has something else to do is slow for a while.
    let turns: Vec<[(f64, f64); 2]> =
        (0..TURNS).map(|_| ["bare", "ours"].map(|way| cost(way, folder.path()))).collect();
    let bare = median(turns.iter().map(|[(bare, _), _]| *bare));
    let ours = median(turns.iter().map(|[_, (ours, _)]| *ours));
    let times = median(turns.iter().map(|[(bare, _), (ours, _)]| ours / bare));
    let peak = turns.iter().fold(0.0_f64, |peak, [_, (_, one)]| peak.max(*one));
    let rate = |seconds: f64| ROWS as f64 / seconds / 1e6;
    let size = bytes / (1 << 20);
    print(&format!("bills, {ROWS} rows, {size} MiB: million rows/s of bare csv"), rate(bare), None);
    print("bills, million rows/s, read, summed and matched", rate(ours), None);
    print("bills, CPU to read, sum and match, times that of bare csv", times, Some(MOST_CPU));
    print("bills, MB of memory to read, sum and match", peak, Some(MOST_MEMORY));
    Ok(())
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Seconds of CPU, the kernel's included, and megabytes at the most.
fn cost(way: &str, folder: &Path) -> (f64, f64) {
    let mut command = Command::new(env::current_exe().expect("the path of this benchmark"));
    command.args([READ, way]).arg(folder);
    let Usage { user, peak } = measure(&command);
    let micros = fs::read_to_string(folder.join(way)).expect("a figure");
    let micros: f64 = micros.parse().expect("µs");
    assert!(micros >= user.as_micros() as f64 * 0.99, "the kernel's time is in it");
    (micros / 1e6, peak as f64 / 1e6)
}

fn read_once(way: &str, folder: &Path) {
    match way {
        "bare" => read_bare(folder),
        _ => reconcile(folder),
    }
    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("usage of this process");
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    fs::write(folder.join(way), micros.to_string()).expect("a file for the figure");
}

fn read_bare(folder: &Path) {
    let mut rows = 0;
    for kind in FILES {
        let mut reader = ReaderBuilder::new()
            .buffer_capacity(64 << 10)
            .from_path(path(folder, kind))
            .expect("a file of bills");
        let mut record = ByteRecord::new();
        while reader.read_byte_record(&mut record).expect("a row") {
            rows += 1;
        }
    }
    assert_eq!(rows, ROWS);
}

fn reconcile(folder: &Path) {
    let mapping = Mapping::EXAMPLE.replace("encoding: gbk", "encoding: utf-8");
    let mapping = Mapping::from_yaml(&mapping).expect("a mapping");
    let window = Window::month(2026, 3).expect("a month");
    let diamonds = Window::diamond_month(2026, 3).expect("a month");
    let files = FILES.map(|kind| BillFile { kind, path: path(folder, kind) });
    let report = reconcile_files(&mapping, &files, Scope::new(window, diamonds), |_| ());
    let report = report.expect("all files read");
    assert!(report.findings.is_empty(), "{}", report.findings[0].finding);
    let totals = report.totals;
    assert_eq!(totals.payments.count, ORDERS);
    assert_eq!(totals.funds.splits.inward.count, totals.settlements.count);
    let checks = report.scenarios.iter().flat_map(|scenario| &scenario.checks);
    assert!(checks.clone().all(|check| check.holds()) && checks.count() > 5);
}

fn path(folder: &Path, kind: BillKind) -> std::path::PathBuf {
    folder.join(format!("{kind:?}.csv").to_lowercase())
}

/// Writes the files; how many bytes they have.
fn write(folder: &Path) -> io::Result<u64> {
    write_payments(&path(folder, BillKind::Payments))?;
    write_coupons(folder)?;
    write_funds(&path(folder, BillKind::Funds))?;
    FILES.into_iter().try_fold(0, |sum, kind| Ok(sum + fs::metadata(path(folder, kind))?.len()))
}

/// What becomes of a coupon. Of ten, eight are settled.
enum Fate {
    Settled,
    RefundedBefore,
    RefundedAfter,
    TakenBack,
}

fn fate(coupon: u64) -> Fate {
    match coupon % 20 {
        0 => Fate::RefundedBefore,
        1 => Fate::RefundedAfter,
        2 => Fate::TakenBack,
        _ => Fate::Settled,
    }
}

/// The n-th of so many numbers in another order. The factor is a prime, and so has no divisor in common with them.
fn shuffled(n: u64, many: u64) -> u64 {
    n * 2_654_435_761 % many
}

fn moment(n: u64, many: u64) -> String {
    let second = n * (31 * 86_400 - 100) / many;
    let (day, rest) = (second / 86_400 + 1, second % 86_400);
    format!("2026-03-{day:02} {:02}:{:02}:{:02}", rest / 3_600, rest / 60 % 60, rest % 60)
}

fn order_no(order: u64) -> impl Display {
    format!("ORD20260301{:012}", shuffled(order, ORDERS))
}

fn platform_no(coupon: u64) -> impl Display {
    format!("mots7291862380{:012}", shuffled(coupon, BOOKED))
}

/// In fen, and the three fees.
fn amounts(coupon: u64) -> [i64; 4] {
    let amount = 1_000 + (coupon % 9_973) as i64 * 10;
    [amount, amount * 6 / 1_000, amount * 19 / 1_000, amount * 5 / 100]
}

fn yuan(fen: i64) -> impl Display {
    format!("{}.{:02}", fen / 100, fen % 100)
}

const METHOD: &str = "抖音支付,M7291862380517,";

fn write_payments(path: &Path) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(
        file,
        "订单号,平台单号,渠道单号,交易状态,支付时间,支付完成时间,订单金额,商品金额,配送费,支付方式,商户号,备注"
    )?;
    for order in 0..ORDERS {
        let at = moment(order, ORDERS);
        let coupons = order * COUPONS..(order + 1) * COUPONS;
        let amount = yuan(coupons.map(|coupon| amounts(coupon)[0]).sum());
        let (name, number) = (order_no(order), shuffled(order, ORDERS));
        writeln!(
            file,
            "{name},motb7291862380{number:012},4200002{number:021},支付成功,{at},{at},{amount},{amount},0.00,{METHOD}"
        )?;
    }
    file.flush()
}

fn write_coupons(folder: &Path) -> io::Result<()> {
    let create = |kind| File::create(path(folder, kind)).map(BufWriter::new);
    let mut settlements = create(BillKind::Settlements)?;
    let mut refunds = create(BillKind::Refunds)?;
    let mut returns = create(BillKind::Returns)?;
    writeln!(
        settlements,
        "订单号,平台单号,渠道单号,交易状态,分账发起时间,分账完成时间,分账金额,软件服务费1,软件服务费2,抽佣金额,其他分账方金额,券号,支付方式,商户号,备注"
    )?;
    writeln!(
        refunds,
        "订单号,平台单号,渠道单号,交易状态,退款发起时间,退款完成时间,退款金额,退款类型,券号,支付方式,商户号,备注"
    )?;
    writeln!(
        returns,
        "订单号,平台单号,渠道单号,交易状态,退分账发起时间,退分账完成时间,退分账金额,券号,支付方式,商户号,备注,退分账方"
    )?;
    for coupon in 0..BOOKED {
        let (at, number) = (moment(coupon, BOOKED), shuffled(coupon, BOOKED));
        let [amount, fee_1, fee_2, commission] = amounts(coupon).map(yuan);
        let begin =
            format!("{},{},4200002{number:021}", order_no(coupon / COUPONS), platform_no(coupon));
        let item = format!("CPN{number:015}");
        match fate(coupon) {
            Fate::Settled => writeln!(
                settlements,
                "{begin},分账成功,{at},{at},{amount},{fee_1},{fee_2},{commission},0.00,{item},{METHOD}"
            )?,
            Fate::RefundedBefore => {
                writeln!(refunds, "{begin},退款成功,{at},{at},{amount},分账前退款,{item},{METHOD}")?
            }
            Fate::RefundedAfter => {
                writeln!(refunds, "{begin},退款成功,{at},{at},{amount},分账后退款,{item},{METHOD}")?
            }
            Fate::TakenBack => writeln!(
                returns,
                "{begin},退分账成功,{at},{at},{amount},{item},{METHOD},M7291862380517"
            )?,
        }
    }
    settlements.flush()?;
    refunds.flush()?;
    returns.flush()
}

fn write_funds(path: &Path) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(
        file,
        "交易类型,关联订单号,交易订单号,交易时间,动账时间,收支类型,金额,账户余额,账户名称,支付方式,商户号,备注"
    )?;
    let mut balance = 100_000_000_000;
    let many = BOOKED + ADJUSTED;
    for row in 0..many {
        let at = moment(row, many);
        // Nine bookings, in another order than the coupons, and an adjustment.
        if row % 10 == 9 {
            balance += 1;
            let balance = InYuan(Fen(balance));
            writeln!(
                file,
                "调账,,ADJ{row:020},{at},{at},收入,0.01,\"{balance}\",可提现资金账户,{METHOD}"
            )?;
            continue;
        }
        let coupon = shuffled(row / 10 * 9 + row % 10, BOOKED);
        let [amount, fee_1, fee_2, commission] = amounts(coupon);
        let net = amount - fee_1 - fee_2 - commission;
        let (kind, direction, change, account) = match fate(coupon) {
            Fate::Settled => ("分账", "收入", net, "可提现资金账户"),
            Fate::RefundedBefore => ("退款", "支出", 0, "在途资金账户"),
            Fate::RefundedAfter => ("退款", "支出", -amount, "可提现资金账户"),
            Fate::TakenBack => ("退分账", "支出", -amount, "可提现资金账户"),
        };
        balance += change;
        let sum = if change == net { net } else { amount };
        let (number, sum, balance) = (platform_no(coupon), yuan(sum), InYuan(Fen(balance)));
        writeln!(
            file,
            "{kind},OUT{row:017},{number},{at},{at},{direction},{sum},\"{balance}\",{account},{METHOD}"
        )?;
    }
    file.flush()
}
