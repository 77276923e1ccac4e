//! Rows in, a report out: sums, chains and matching in one pass, and a second look at the files only if something is left.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::chain::{Chain, Link};
use super::claim::{Claim, Claimant, OrderEvent, OrderEventKind, Timing, identity, worth};
use super::error::BillError;
use super::finding::*;
use super::identities;
use super::key::{Key, KeyMap, Keys};
use super::mapping::RowOrder;
use super::matcher::{Held, Matcher, Meeting, key_of};
use super::number::Number;
use super::orders::{Entered, Ledger, Orders, order_key};
use super::report::{Report, UnknownWord};
use super::row::*;
use super::totals::{Overflow, Totals};
use super::window::Window;
use crate::Fen;

/// What is reconciled, and what else is known.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The time.
    pub window: Window,
    /// The time for diamonds, whose month is another.
    pub diamond_window: Window,
    /// Which account fees are taken from.
    pub fees: FeesFrom,
    /// Whether the bills have all payments whose refunds and settlements they have.
    pub orders: KnownOrders,
    /// How the rows of fund flow are sorted; `reconcile_files` takes it from the mapping.
    pub fund_order: RowOrder,
    /// How the rows of the account for fees are sorted; `reconcile_files` takes it from the mapping.
    pub fee_order: RowOrder,
    /// What was in transit before the window.
    pub opening_in_transit: Fen,
    /// What the console shows at the end of the window.
    pub stated: Stated,
    /// The rates of the fees, if all settlements have the same.
    pub rates: Option<FeeRates>,
    /// So many findings are kept whole; of more only the sums.
    pub limit: usize,
}

/// Which account the fees of settlements are taken from. Source: `reconciliation`, accounts and part 二.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeesFrom {
    /// Off the settlement, before it comes into the account: there is no account for fees (未开通手续费账户).
    Splits,
    /// From the account for fees (已开通手续费账户).
    FeeAccount,
}

/// Whether an order without payment is a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownOrders {
    /// The bills have all payments, also those from before the window that are refunded or settled in it.
    All,
    /// Some may have been paid before the first bill.
    Some,
}

/// Figures that the console shows, to compare with. What is `None` is not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stated {
    /// 总资金.
    pub total: Option<Fen>,
    /// 可提现总资金.
    pub withdrawable: Option<Fen>,
    /// 在途总资金.
    pub in_transit: Option<Fen>,
    /// 冻结总资金.
    pub frozen: Option<Fen>,
    /// 手续费账户余额; only with the account for fees.
    pub fee_account: Option<Fen>,
    /// 退款备用金账户余额; only if there is one.
    pub refund_reserve: Option<Fen>,
    /// 可开票金额.
    pub invoice: Option<Fen>,
    /// 充值手续费, which goes into the invoice.
    pub top_up_fees: Fen,
    /// 其他: what of the month before was less than zero, as an amount to take off.
    pub carried: Fen,
    /// The net diamonds of the monthly statement.
    pub diamonds_net: Option<crate::Diamonds>,
}

/// Rates in hundredths of a per cent. Source: `reconciliation`, scenario 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeRates {
    /// Of software fee 1.
    pub software_fee_1: u16,
    /// Of software fee 2.
    pub software_fee_2: u16,
}

impl FeeRates {
    /// Of take-away mini-apps: 2.5 %, of which 0.6 % are for the payment. The document calls them examples.
    pub const TAKE_AWAY: Self = Self { software_fee_1: 60, software_fee_2: 190 };
}

impl Setup {
    /// A window with nothing else known: fees off the settlements, all orders known, rows sorted from the oldest.
    pub fn new(window: Window, diamond_window: Window) -> Self {
        Self {
            window,
            diamond_window,
            fees: FeesFrom::Splits,
            orders: KnownOrders::All,
            fund_order: RowOrder::OldestFirst,
            fee_order: RowOrder::OldestFirst,
            opening_in_transit: Fen(0),
            stated: Stated::default(),
            rates: None,
            limit: 10_000,
        }
    }
}

