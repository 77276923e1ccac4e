//! What does not fit together, and how the sums feel it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use super::error::BillError;
use super::number::RecordNumber;
use super::totals::Overflow;
use generated_client::platform::{Diamonds, Fen};

/// A row as findings show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRow {
    /// The file.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
    /// The platform's number, or the one that the finding is about; empty if it is not known.
    pub number: RecordNumber,
    /// The amount that counts: of a settlement what should come into the account.
    pub amount: Worth,
}

/// An amount of money or of diamonds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// Money.
    Fen(Fen),
    /// Diamonds.
    Diamonds(Diamonds),
}

/// What was to be matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Pairing {
    /// A settlement and the merchant's part of it in fund flow (分账).
    Split,
    /// A refund and fund flow (退款).
    Refund,
    /// A settlement taken back and fund flow (退分账).
    Return,
    /// A withdrawal and fund flow (提现).
    Withdrawal,
    /// The fees of a settlement and the account for fees (分账手续费).
    Fees,
    /// A forced refund and the monthly statement (强制退款).
    Deduction,
}

/// The two sides of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// What happened: bills of trade, withdrawals, orders in diamonds.
    Trade,
    /// What was booked: fund flow, the account for fees, the monthly statement.
    Booked,
}

/// What was taken of an order more than there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// More was settled and refunded before settlement than was paid.
    Settled,
    /// More was refunded than was paid.
    Refunded,
}

/// One of the two fees that a rate is known for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeKind {
    /// 软件服务费1.
    SoftwareFee1,
    /// 软件服务费2.
    SoftwareFee2,
}

/// Something that does not fit together.
#[derive(Debug)]
#[non_exhaustive]
pub enum Finding {
    /// A row that cannot be read, so that it is in no sum.
    Unread(BillError),
    /// A row whose partner is missing.
    NoPartner {
        /// What was to be matched.
        pairing: Pairing,
        /// The side that is there.
        side: Side,
        /// The row.
        row: FoundRow,
    },
    /// Two rows that belong together, of different amounts.
    AmountsDiffer {
        /// What was matched.
        pairing: Pairing,
        /// What happened.
        trade: FoundRow,
        /// What was booked.
        booked: FoundRow,
    },
    /// A duplicate of another row.
    Repeated {
        /// The row that came later.
        row: FoundRow,
        /// The row that it repeats, if it could be found again.
        first: Option<FoundRow>,
    },
    /// A refund that was taken from the wrong account.
    WrongAccount {
        /// The refund.
        trade: FoundRow,
        /// What was booked.
        booked: FoundRow,
        /// Whether it came after settlement, and so belongs to what is withdrawable.
        after_settlement: bool,
    },
    /// A balance that does not follow from the one before.
    BrokenChain {
        /// The row, with what moved.
        row: FoundRow,
        /// What its balance should be.
        expected: Fen,
        /// What it is.
        found: Fen,
    },
    /// A refund, settlement or return of an order that was not paid.
    UnknownOrder {
        /// The row.
        row: FoundRow,
        /// The developer's number of the order.
        order_no: RecordNumber,
    },
    /// An order of which more was taken than was paid.
    Overdrawn {
        /// The payment; its number is the developer's number of the order.
        payment: FoundRow,
        /// How.
        excess: Excess,
        /// By how much.
        by: Worth,
    },
    /// A fee that is not the rate of the amount.
    WrongFee {
        /// The settlement.
        row: FoundRow,
        /// Which fee.
        fee: FeeKind,
        /// What it should be.
        expected: Fen,
        /// What it is.
        found: Fen,
    },
    /// A take-away order that is not the sum of its goods and its delivery.
    PartsDiffer {
        /// The payment.
        row: FoundRow,
        /// What its parts make.
        parts: Fen,
    },
    /// A rebate that was confirmed later than it confirms itself.
    LateConfirmation {
        /// The rebate.
        row: FoundRow,
        /// The last day.
        expected: Date,
        /// The day.
        found: Date,
    },
    /// A rebate that was not paid on the day for payouts after its confirmation. A payout that fails is repeated on later
    /// such days.
    PayoutDate {
        /// The rebate.
        row: FoundRow,
        /// The first day it could be paid.
        expected: Date,
        /// The day.
        found: Date,
    },
}

