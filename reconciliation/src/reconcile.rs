//! Rows in, a report out: sums, chains and matching in one pass, and a second look at the files only if something is left.

mod second_look;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::chain::{Chain, Link};
use super::claim::Claimant;
use super::error::BillError;
use super::figures;
use super::finding::*;
use super::key::Keys;
use super::mapping::BillKind;
use super::matcher::{Matcher, key_of};
use super::number::RecordNumber;
use super::orders::{Orders, order_key};
use super::row::*;
use super::scope::Scope;
use super::section::{BookedSection, TradeSection};
use super::totals::{Overflow, Totals};
use generated_client::platform::Fen;

pub use self::second_look::SecondLook;

/// Takes rows of a kind, one after the other.
pub trait Take<R> {
    /// Takes one.
    ///
    /// # Errors
    ///
    /// If a sum does not fit into 64 bits.
    fn take(&mut self, row: &R) -> Result<(), Overflow>;
}

/// More files than can be reconciled together: 65,536.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyFiles;

impl fmt::Display for TooManyFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no more than 65,536 files can be reconciled together")
    }
}

impl std::error::Error for TooManyFiles {}

/// The files by number.
#[derive(Debug, Clone, Default)]
struct Files {
    names: Vec<Arc<str>>,
    kinds: BTreeSet<BillKind>,
}

impl Files {
    fn add(&mut self, name: Arc<str>, kind: BillKind) -> Result<u16, TooManyFiles> {
        let number = u16::try_from(self.names.len()).map_err(|_| TooManyFiles)?;
        self.names.push(name);
        self.kinds.insert(kind);
        Ok(number)
    }

    fn row(&self, place: RowPlace, number: RecordNumber, amount: Worth) -> FoundRow {
        let file = self.names.get(usize::from(place.file)).cloned().unwrap_or_default();
        FoundRow { file, line: place.line, number, amount }
    }

    /// Whether both sides of a pairing were read, so that a missing partner means something.
    fn has_both(&self, pairing: Pairing) -> bool {
        let sides = match pairing {
            Pairing::Split => [BillKind::Settlements, BillKind::Funds],
            Pairing::Refund => [BillKind::Refunds, BillKind::Funds],
            Pairing::Return => [BillKind::Returns, BillKind::Funds],
            Pairing::Withdrawal => [BillKind::Withdrawals, BillKind::Funds],
            Pairing::Fees => [BillKind::Settlements, BillKind::Fees],
            Pairing::Deduction => [BillKind::Diamonds, BillKind::Deductions],
        };
        sides.iter().all(|kind| self.kinds.contains(kind))
    }
}

/// The first pass over the files: those of what happened, of which [`Bookings`] are read after all.
///
/// So a row that is there twice is met by its repetition while it waits, and never by a partner that is there twice as
/// well. Memory is 32 bytes for each row that waits, and for each order, and what a vector and a hash map need beside to
/// grow.
#[derive(Debug)]
pub struct Reconciliation(FirstPass);

/// The second part of the first pass: the files of what was booked.
///
/// It takes no rows of what happened:
///
/// ```compile_fail,E0277
/// # use douyin_reconciliation::{Bookings, Overflow, Take, TradeRow};
/// fn too_late(bookings: &mut Bookings, row: &TradeRow) -> Result<(), Overflow> {
///     bookings.take(row)
/// }
/// ```
#[derive(Debug)]
pub struct Bookings(FirstPass);

#[derive(Debug)]
struct FirstPass {
    scope: Scope,
    keys: Keys,
    files: Files,
    totals: Totals,
    matcher: Matcher,
    orders: Orders,
    withdrawable: Chain,
    fee_account: Chain,
    findings: Findings,
    words: BTreeMap<(u16, &'static str, Box<str>), (u64, u32)>,
}

impl Reconciliation {
    /// Nothing read yet.
    pub fn new(scope: Scope) -> Self {
        Self(FirstPass::new(scope))
    }

    /// Announces a file: the number that the places of its rows must have.
    ///
    /// # Errors
    ///
    /// If there are too many files.
    pub fn file<S: TradeSection>(&mut self, name: Arc<str>) -> Result<u16, TooManyFiles> {
        self.0.files.add(name, S::KIND)
    }

    /// Notes a row that could not be read.
    pub fn unread(&mut self, error: BillError) {
        self.0.findings.push_unread(error);
    }

    /// All that happened was read.
    pub fn then_bookings(self) -> Bookings {
        Bookings(self.0)
    }
}

impl Bookings {
    /// Announces a file: the number that the places of its rows must have.
    ///
    /// # Errors
    ///
    /// If there are too many files.
    pub fn file<S: BookedSection>(&mut self, name: Arc<str>) -> Result<u16, TooManyFiles> {
        self.0.files.add(name, S::KIND)
    }

    /// Notes a row that could not be read.
    pub fn unread(&mut self, error: BillError) {
        self.0.findings.push_unread(error);
    }

