//! Reconciles a month of bills that is generated with faults of every kind, and prints what finance would want to see.
//! Fails unless exactly these faults are found.
//!
//! The bills are files of the columns that the example mapping names, partly in GBK. In production a mapping names the
//! columns of your own files, and `stated` has the figures that the console shows.

mod random;
mod month;
mod plant;
mod write;
mod print;

use generated_client::platform::{Diamonds, Fen};
use std::error::Error as StdError;
use std::process::ExitCode;

use douyin_reconciliation::*;
use jiff::civil::date;

use self::month::{APRIL, FEBRUARY_20, Kind, MARCH, MARCH_20, Month};
use self::random::Random;

type Outcome<T = ()> = Result<T, Box<dyn StdError>>;

const SEED: u64 = 20_260_301;

/// What the accounts hold when the generated time begins.
const WITHDRAWABLE: i64 = 50_000_000;
const FEE_ACCOUNT: i64 = 60_000_000;
const FROZEN: Fen = Fen(500_000);

fn main() -> ExitCode {
    match run() {
        Ok(()) => {
            println!("\nAll as expected.");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("\nNot as expected: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome {
    eprintln!("Generating a month of bills");
    let mut month = Month::generate(&mut Random(SEED));
    let mut expected = plant::plant_in_bookings(&mut month);
    month.balance(WITHDRAWABLE, FEE_ACCOUNT);
    let scope = scope(&month)?;
    expected.extend(plant::plant_in_files(&mut month));

    let folder = tempfile::tempdir()?;
    let files = write::write(&month, folder.path())?;
    let mapping = Mapping::from_yaml(Mapping::EXAMPLE)?;
    let report = reconcile_files(&mapping, &files, scope, tell)?;
    print::print(&report);
    check(&report, expected)
}

fn tell(progress: Progress<'_>) {
    let file = progress.file.path.file_name().unwrap_or_default().to_string_lossy();
    let pass = if progress.is_second_look { "looking again at" } else { "reading" };
    eprintln!("{:>9} rows, {pass} {file}", progress.rows);
}

/// What the console would show of a month without faults in its files.
fn scope(month: &Month) -> Outcome<Scope> {
    let window = Window::month(2026, 3).ok_or("no such month")?;
    let diamond_window = Window::diamond_month(2026, 3).ok_or("no such month")?;
    let last = month.funds.iter().rfind(|row| row.moved < APRIL && !row.is_in_transit);
    let withdrawable = Fen(last.ok_or("no balance")?.balance);
    let last = month.fees.iter().rfind(|row| row.moved < APRIL);
    let fee_account = Fen(last.ok_or("no balance of fees")?.balance);
    let in_transit = Fen(month.in_transit(APRIL));
    let total = [withdrawable, in_transit, FROZEN, fee_account];
    let total = total.into_iter().try_fold(Fen(0), Fen::checked_add);
    let stated = Stated {
        total,
        withdrawable: Some(withdrawable),
        in_transit: Some(in_transit),
        frozen: Some(FROZEN),
        fee_account: Some(fee_account),
        invoice: Some(invoice(month)),
        top_up_fees: Fen(2_500),
        diamonds_net: Some(diamonds_net(month)),
        ..Stated::default()
    };
    Ok(Scope {
        fees: FeesFrom::FeeAccount,
        opening_in_transit: Fen(month.in_transit(MARCH)),
        rates: Some(FeeRates::TAKE_AWAY),
        stated,
        ..Scope::new(window, diamond_window)
    })
}

/// The fees that the platform means to invoice: by the rates, whatever went wrong with one of them.
fn invoice(month: &Month) -> Fen {
    let mut sum = 2_500;
    for row in &month.settlements {
        let is_inside = row.finished.is_some_and(|time| (MARCH..APRIL).contains(&time));
        if let (Kind::Settlement { fee_2, commission, .. }, true) = (row.kind, is_inside) {
            let fee_1 =
                FeeRates::TAKE_AWAY.software_fee_1.fee(Fen(row.amount)).unwrap_or_default().0;
            sum += fee_1 + fee_2 + commission;
        }
    }
    let paid = month.rebates.iter().filter(|rebate| rebate.days[2].starts_with("2026-03"));
    Fen(sum - paid.map(|rebate| rebate.amount).sum::<i64>())
}

fn diamonds_net(month: &Month) -> Diamonds {
    let inside =
        month.diamonds.iter().filter(|row| (FEBRUARY_20..MARCH_20).contains(&(row.at + 1)));
    Diamonds(
        inside
            .map(|row| match row.kind {
                "支付" => row.amount,
                "系统退款" => -row.amount,
                _ => 0,
            })
            .sum(),
    )
}

/// Exactly the planted faults are found, and they explain every gap to the fen.
fn check(report: &ReconciliationReport, mut expected: plant::Expected) -> Outcome {
    let mut found: plant::Expected =
        report.findings.iter().map(|found| name(&found.finding)).collect();
    found.sort();
    expected.sort();
    for missed in expected.iter().filter(|fault| !found.contains(fault)) {
        eprintln!("not found: {missed:?}");
    }
    for more in found.iter().filter(|fault| !expected.contains(fault)) {
        eprintln!("not planted: {more:?}");
    }
    ensure(found == expected && report.omitted == 0, "the planted faults and no others")?;
    let checks: Vec<&Check> =
        report.scenarios.iter().flat_map(|scenario| &scenario.checks).collect();
    let open = checks.iter().filter(|check| check.unexplained() != 0);
    open.clone().for_each(|check| eprintln!("unexplained: {} {check:?}", check.control));
    ensure(open.count() == 0, "every gap explained")?;
    let failed = checks.iter().filter(|check| !check.holds()).count();
    ensure(failed > 5 && failed < checks.len(), "some sums alike, and some not")?;
    ensure(
        report.unread == 1 && !report.is_clean(),
        "one row that cannot be read, and no clean report",
    )?;
    ensure(report.unknown_words.len() == 1, "one word that the mapping does not have")?;
    let totals = &report.totals;
    let orders = totals.payments.count + totals.diamonds.payments.count;
    ensure(orders >= 100_000, "at least 100,000 orders")?;
    check_notes(report)
}

/// The settlement of 31 March, 23:45, is in transit until 1 April, 00:01, and no fault.
fn check_notes(report: &ReconciliationReport) -> Outcome {
    let across = date(2026, 3, 31).at(23, 45, 0, 0);
    let is_it =
        |note: &Note| matches!(note, Note::StillInTransit { started, .. } if *started == across);
    ensure(report.notes.iter().any(is_it), "the pair across the end of the month")?;
    let is_crossing = |note: &Note| matches!(note, Note::StillInTransit { .. });
    ensure(report.notes.iter().all(is_crossing), "no other notes")
}

fn name(finding: &Finding) -> (&'static str, String) {
    let number = finding.row().map(|row| row.number.to_string()).unwrap_or_default();
    let name = match finding {
        Finding::NoPartner { pairing: Pairing::Split, side: Side::Trade, .. } => {
            "settlement not booked"
        }
        Finding::NoPartner { pairing: Pairing::Split, .. } => "booked settlement without bill",
        Finding::NoPartner { pairing: Pairing::Withdrawal, .. } => "withdrawal not booked",
        Finding::NoPartner { pairing: Pairing::Deduction, .. } => "forced refund not taken off",
        Finding::AmountsDiffer { pairing: Pairing::Split, .. } => "settlement of another amount",
        Finding::AmountsDiffer { pairing: Pairing::Return, .. } => "return of another amount",
        Finding::AmountsDiffer { pairing: Pairing::Fees, .. } => "fee of another amount",
        Finding::AmountsDiffer { pairing: Pairing::Deduction, .. } => {
            "forced refund of another amount"
        }
        Finding::Repeated { .. } => "repeated",
        Finding::WrongAccount { .. } => "refund from the wrong account",
        Finding::BrokenChain { .. } => "broken chain",
        Finding::UnknownOrder { .. } => "unknown order",
        Finding::Overdrawn { .. } => "more refunded than paid",
        Finding::WrongFee { .. } => "fee that is not the rate",
        Finding::PartsDiffer { .. } => "parts of another amount",
        Finding::LateConfirmation { .. } => "rebate confirmed late",
        Finding::PayoutDate { .. } => "rebate paid on the wrong day",
        Finding::Unread(_) => "row that cannot be read",
        _ => "something else",
    };
    (name, number)
}

fn ensure(holds: bool, what: &str) -> Outcome {
    if holds { Ok(()) } else { Err(format!("expected {what}").into()) }
}