/// What is out of the ordinary and no fault.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// A settlement that was started in the window and done after it: in transit at its end.
    StillInTransit {
        /// The settlement.
        row: FoundRow,
        /// When it was started.
        started: DateTime,
        /// When it was done.
        finished: DateTime,
    },
    /// A pair of which only one side is in the window.
    Straddling {
        /// What was matched.
        pairing: Pairing,
        /// What happened.
        trade: FoundRow,
        /// What was booked.
        booked: FoundRow,
    },
}

/// Two sums that must be alike, in fen unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ControlTotal {
    /// Settlements without their charges, and their parts in fund flow.
    Splits,
    /// Refunds before settlement, and refunds out of what is in transit.
    RefundsBefore,
    /// Refunds after settlement, and refunds out of what is withdrawable.
    RefundsAfter,
    /// Settlements taken back, and fund flow.
    Returns,
    /// Withdrawals, and fund flow.
    Withdrawals,
    /// What is in transit by the bills of trade, and by the console.
    InTransit,
    /// What is withdrawable by the bills of trade, and by the last balance of fund flow.
    Withdrawable,
    /// The last balance of fund flow, and the console.
    StatedWithdrawable,
    /// The parts of the console's total, and the total.
    Total,
    /// The change of the balance by a month's orders, and by fund flow.
    MonthBalance,
    /// The first balance and all movements, and the last balance.
    BalanceChain,
    /// What can be invoiced by the bills, and by the console.
    Invoice,
    /// The fees of settlements, and the account for fees.
    FeesBooked,
    /// The first balance of the account for fees and all movements, and the last.
    FeeChain,
    /// Goods and delivery of take-away orders, and their amounts.
    TakeAwayParts,
    /// The fees that the rates make, and those of the settlements.
    TakeAwayFees,
    /// Forced refunds, and what the statement took off. In diamonds.
    Deductions,
    /// Diamonds paid less system refunds, and the statement. In diamonds.
    DiamondsNet,
}

/// A finding, and what it adds to the gaps of control totals.
#[derive(Debug)]
pub struct Found {
    /// What was found.
    pub finding: Finding,
    /// By how much it makes the first side of a control total greater than the second.
    pub effects: Vec<(ControlTotal, i64)>,
}

/// Findings as they are found. So many are kept whole; of the others only their effects.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) list: Vec<Found>,
    pub(super) notes: Vec<Note>,
    pub(super) omitted: u64,
    pub(super) unread: u64,
    pub(super) effects: BTreeMap<ControlTotal, i64>,
    limit: usize,
}

impl Findings {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            list: Vec::new(),
            notes: Vec::new(),
            omitted: 0,
            unread: 0,
            effects: BTreeMap::new(),
            limit,
        }
    }

    pub(super) fn push(
        &mut self,
        finding: Finding,
        effects: Vec<(ControlTotal, i64)>,
    ) -> Result<(), Overflow> {
        self.affect(&effects)?;
        self.keep(finding, effects);
        Ok(())
    }

    /// A row that is in no sum.
    pub(super) fn push_unread(&mut self, error: BillError) {
        self.unread += 1;
        self.keep(Finding::Unread(error), Vec::new());
    }

    fn keep(&mut self, finding: Finding, effects: Vec<(ControlTotal, i64)>) {
        if self.list.len() < self.limit {
            self.list.push(Found { finding, effects });
        } else {
            self.omitted += 1;
        }
    }

    pub(super) fn note(&mut self, note: Note) {
        if self.notes.len() < self.limit {
            self.notes.push(note);
        }
    }

    pub(super) fn affect(&mut self, effects: &[(ControlTotal, i64)]) -> Result<(), Overflow> {
        for (control, effect) in effects {
            let sum = self.effects.entry(*control).or_default();
            *sum = sum.checked_add(*effect).ok_or(Overflow)?;
        }
        Ok(())
    }
}