    /// The end of the first pass.
    ///
    /// # Errors
    ///
    /// If a sum does not fit into 64 bits.
    pub fn close(self) -> Result<SecondLook, Overflow> {
        SecondLook::after(self.0)
    }
}

macro_rules! take {
    ($stage:ident: $($row:ident)*) => {$(
        impl<N: AsRef<[u8]>> Take<$row<N>> for $stage {
            #[inline]
            fn take(&mut self, row: &$row<N>) -> Result<(), Overflow> {
                self.0.take(row)
            }
        }
    )*};
}

take!(Reconciliation: TradeRow WithdrawalRow RebateRow DiamondRow);
take!(Bookings: FundRow FeeRow DeductionRow);

impl FirstPass {
    fn new(scope: Scope) -> Self {
        Self {
            keys: Keys::new(),
            files: Files::default(),
            totals: Totals::default(),
            matcher: Matcher::new(),
            orders: Orders::new(),
            withdrawable: Chain::new(scope.fund_order),
            fee_account: Chain::new(scope.fee_order),
            findings: Findings::new(scope.limit),
            words: BTreeMap::new(),
            scope,
        }
    }

    #[inline]
    fn claim(&mut self, row: &impl Claimant) -> Result<(), Overflow> {
        for claim in row.claims(&self.scope)?.iter().flatten() {
            self.matcher.meet(key_of(&self.keys, claim), claim);
        }
        match row.event(&self.scope) {
            Some((event, _)) => self.orders.enter(order_key(&self.keys, &event), &event),
            None => Ok(()),
        }
    }

    fn word(&mut self, place: RowPlace, what: &'static str, word: &str) {
        const MOST: usize = 100;
        let key = (place.file, what, Box::from(word));
        if self.words.len() < MOST || self.words.contains_key(&key) {
            self.words.entry(key).or_insert((0, place.line)).0 += 1;
        }
    }

    #[inline]
    fn state(&mut self, place: RowPlace, state: &State) {
        if let State::Other(word) = state {
            self.word(place, "state", word);
        }
    }

    fn break_of(
        &mut self,
        row: FoundRow,
        broken: super::chain::Break,
        balance: Fen,
        controls: &[(ControlTotal, i64)],
    ) -> Result<(), Overflow> {
        let finding = Finding::BrokenChain { row, expected: broken.expected, found: balance };
        let gap = broken.gap.0;
        let effects = controls.iter().map(|(control, sign)| (*control, sign * gap));
        let effects = if broken.in_window { effects.collect() } else { Vec::new() };
        self.findings.push(finding, effects)
    }
}

impl<N: AsRef<[u8]>> Take<TradeRow<N>> for FirstPass {
    #[inline]
    fn take(&mut self, row: &TradeRow<N>) -> Result<(), Overflow> {
        self.totals.add_trade(row, &self.scope.window)?;
        self.state(row.place, &row.state);
        match &row.kind {
            TradeKind::Refund(RefundTiming::Other(word)) => {
                self.word(row.place, "kind of refund", word);
            }
            TradeKind::Settlement(charges) => self.check_settlement(row, charges)?,
            TradeKind::Payment(Some(parts)) => self.check_parts(row, *parts)?,
            _ => {}
        }
        self.claim(row)
    }
}

impl FirstPass {
    fn check_settlement<N: AsRef<[u8]>>(
        &mut self,
        row: &TradeRow<N>,
        charges: &Charges,
    ) -> Result<(), Overflow> {
        let Some(finished) = row.finished.filter(|_| row.is_done()) else { return Ok(()) };
        let window = self.scope.window;
        if !window.contains(finished) {
            if window.contains(row.started) {
                let started = row.started;
                let row = self.trade_row(row);
                self.findings.note(Note::StillInTransit { row, started, finished });
            }
            return Ok(());
        }
        let Some(rates) = self.scope.rates else { return Ok(()) };
        let fees = [
            (FeeKind::SoftwareFee1, charges.software_fee_1, rates.software_fee_1),
            (FeeKind::SoftwareFee2, charges.software_fee_2, rates.software_fee_2),
        ];
        for (fee, found, rate) in fees {
            if !rate.makes(found, row.amount) {
                let expected = rate.fee(row.amount).ok_or(Overflow)?;
                let gap = found.checked_sub(expected).ok_or(Overflow)?;
                let finding = Finding::WrongFee { row: self.trade_row(row), fee, expected, found };
                let effects =
                    vec![(ControlTotal::TakeAwayFees, gap.0), (ControlTotal::Invoice, gap.0)];
                self.findings.push(finding, effects)?;
            }
        }
        Ok(())
    }

    fn check_parts<N: AsRef<[u8]>>(
        &mut self,
        row: &TradeRow<N>,
        parts: TakeAway,
    ) -> Result<(), Overflow> {
        let is_inside = row.finished.is_some_and(|finished| self.scope.window.contains(finished));
        let parts = parts.goods.checked_add(parts.delivery).ok_or(Overflow)?;
        if !row.is_done() || !is_inside || parts == row.amount {
            return Ok(());
        }
        let gap = row.amount.checked_sub(parts).ok_or(Overflow)?;
        let finding = Finding::PartsDiffer { row: self.trade_row(row), parts };
        self.findings.push(finding, vec![(ControlTotal::TakeAwayParts, gap.0)])
    }