/// The kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BillKind {
    /// Payments.
    Payments,
    /// Refunds.
    Refunds,
    /// Settlements.
    Settlements,
    /// Settlements taken back.
    Returns,
    /// Fund flow.
    Funds,
    /// Withdrawals.
    Withdrawals,
    /// The account for fees.
    Fees,
    /// Rebates.
    Rebates,
    /// Orders in diamonds.
    Diamonds,
    /// What the statement on diamonds took off.
    Deductions,
}

/// Takes rows of a kind, one after the other.
pub trait Take<R> {
    /// Takes one.
    ///
    /// # Errors
    ///
    /// If a sum does not fit into 64 bits.
    fn take(&mut self, row: &R) -> Result<(), Overflow>;
}

/// The files by number.
#[derive(Debug, Clone, Default)]
struct Files {
    names: Vec<Arc<str>>,
    kinds: BTreeSet<BillKind>,
}

impl Files {
    fn row(&self, place: Place, number: Number, amount: Worth) -> FoundRow {
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

/// The first pass over the files.
///
/// Read all bills of trade before what was booked: a row that is there twice is then met by its repetition while it waits,
/// and never by a partner that is there twice as well. Memory is 32 bytes, and what a hash map needs beside, for each order
/// and for each row that waits.
#[derive(Debug)]
pub struct Reconciliation {
    setup: Setup,
    keys: Keys,
    files: Files,
    totals: Totals,
    matcher: Matcher,
    orders: Orders,
    paid_twice: KeyMap<PaidTwice>,
    withdrawable: Chain,
    fee_account: Chain,
    findings: Findings,
    words: BTreeMap<(u16, &'static str, Box<str>), (u64, u32)>,
}

/// A payment of an order that was paid before, and where that was, once it is found again.
#[derive(Debug)]
struct PaidTwice {
    row: FoundRow,
    first: Option<FoundRow>,
    effects: Vec<(Identity, i64)>,
}

impl Reconciliation {
    /// Nothing read yet.
    pub fn new(setup: Setup) -> Self {
        Self {
            keys: Keys::default(),
            files: Files::default(),
            totals: Totals::default(),
            matcher: Matcher::new(),
            orders: Orders::new(),
            paid_twice: KeyMap::default(),
            withdrawable: Chain::new(setup.fund_order),
            fee_account: Chain::new(setup.fee_order),
            findings: Findings::new(setup.limit),
            words: BTreeMap::new(),
            setup,
        }
    }

    /// Announces a file: the number that the places of its rows must have.
    pub fn file(&mut self, name: Arc<str>, kind: BillKind) -> u16 {
        let number = u16::try_from(self.files.names.len()).unwrap_or(u16::MAX);
        self.files.names.push(name);
        self.files.kinds.insert(kind);
        number
    }

    /// Notes a row that could not be read.
    ///
    /// # Errors
    ///
    /// None in practice: it adds to no sum.
    pub fn unread(&mut self, error: BillError) -> Result<(), Overflow> {
        self.findings.push(Finding::Unread(error), Vec::new())
    }

    #[inline]
    fn claim(&mut self, row: &impl Claimant) -> Result<(), Overflow> {
        let mut is_repeated = false;
        for claim in row.claims(&self.setup)?.iter().flatten() {
            let key = key_of(&self.keys, claim);
            match self.matcher.meet(key, claim) {
                Meeting::None => {}
                Meeting::Pair(held) => self.pair(claim, held)?,
                Meeting::Again(held) => {
                    // Its fees repeat with it; one finding is enough.
                    let finding = self.again(claim, held);
                    let mut effects = effect(Held::new(claim));
                    if is_repeated || !claim.in_window {
                        self.findings.affect(&effects)?;
                    } else {
                        if let Some((event, _)) = row.event(&self.setup) {
                            effects.extend(taken(&event));
                        }
                        self.findings.push(finding, effects)?;
                    }
                    is_repeated = true;
                }
                Meeting::Undone(held) => {
                    let effects = [effect(held), effect(Held::new(claim))].concat();
                    self.findings.affect(&effects)?;
                }
            }
        }
        match row.event(&self.setup) {
            Some((event, platform_no)) if !is_repeated => self.enter(&event, platform_no),
            _ => Ok(()),
        }
    }

    #[inline]
    fn pair(&mut self, claim: &Claim<'_>, held: Held) -> Result<(), Overflow> {
        let new = Held::new(claim);
        let (trade, booked) = if claim.side == Side::Trade { (new, held) } else { (held, new) };
        let is_alike = trade.amount == booked.amount
            && trade.in_window() == booked.in_window()
            && !are_contrary(trade.timing(), booked.timing());
        let is_outside = !trade.in_window() && !booked.in_window();
        if is_alike || is_outside { Ok(()) } else { self.odd_pair(claim.number, trade, booked) }
    }

    #[cold]
    fn odd_pair(&mut self, number: &Number, trade: Held, booked: Held) -> Result<(), Overflow> {
        let pairing = trade.pairing;
        let effects = [effect(trade), effect(booked)].concat();
        let row =
            |held: Held| self.files.row(held.place(), number.clone(), worth(pairing, held.amount));
        let (shown, shown_booked) = (row(trade), row(booked));
        let is_wrong_account = are_contrary(trade.timing(), booked.timing());
        let is_different = trade.amount != booked.amount;
        if !is_wrong_account && !is_different {
            self.findings.affect(&effects)?;
            self.findings.note(Note::Straddling { pairing, trade: shown, booked: shown_booked });
            return Ok(());
        }
        if is_wrong_account {
            let after_settlement = trade.timing() == Timing::After;
            let (trade, booked) = (shown.clone(), shown_booked.clone());
            let finding = Finding::WrongAccount { trade, booked, after_settlement };
            let effects = if is_different { Vec::new() } else { effects.clone() };
            self.findings.push(finding, effects)?;
        }
        if is_different {
            let finding = Finding::AmountsDiffer { pairing, trade: shown, booked: shown_booked };
            self.findings.push(finding, effects)?;
        }
        Ok(())
    }

    #[cold]
    fn again(&self, claim: &Claim<'_>, held: Held) -> Finding {
        let row = |place, amount| {
            self.files.row(place, claim.number.clone(), worth(claim.pairing, amount))
        };
        let first = Some(row(held.place(), held.amount));
        Finding::Repeated { row: row(claim.place, claim.amount), first }
    }

    #[inline]
    fn enter(&mut self, event: &OrderEvent<'_>, platform_no: &Number) -> Result<(), Overflow> {
        let key = order_key(&self.keys, event);
        if self.orders.enter(key, event)? == Entered::Once || !event.in_window {
            return Ok(());
        }
        let row = self.files.row(event.place, platform_no.clone(), event.amount);
        let effects = match event.amount {
            Worth::Fen(amount) => vec![(Identity::InTransit, amount.0)],
            Worth::Diamonds(amount) => vec![(Identity::DiamondsNet, amount.0)],
        };
        if self.paid_twice.contains_key(&key) || self.paid_twice.len() >= self.setup.limit {
            return self.findings.push(Finding::Repeated { row, first: None }, effects);
        }
        // Where it was first is found by a second look.
        self.findings.affect(&effects)?;
        self.paid_twice.insert(key, PaidTwice { row, first: None, effects });
        Ok(())
    }

    fn word(&mut self, place: Place, what: &'static str, word: &str) {
        const MOST: usize = 100;
        let key = (place.file, what, Box::from(word));
        if self.words.len() < MOST || self.words.contains_key(&key) {
            self.words.entry(key).or_insert((0, place.line)).0 += 1;
        }
    }

    #[inline]
    fn state(&mut self, place: Place, state: &State) {
        if let State::Other(word) = state {
            self.word(place, "state", word);
        }
    }

    fn break_of(
        &mut self,
        row: FoundRow,
        broken: super::chain::Break,
        balance: Fen,
        identities: &[(Identity, i64)],
    ) -> Result<(), Overflow> {
        let finding = Finding::BrokenChain { row, expected: broken.expected, found: balance };
        let gap = broken.gap.0;
        let effects = identities.iter().map(|(identity, sign)| (*identity, sign * gap));
        let effects = if broken.in_window { effects.collect() } else { Vec::new() };
        self.findings.push(finding, effects)
    }

    /// The end of the first pass.
    ///
    /// # Errors
    ///
    /// If a sum does not fit into 64 bits.
    pub fn close(self) -> Result<SecondLook, Overflow> {
        let (overdrawn, unknown) = self.orders.close();
        let mut look = SecondLook {
            leftovers: KeyMap::default(),
            overdrawn: KeyMap::default(),
            unknown: match self.setup.orders {
                KnownOrders::All => unknown.map(|key| (key, ())).collect(),
                KnownOrders::Some => KeyMap::default(),
            },
            paid_twice: self.paid_twice,
            setup: self.setup,
            keys: self.keys,
            files: self.files,
            totals: self.totals,
            withdrawable: self.withdrawable,
            fee_account: self.fee_account,
            findings: self.findings,
            words: self.words,
        };
        look.keep_overdrawn(overdrawn);
        look.keep_leftovers(self.matcher)?;
        Ok(look)
    }
}

/// What a row that waits adds to the sums of its identity.
fn effect(held: Held) -> Vec<(Identity, i64)> {
    let identity = identity(held.pairing, held.timing()).filter(|_| held.in_window());
    let sign = if held.side() == Side::Trade { 1 } else { -1 };
    identity.map(|identity| (identity, sign * held.amount)).into_iter().collect()
}

/// What a row takes out of what is in transit, and what it adds to the invoice.
fn taken(event: &OrderEvent<'_>) -> Vec<(Identity, i64)> {
    let (Worth::Fen(amount), true) = (event.amount, event.in_window) else { return Vec::new() };
    let taken = (Identity::InTransit, -amount.0);
    match event.kind {
        OrderEventKind::Settled => vec![taken, (Identity::Invoice, event.fees.0)],
        OrderEventKind::RefundedBefore => vec![taken],
        _ => Vec::new(),
    }
}

fn are_contrary(one: Timing, other: Timing) -> bool {
    matches!((one, other), (Timing::Before, Timing::After) | (Timing::After, Timing::Before))
}

impl Take<TradeRow> for Reconciliation {
    #[inline]
    fn take(&mut self, row: &TradeRow) -> Result<(), Overflow> {
        self.totals.add_trade(row, &self.setup.window)?;
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

impl Reconciliation {
    fn check_settlement(&mut self, row: &TradeRow, charges: &Charges) -> Result<(), Overflow> {
        let Some(finished) = row.finished.filter(|_| row.is_done()) else { return Ok(()) };
        let window = self.setup.window;
        if !window.contains(finished) {
            if window.contains(row.started) {
                let started = row.started;
                let row = self.trade_row(row);
                self.findings.note(Note::StillInTransit { row, started, finished });
            }
            return Ok(());
        }
        let Some(rates) = self.setup.rates else { return Ok(()) };
        let fees = [
            (FeeKind::SoftwareFee1, charges.software_fee_1, rates.software_fee_1),
            (FeeKind::SoftwareFee2, charges.software_fee_2, rates.software_fee_2),
        ];
        for (fee, found, rate) in fees {
            if !identities::is_fee(found, row.amount, rate) {
                let expected = identities::fee(row.amount, rate).ok_or(Overflow)?;
                let gap = found.checked_sub(expected).ok_or(Overflow)?;
                let finding = Finding::WrongFee { row: self.trade_row(row), fee, expected, found };
                let effects = vec![(Identity::TakeAwayFees, gap.0), (Identity::Invoice, gap.0)];
                self.findings.push(finding, effects)?;
            }
        }
        Ok(())
    }

    fn check_parts(&mut self, row: &TradeRow, parts: TakeAway) -> Result<(), Overflow> {
        let is_inside = row.finished.is_some_and(|finished| self.setup.window.contains(finished));
        let parts = parts.goods.checked_add(parts.delivery).ok_or(Overflow)?;
        if !row.is_done() || !is_inside || parts == row.amount {
            return Ok(());
        }
        let gap = row.amount.checked_sub(parts).ok_or(Overflow)?;
        let finding = Finding::PartsDiffer { row: self.trade_row(row), parts };
        self.findings.push(finding, vec![(Identity::TakeAwayParts, gap.0)])
    }

    fn trade_row(&self, row: &TradeRow) -> FoundRow {
        self.files.row(row.place, row.platform_no.clone(), Worth::Fen(row.amount))
    }
}

impl Take<FundRow> for Reconciliation {
    #[inline]
    fn take(&mut self, row: &FundRow) -> Result<(), Overflow> {
        self.totals.add_fund(row, &self.setup.window)?;
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

impl Reconciliation {
    #[inline]
    fn chain_fund(&mut self, row: &FundRow, balance: Fen) -> Result<(), Overflow> {
        let in_window = self.setup.window.contains(row.moved);
        let link = Link { balance, change: row.change(), in_window };
        let Some(broken) = self.withdrawable.add(link)? else { return Ok(()) };
        let shown = self.files.row(row.place, row.trade_no.clone(), Worth::Fen(row.amount));
        let identities = [(Identity::BalanceChain, -1)];
        self.break_of(shown, broken, balance, &identities)
    }
}

impl Take<FeeRow> for Reconciliation {
    fn take(&mut self, row: &FeeRow) -> Result<(), Overflow> {
        self.totals.add_fee(row, &self.setup.window)?;
        if let FeeMovement::Other(word) = &row.movement {
            self.word(row.place, "kind of movement", word);
        }
        let in_window = self.setup.window.contains(row.moved);
        let change = row.direction.sign(row.amount);
        let link = Link { balance: row.balance, change, in_window };
        if let Some(broken) = self.fee_account.add(link)? {
            let shown = self.files.row(row.place, row.trade_no.clone(), Worth::Fen(row.amount));
            self.break_of(shown, broken, row.balance, &[(Identity::FeeChain, -1)])?;
        }
        self.claim(row)
    }
}

impl Take<WithdrawalRow> for Reconciliation {
    fn take(&mut self, row: &WithdrawalRow) -> Result<(), Overflow> {
        self.totals.add_withdrawal(row, &self.setup.window)?;
        self.state(row.place, &row.state);
        self.claim(row)
    }
}

impl Take<RebateRow> for Reconciliation {
    fn take(&mut self, row: &RebateRow) -> Result<(), Overflow> {
        self.totals.add_rebate(row, &self.setup.window)?;
        if let RebateKind::Other(word) = &row.kind {
            self.word(row.place, "kind of rebate", word);
        }
        let last = identities::confirmation(row.pushed).ok_or(Overflow)?;
        let confirmed = row.confirmed.unwrap_or(last);
        let shown = || self.files.row(row.place, row.bill_no.clone(), Worth::Fen(row.amount));
        if confirmed > last {
            let finding =
                Finding::LateConfirmation { row: shown(), expected: last, found: confirmed };
            return self.findings.push(finding, Vec::new());
        }
        let Some(found) = row.paid else { return Ok(()) };
        let expected = identities::payout(confirmed).ok_or(Overflow)?;
        // What is confirmed on the very day may have missed it.
        let next = expected.tomorrow().ok().and_then(identities::payout);
        if found == expected || (confirmed == expected && Some(found) == next) {
            return Ok(());
        }
        self.findings.push(Finding::PayoutDate { row: shown(), expected, found }, Vec::new())
    }
}

impl Take<DiamondRow> for Reconciliation {
    fn take(&mut self, row: &DiamondRow) -> Result<(), Overflow> {
        self.totals.add_diamond(row, &self.setup.diamond_window)?;
        self.state(row.place, &row.state);
        if let DiamondKind::Other(word) = &row.kind {
            self.word(row.place, "kind of order in diamonds", word);
        }
        self.claim(row)
    }
}

impl Take<DeductionRow> for Reconciliation {
    fn take(&mut self, row: &DeductionRow) -> Result<(), Overflow> {
        self.totals.add_deduction(row, &self.setup.diamond_window)?;
        self.claim(row)
    }
}

/// A row that waits still, and what a second look finds of it.
#[derive(Debug)]
struct Leftover {
    held: Held,
    number: Number,
    first: Option<FoundRow>,
}

/// The second pass over the files, in the same order and with the same numbers: it finds the numbers of what is left, and
/// which of it repeats a row that had met its partner.
#[derive(Debug)]
pub struct SecondLook {
    setup: Setup,
    keys: Keys,
    files: Files,
    totals: Totals,
    withdrawable: Chain,
    fee_account: Chain,
    findings: Findings,
    words: BTreeMap<(u16, &'static str, Box<str>), (u64, u32)>,
    leftovers: KeyMap<Leftover>,
    unknown: KeyMap<()>,
    overdrawn: KeyMap<(Ledger, Option<FoundRow>)>,
    paid_twice: KeyMap<PaidTwice>,
}

impl SecondLook {
    /// Whether there is anything to look for. If not, the files need not be read again.
    pub fn is_needed(&self) -> bool {
        !(self.leftovers.is_empty()
            && self.unknown.is_empty()
            && self.overdrawn.is_empty()
            && self.paid_twice.is_empty())
    }

    fn keep_overdrawn(&mut self, overdrawn: impl Iterator<Item = (Key, Ledger)>) {
        for (key, ledger) in overdrawn {
            if self.overdrawn.len() < self.setup.limit {
                self.overdrawn.insert(key, (ledger, None));
            } else {
                self.findings.omitted += 1;
            }
        }
    }

    /// Keeps the first of what is left, and the effects of all of it.
    fn keep_leftovers(&mut self, matcher: Matcher) -> Result<(), Overflow> {
        let mut left: Vec<(Key, Held)> = Vec::new();
        for (key, held) in matcher.into_held() {
            if held.in_window() && self.files.has_both(held.pairing) {
                self.findings.affect(&effect(held))?;
                left.push((key, held));
            }
        }
        left.sort_by_key(|(_, held)| held.place());
        let more = left.len().saturating_sub(self.setup.limit);
        self.findings.omitted += more as u64;
        left.truncate(self.setup.limit);
        let left = left
            .into_iter()
            .map(|(key, held)| (key, Leftover { held, number: Number::default(), first: None }));
        self.leftovers = left.collect();
        Ok(())
    }

    fn look(&mut self, row: &impl Claimant) -> Result<(), Overflow> {
        for claim in row.claims(&self.setup)?.iter().flatten() {
            if !self.leftovers.is_empty() {
                self.look_at_claim(claim);
            }
        }
        match row.event(&self.setup) {
            Some((event, platform_no)) => self.look_at_order(&event, platform_no),
            None => Ok(()),
        }
    }

    fn look_at_claim(&mut self, claim: &Claim<'_>) {
        let Some(left) = self.leftovers.get_mut(&key_of(&self.keys, claim)) else { return };
        let is_before = claim.place < left.held.place();
        if left.held.place() == claim.place {
            left.number = claim.number.clone();
        } else if is_before && left.held.side() == claim.side && left.first.is_none() {
            let amount = worth(claim.pairing, claim.amount);
            left.first = Some(self.files.row(claim.place, claim.number.clone(), amount));
        }
    }

    fn look_at_order(
        &mut self,
        event: &OrderEvent<'_>,
        platform_no: &Number,
    ) -> Result<(), Overflow> {
        let key = order_key(&self.keys, event);
        let row = |number: &Number| self.files.row(event.place, number.clone(), event.amount);
        if event.kind != OrderEventKind::Paid {
            if event.in_window && self.unknown.contains_key(&key) {
                let (row, order_no) = (row(platform_no), event.order_no.clone());
                self.findings.push(Finding::UnknownOrder { row, order_no }, Vec::new())?;
            }
            return Ok(());
        }
        if let Some((_, payment @ None)) = self.overdrawn.get_mut(&key) {
            *payment = Some(row(event.order_no));
        }
        if let Some(PaidTwice { first: first @ None, .. }) = self.paid_twice.get_mut(&key) {
            *first = Some(row(platform_no));
        }
        Ok(())
    }

    /// All that was found.
    ///
    /// # Errors
    ///
    /// If a sum does not fit into 64 bits.
    pub fn report(mut self) -> Result<Report, Overflow> {
        for (_, left) in std::mem::take(&mut self.leftovers) {
            let Leftover { held, number, first } = left;
            let row = self.files.row(held.place(), number, worth(held.pairing, held.amount));
            let finding = match first {
                Some(_) => Finding::Repeated { row, first },
                None => Finding::NoPartner { pairing: held.pairing, side: held.side(), row },
            };
            self.findings.list.push(Found { finding, effects: effect(held) });
        }
        for (_, PaidTwice { row, first, effects }) in std::mem::take(&mut self.paid_twice) {
            self.findings.list.push(Found { finding: Finding::Repeated { row, first }, effects });
        }
        for (_, (ledger, payment)) in std::mem::take(&mut self.overdrawn) {
            let (Some((excess, by)), Some(payment)) = (ledger.excess(), payment) else { continue };
            let by = match payment.amount {
                Worth::Fen(_) => Worth::Fen(Fen(by)),
                Worth::Diamonds(_) => Worth::Diamonds(crate::Diamonds(by)),
            };
            let finding = Finding::Overdrawn { payment, excess, by };
            self.findings.list.push(Found { finding, effects: Vec::new() });
        }
        self.finish()
    }

    fn finish(mut self) -> Result<Report, Overflow> {
        let words = std::mem::take(&mut self.words).into_iter();
        let words = words.map(|((file, what, word), (count, line))| {
            let place = Place { file, line };
            let file = self.files.row(place, Number::default(), Worth::Fen(Fen(0))).file;
            UnknownWord { file, line, what, word, count }
        });
        let unknown_words = words.collect();
        self.findings.list.sort_by(|one, other| one.finding.place().cmp(&other.finding.place()));
        let known = super::scenario::Known {
            totals: &self.totals,
            setup: &self.setup,
            kinds: &self.files.kinds,
            withdrawable: (self.withdrawable.opening, self.withdrawable.closing),
            fee_account: (self.fee_account.opening, self.fee_account.closing),
            findings: &self.findings,
        };
        let scenarios = super::scenario::scenarios(&known).ok_or(Overflow)?;
        Ok(Report {
            window: self.setup.window,
            diamond_window: self.setup.diamond_window,
            totals: self.totals,
            scenarios,
            findings: self.findings.list,
            omitted: self.findings.omitted,
            notes: self.findings.notes,
            unknown_words,
        })
    }
}

macro_rules! look {
    ($($row:ident)*) => {$(
        impl Take<$row> for SecondLook {
            fn take(&mut self, row: &$row) -> Result<(), Overflow> {
                self.look(row)
            }
        }
    )*};
}

look!(TradeRow FundRow WithdrawalRow FeeRow RebateRow DiamondRow DeductionRow);