impl Finding {
    /// The row that it is about; the first of two. `None` if no row was read.
    pub fn row(&self) -> Option<&FoundRow> {
        match self {
            Self::Unread(_) => None,
            Self::NoPartner { row, .. }
            | Self::Repeated { row, .. }
            | Self::BrokenChain { row, .. }
            | Self::UnknownOrder { row, .. }
            | Self::WrongFee { row, .. }
            | Self::PartsDiffer { row, .. }
            | Self::LateConfirmation { row, .. }
            | Self::PayoutDate { row, .. } => Some(row),
            Self::AmountsDiffer { trade, .. } | Self::WrongAccount { trade, .. } => Some(trade),
            Self::Overdrawn { payment, .. } => Some(payment),
        }
    }

    /// File and line, to sort by.
    pub(super) fn place(&self) -> (&str, u64) {
        match (self, self.row()) {
            (Self::Unread(error), _) => (&error.file, error.line().unwrap_or(0)),
            (_, Some(row)) => (&row.file, u64::from(row.line)),
            (_, None) => ("", 0),
        }
    }

    /// The gap in fen; `None` if it is about dates, diamonds or a row that cannot be read.
    pub fn gap(&self) -> Option<Fen> {
        match self {
            Self::NoPartner { row, .. }
            | Self::Repeated { row, .. }
            | Self::UnknownOrder { row, .. } => row.amount.to_fen(),
            Self::WrongAccount { booked, .. } => booked.amount.to_fen(),
            Self::AmountsDiffer { trade, booked, .. } => {
                trade.amount.to_fen()?.checked_sub(booked.amount.to_fen()?)
            }
            Self::BrokenChain { expected, found, .. } | Self::WrongFee { expected, found, .. } => {
                found.checked_sub(*expected)
            }
            Self::Overdrawn { by, .. } => by.to_fen(),
            Self::PartsDiffer { row, parts } => row.amount.to_fen()?.checked_sub(*parts),
            Self::Unread(_) | Self::LateConfirmation { .. } | Self::PayoutDate { .. } => None,
        }
    }
}

impl Worth {
    pub(super) const fn number(self) -> i64 {
        match self {
            Self::Fen(fen) => fen.0,
            Self::Diamonds(diamonds) => diamonds.0,
        }
    }

    /// The money, if it is money.
    pub const fn to_fen(self) -> Option<Fen> {
        match self {
            Self::Fen(fen) => Some(fen),
            Self::Diamonds(_) => None,
        }
    }
}

impl ControlTotal {
    /// Whether its sums are diamonds and not fen.
    pub const fn is_in_diamonds(self) -> bool {
        matches!(self, Self::Deductions | Self::DiamondsNet)
    }
}

/// Displayed as yuan, with thousands separators: `1,234.56`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InYuan(pub Fen);

impl fmt::Display for InYuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum = self.0.0.unsigned_abs();
        let sign = if self.0.0 < 0 { "-" } else { "" };
        f.pad(&format!("{sign}{}.{:02}", Grouped(sum / 100), sum % 100))
    }
}

struct Grouped(u64);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 1000, self.0 % 1000) {
            (0, rest) => write!(f, "{rest}"),
            (more, rest) => write!(f, "{},{rest:03}", Self(more)),
        }
    }
}

impl fmt::Display for Worth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fen(fen) => write!(f, "{} yuan", InYuan(*fen)),
            Self::Diamonds(diamonds) => write!(f, "{diamonds}"),
        }
    }
}

impl fmt::Display for FoundRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        if !self.number.is_empty() {
            write!(f, " {}", self.number.as_str().escape_debug())?;
        }
        Ok(())
    }
}

impl fmt::Display for Pairing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Split => "settlement",
            Self::Refund => "refund",
            Self::Return => "settlement taken back",
            Self::Withdrawal => "withdrawal",
            Self::Fees => "fees of a settlement",
            Self::Deduction => "forced refund",
        })
    }
}