    fn trade_row<N: AsRef<[u8]>>(&self, row: &TradeRow<N>) -> FoundRow {
        self.files.row(
            row.place,
            RecordNumber::new(row.platform_no.as_ref()),
            Worth::Fen(row.amount),
        )
    }
}

impl<N: AsRef<[u8]>> Take<FundRow<N>> for FirstPass {
    #[inline]
    fn take(&mut self, row: &FundRow<N>) -> Result<(), Overflow> {
        self.totals.add_fund(row, &self.scope.window)?;
        if let Movement::Other(word) = &row.movement {
            self.word(row.place, "kind of movement", word);
        }
        match (&row.account, row.balance) {
            (Account::Withdrawable, Some(balance)) => self.chain_fund(row, balance)?,
            (Account::Other(word), _) => self.word(row.place, "account", word),
            _ => {}
        }
        self.claim(row)
    }
}

impl FirstPass {
    #[inline]
    fn chain_fund<N: AsRef<[u8]>>(
        &mut self,
        row: &FundRow<N>,
        balance: Fen,
    ) -> Result<(), Overflow> {
        let in_window = self.scope.window.contains(row.moved);
        let link = Link { balance, change: row.change(), in_window };
        let Some(broken) = self.withdrawable.add(link)? else { return Ok(()) };
        let shown = self.files.row(
            row.place,
            RecordNumber::new(row.trade_no.as_ref()),
            Worth::Fen(row.amount),
        );
        let controls = [(ControlTotal::BalanceChain, -1)];
        self.break_of(shown, broken, balance, &controls)
    }
}

impl<N: AsRef<[u8]>> Take<FeeRow<N>> for FirstPass {
    fn take(&mut self, row: &FeeRow<N>) -> Result<(), Overflow> {
        self.totals.add_fee(row, &self.scope.window)?;
        if let FeeMovement::Other(word) = &row.movement {
            self.word(row.place, "kind of movement", word);
        }
        let in_window = self.scope.window.contains(row.moved);
        let change = row.direction.sign(row.amount);
        let link = Link { balance: row.balance, change, in_window };
        if let Some(broken) = self.fee_account.add(link)? {
            let shown = self.files.row(
                row.place,
                RecordNumber::new(row.trade_no.as_ref()),
                Worth::Fen(row.amount),
            );
            self.break_of(shown, broken, row.balance, &[(ControlTotal::FeeChain, -1)])?;
        }
        self.claim(row)
    }
}

impl<N: AsRef<[u8]>> Take<WithdrawalRow<N>> for FirstPass {
    fn take(&mut self, row: &WithdrawalRow<N>) -> Result<(), Overflow> {
        self.totals.add_withdrawal(row, &self.scope.window)?;
        self.state(row.place, &row.state);
        self.claim(row)
    }
}

impl<N: AsRef<[u8]>> Take<RebateRow<N>> for FirstPass {
    fn take(&mut self, row: &RebateRow<N>) -> Result<(), Overflow> {
        self.totals.add_rebate(row, &self.scope.window)?;
        if let RebateKind::Other(word) = &row.kind {
            self.word(row.place, "kind of rebate", word);
        }
        let last = figures::confirmation(row.pushed).ok_or(Overflow)?;
        let confirmed = row.confirmed.unwrap_or(last);
        let shown = || {
            self.files.row(
                row.place,
                RecordNumber::new(row.bill_no.as_ref()),
                Worth::Fen(row.amount),
            )
        };
        if confirmed > last {
            let finding =
                Finding::LateConfirmation { row: shown(), expected: last, found: confirmed };
            return self.findings.push(finding, Vec::new());
        }
        let Some(found) = row.paid else { return Ok(()) };
        let expected = figures::payout(confirmed).ok_or(Overflow)?;
        // What is confirmed on the very day may have missed it.
        let next = expected.tomorrow().ok().and_then(figures::payout);
        if found == expected || (confirmed == expected && Some(found) == next) {
            return Ok(());
        }
        self.findings.push(Finding::PayoutDate { row: shown(), expected, found }, Vec::new())
    }
}

impl<N: AsRef<[u8]>> Take<DiamondRow<N>> for FirstPass {
    fn take(&mut self, row: &DiamondRow<N>) -> Result<(), Overflow> {
        self.totals.add_diamond(row, &self.scope.diamond_window)?;
        self.state(row.place, &row.state);
        if let DiamondKind::Other(word) = &row.kind {
            self.word(row.place, "kind of order in diamonds", word);
        }
        self.claim(row)
    }
}

impl<N: AsRef<[u8]>> Take<DeductionRow<N>> for FirstPass {
    fn take(&mut self, row: &DeductionRow<N>) -> Result<(), Overflow> {
        self.totals.add_deduction(row, &self.scope.diamond_window)?;
        self.claim(row)
    }
}