impl Pairing {
    fn booked_in(self) -> &'static str {
        match self {
            Self::Split | Self::Refund | Self::Return | Self::Withdrawal => "in fund flow",
            Self::Fees => "in the account for fees",
            Self::Deduction => "on the statement",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread(error) => write!(f, "{error}"),
            Self::NoPartner { pairing, side: Side::Trade, row } => {
                let (amount, place) = (row.amount, pairing.booked_in());
                write!(f, "{row}: {pairing} of {amount} that is not booked {place}")
            }
            Self::NoPartner { pairing, side: Side::Booked, row } => {
                let (amount, place) = (row.amount, pairing.booked_in());
                write!(f, "{row}: {pairing} of {amount} {place} that the bills do not have")
            }
            Self::AmountsDiffer { pairing, trade, booked } => {
                let (is, was) = (trade.amount, booked.amount);
                write!(f, "{trade}: {pairing} of {is} that is booked as {was} ({booked})")
            }
            Self::Repeated { row, first } => write_repeated(f, row, first.as_ref()),
            Self::WrongAccount { trade, booked, after_settlement } => {
                write_account(f, trade, booked, *after_settlement)
            }
            Self::BrokenChain { row, expected, found } => {
                let (expected, found) = (InYuan(*expected), InYuan(*found));
                write!(f, "{row}: balance of {found} yuan that should be {expected} yuan")
            }
            Self::UnknownOrder { row, order_no } => {
                let order_no = order_no.as_str().escape_debug();
                write!(f, "{row}: {} of the order {order_no}, which was not paid", row.amount)
            }
            Self::Overdrawn { payment, excess, by } => {
                let what = excess.done();
                write!(f, "{payment}: order of which {by} more were {what} than paid")
            }
            Self::WrongFee { row, fee, expected, found } => {
                let (number, expected, found) = (fee.number(), InYuan(*expected), InYuan(*found));
                write!(
                    f,
                    "{row}: software fee {number} of {found} yuan that should be {expected} yuan"
                )
            }
            Self::PartsDiffer { row, parts } => {
                let (amount, parts) = (row.amount, InYuan(*parts));
                write!(f, "{row}: order of {amount} whose goods and delivery are {parts} yuan")
            }
            Self::LateConfirmation { row, expected, found } => {
                write!(f, "{row}: rebate confirmed on {found}, which confirms itself on {expected}")
            }
            Self::PayoutDate { row, expected, found } => {
                write!(f, "{row}: rebate of {} paid on {found}, due on {expected}", row.amount)
            }
        }
    }
}

fn write_repeated(
    f: &mut fmt::Formatter<'_>,
    row: &FoundRow,
    first: Option<&FoundRow>,
) -> fmt::Result {
    write!(f, "{row}: {} is a duplicate", row.amount)?;
    match first {
        Some(first) => write!(f, " of {}:{}", first.file, first.line),
        None => Ok(()),
    }
}

fn write_account(
    f: &mut fmt::Formatter<'_>,
    trade: &FoundRow,
    booked: &FoundRow,
    after_settlement: bool,
) -> fmt::Result {
    let (when, account) = match after_settlement {
        true => ("after", "what is in transit"),
        false => ("before", "what is withdrawable"),
    };
    let amount = booked.amount;
    write!(
        f,
        "{trade}: refund of {amount} {when} settlement that was taken from {account} ({booked})"
    )
}

impl Excess {
    fn done(self) -> &'static str {
        match self {
            Self::Settled => "settled and refunded before",
            Self::Refunded => "refunded",
        }
    }
}

impl FeeKind {
    fn number(self) -> u8 {
        match self {
            Self::SoftwareFee1 => 1,
            Self::SoftwareFee2 => 2,
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StillInTransit { row, started, finished } => {
                let amount = row.amount;
                write!(
                    f,
                    "{row}: settlement of {amount} started {started} and done {finished}, in transit till then"
                )
            }
            Self::Straddling { pairing, trade, booked } => {
                write!(
                    f,
                    "{trade}: {pairing} of {} of which one side is outside ({booked})",
                    trade.amount
                )
            }
        }
    }
}
