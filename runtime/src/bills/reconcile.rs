//! Rows in, a report out: sums, chains and matching in one pass, and a second look at the files only if something is left.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::chain::{Chain, Link};
use super::claim::{Claim, Claimant, OrderEvent, OrderEventKind, Timing, identity, worth};
use super::error::BillError;
use super::finding::*;
use super::identities;
use super::key::{Key, KeyMap, Keys};
use super::mapping::RowOrder;
use super::matcher::{Held, Matcher, Odd, key_of};
use super::number::Number;
use super::orders::{Ledger, Orders, order_key};
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
/// and never by a partner that is there twice as well. Memory is 32 bytes for each row that waits, and for each order, and
/// what a vector and a hash map need beside to grow.
#[derive(Debug)]
pub struct Reconciliation {
    setup: Setup,
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
    pub fn new(setup: Setup) -> Self {
        Self {
            keys: Keys::new(),
            files: Files::default(),
            totals: Totals::default(),
            matcher: Matcher::new(),
            orders: Orders::new(),
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
        for claim in row.claims(&self.setup)?.iter().flatten() {
            self.matcher.meet(key_of(&self.keys, claim), claim);
        }
        match row.event(&self.setup) {
            Some((event, _)) => self.orders.enter(order_key(&self.keys, &event), &event),
            None => Ok(()),
        }
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
        let odd_orders = self.orders.close()?;
        let (held, odd) = self.matcher.close();
        let unknown = match self.setup.orders {
            KnownOrders::All => odd_orders.unknown,
            KnownOrders::Some => Vec::new(),
        };
        let twice = odd_orders.paid_twice.into_iter().map(|key| (key, None));
        let overdrawn = odd_orders.overdrawn.into_iter().map(|key| (key, Recount::default()));
        let mut look = SecondLook {
            numbers: KeyMap::default(),
            leftovers: KeyMap::default(),
            pairs: Vec::new(),
            repeats: BTreeMap::new(),
            repeated: HashSet::new(),
            unknown: unknown.into_iter().map(|key| (key, ())).collect(),
            overdrawn: overdrawn.collect(),
            paid_twice: twice.collect(),
            setup: self.setup,
            keys: self.keys,
            files: self.files,
            totals: self.totals,
            withdrawable: self.withdrawable,
            fee_account: self.fee_account,
            findings: self.findings,
            words: self.words,
        };
        look.keep_odd(odd)?;
        look.keep_leftovers(held)?;
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

impl<N: AsRef<[u8]>> Take<TradeRow<N>> for Reconciliation {
    #[inline]
    fn take(&mut self, row: &TradeRow<N>) -> Result<(), Overflow> {
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
    fn check_settlement<N: AsRef<[u8]>>(
        &mut self,
        row: &TradeRow<N>,
        charges: &Charges,
    ) -> Result<(), Overflow> {
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

    fn check_parts<N: AsRef<[u8]>>(
        &mut self,
        row: &TradeRow<N>,
        parts: TakeAway,
    ) -> Result<(), Overflow> {
        let is_inside = row.finished.is_some_and(|finished| self.setup.window.contains(finished));
        let parts = parts.goods.checked_add(parts.delivery).ok_or(Overflow)?;
        if !row.is_done() || !is_inside || parts == row.amount {
            return Ok(());
        }
        let gap = row.amount.checked_sub(parts).ok_or(Overflow)?;
        let finding = Finding::PartsDiffer { row: self.trade_row(row), parts };
        self.findings.push(finding, vec![(Identity::TakeAwayParts, gap.0)])
    }

    fn trade_row<N: AsRef<[u8]>>(&self, row: &TradeRow<N>) -> FoundRow {
        self.files.row(row.place, Number::new(row.platform_no.as_ref()), Worth::Fen(row.amount))
    }
}

impl<N: AsRef<[u8]>> Take<FundRow<N>> for Reconciliation {
    #[inline]
    fn take(&mut self, row: &FundRow<N>) -> Result<(), Overflow> {
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
    fn chain_fund<N: AsRef<[u8]>>(
        &mut self,
        row: &FundRow<N>,
        balance: Fen,
    ) -> Result<(), Overflow> {
        let in_window = self.setup.window.contains(row.moved);
        let link = Link { balance, change: row.change(), in_window };
        let Some(broken) = self.withdrawable.add(link)? else { return Ok(()) };
        let shown =
            self.files.row(row.place, Number::new(row.trade_no.as_ref()), Worth::Fen(row.amount));
        let identities = [(Identity::BalanceChain, -1)];
        self.break_of(shown, broken, balance, &identities)
    }
}

impl<N: AsRef<[u8]>> Take<FeeRow<N>> for Reconciliation {
    fn take(&mut self, row: &FeeRow<N>) -> Result<(), Overflow> {
        self.totals.add_fee(row, &self.setup.window)?;
        if let FeeMovement::Other(word) = &row.movement {
            self.word(row.place, "kind of movement", word);
        }
        let in_window = self.setup.window.contains(row.moved);
        let change = row.direction.sign(row.amount);
        let link = Link { balance: row.balance, change, in_window };
        if let Some(broken) = self.fee_account.add(link)? {
            let shown = self.files.row(
                row.place,
                Number::new(row.trade_no.as_ref()),
                Worth::Fen(row.amount),
            );
            self.break_of(shown, broken, row.balance, &[(Identity::FeeChain, -1)])?;
        }
        self.claim(row)
    }
}

impl<N: AsRef<[u8]>> Take<WithdrawalRow<N>> for Reconciliation {
    fn take(&mut self, row: &WithdrawalRow<N>) -> Result<(), Overflow> {
        self.totals.add_withdrawal(row, &self.setup.window)?;
        self.state(row.place, &row.state);
        self.claim(row)
    }
}

impl<N: AsRef<[u8]>> Take<RebateRow<N>> for Reconciliation {
    fn take(&mut self, row: &RebateRow<N>) -> Result<(), Overflow> {
        self.totals.add_rebate(row, &self.setup.window)?;
        if let RebateKind::Other(word) = &row.kind {
            self.word(row.place, "kind of rebate", word);
        }
        let last = identities::confirmation(row.pushed).ok_or(Overflow)?;
        let confirmed = row.confirmed.unwrap_or(last);
        let shown =
            || self.files.row(row.place, Number::new(row.bill_no.as_ref()), Worth::Fen(row.amount));
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

impl<N: AsRef<[u8]>> Take<DiamondRow<N>> for Reconciliation {
    fn take(&mut self, row: &DiamondRow<N>) -> Result<(), Overflow> {
        self.totals.add_diamond(row, &self.setup.diamond_window)?;
        self.state(row.place, &row.state);
        if let DiamondKind::Other(word) = &row.kind {
            self.word(row.place, "kind of order in diamonds", word);
        }
        self.claim(row)
    }
}

impl<N: AsRef<[u8]>> Take<DeductionRow<N>> for Reconciliation {
    fn take(&mut self, row: &DeductionRow<N>) -> Result<(), Overflow> {
        self.totals.add_deduction(row, &self.setup.diamond_window)?;
        self.claim(row)
    }
}

/// A row that waits still, and the row that it repeats, if it repeats one.
#[derive(Debug)]
struct Leftover {
    held: Held,
    first: Option<FoundRow>,
}

/// A row that was there before, while that was waiting.
#[derive(Debug)]
struct Repeat {
    key: Key,
    first: Held,
    again: Held,
    effects: Vec<(Identity, i64)>,
}

/// An order of which too much seems to have been taken, counted again without rows that are there twice.
#[derive(Debug, Default)]
struct Recount {
    ledger: Ledger,
    payment: Option<FoundRow>,
}

/// The second pass over the files, in the same order and with the same numbers: it finds the numbers of what is odd, which
/// of it repeats a row that had met its partner, and whose order it is. Not needed if nothing is.
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
    /// Of all that is told of, once they are found.
    numbers: KeyMap<Number>,
    leftovers: KeyMap<Leftover>,
    pairs: Vec<(Key, Held, Held)>,
    repeats: BTreeMap<Place, Repeat>,
    /// The places of all repeats, also those beyond the limit.
    repeated: HashSet<Place>,
    unknown: KeyMap<()>,
    overdrawn: KeyMap<Recount>,
    /// Where the first payment is.
    paid_twice: KeyMap<Option<FoundRow>>,
}

impl SecondLook {
    /// Whether there is anything to look for. If not, the files need not be read again.
    pub fn is_needed(&self) -> bool {
        !(self.numbers.is_empty()
            && self.repeated.is_empty()
            && self.unknown.is_empty()
            && self.overdrawn.is_empty()
            && self.paid_twice.is_empty())
    }

    /// Keeps the first of what is odd, and the effects of all of it.
    fn keep_odd(&mut self, mut odd: Vec<(Key, Odd)>) -> Result<(), Overflow> {
        odd.sort_by_key(|(_, odd)| match odd {
            Odd::Pair { trade, .. } => trade.rank(),
            Odd::Again { again, .. } => again.rank(),
            Odd::Undone([first, _]) => first.rank(),
        });
        for (key, odd) in odd {
            match odd {
                Odd::Undone([first, back]) => {
                    self.findings.affect(&[effect(first), effect(back)].concat())?;
                }
                Odd::Pair { trade, booked } => self.keep_pair(key, trade, booked)?,
                Odd::Again { first, again } if again.in_window() => {
                    self.keep_repeat(key, first, again)?;
                }
                Odd::Again { .. } => {}
            }
        }
        Ok(())
    }

    fn keep_pair(&mut self, key: Key, trade: Held, booked: Held) -> Result<(), Overflow> {
        self.findings.affect(&[effect(trade), effect(booked)].concat())?;
        if self.pairs.len() < self.setup.limit {
            self.pairs.push((key, trade, booked));
            self.numbers.insert(key, Number::default());
        } else {
            self.findings.omitted += 1;
        }
        Ok(())
    }

    /// A settlement repeats with its fees; it is told of once.
    fn keep_repeat(&mut self, key: Key, first: Held, again: Held) -> Result<(), Overflow> {
        let effects = effect(again);
        self.findings.affect(&effects)?;
        let is_new = self.repeated.insert(again.place());
        if let Some(repeat) = self.repeats.get_mut(&again.place()) {
            repeat.effects.extend(effects);
        } else if self.repeats.len() < self.setup.limit {
            self.repeats.insert(again.place(), Repeat { key, first, again, effects });
            self.numbers.insert(key, Number::default());
        } else if is_new {
            self.findings.omitted += 1;
        }
        Ok(())
    }

    /// Keeps the first of what is left, and the effects of all of it.
    fn keep_leftovers(&mut self, held: impl Iterator<Item = (Key, Held)>) -> Result<(), Overflow> {
        let mut left: Vec<(Key, Held)> = Vec::new();
        for (key, held) in held {
            if held.in_window() && self.files.has_both(held.pairing) {
                self.findings.affect(&effect(held))?;
                left.push((key, held));
            }
        }
        left.sort_by_key(|(_, held)| held.rank());
        let more = left.len().saturating_sub(self.setup.limit);
        self.findings.omitted += more as u64;
        left.truncate(self.setup.limit);
        for (key, held) in left {
            self.numbers.insert(key, Number::default());
            self.leftovers.insert(key, Leftover { held, first: None });
        }
        Ok(())
    }

    fn look(&mut self, row: &impl Claimant) -> Result<(), Overflow> {
        let mut is_repeated = false;
        for claim in row.claims(&self.setup)?.iter().flatten() {
            is_repeated |= self.repeated.contains(&claim.place);
            if !self.numbers.is_empty() {
                self.look_at_claim(claim);
            }
        }
        match row.event(&self.setup) {
            Some((event, _)) if is_repeated => self.look_at_repeat(&event),
            Some((event, platform_no)) => self.look_at_order(&event, platform_no),
            None => Ok(()),
        }
    }

    fn look_at_claim(&mut self, claim: &Claim<'_>) {
        let key = key_of(&self.keys, claim);
        let Some(number) = self.numbers.get_mut(&key) else { return };
        if number.is_empty() {
            *number = Number::new(claim.number);
        }
        let Some(left) = self.leftovers.get_mut(&key) else { return };
        let is_before = claim.place < left.held.place();
        if is_before && left.held.side() == claim.side && left.first.is_none() {
            let amount = worth(claim.pairing, claim.amount);
            left.first = Some(self.files.row(claim.place, Number::new(claim.number), amount));
        }
    }

    /// What it takes out of what is in transit is taken twice.
    fn look_at_repeat(&mut self, event: &OrderEvent<'_>) -> Result<(), Overflow> {
        let effects = taken(event);
        self.findings.affect(&effects)?;
        if let Some(repeat) = self.repeats.get_mut(&event.place) {
            repeat.effects.extend(effects);
        }
        Ok(())
    }

    fn look_at_order(
        &mut self,
        event: &OrderEvent<'_>,
        platform_no: &[u8],
    ) -> Result<(), Overflow> {
        let key = order_key(&self.keys, event);
        let row = |number: &[u8]| self.files.row(event.place, Number::new(number), event.amount);
        if let Some(recount) = self.overdrawn.get_mut(&key) {
            let is_payment = event.kind == OrderEventKind::Paid;
            if !(is_payment && recount.payment.is_some()) {
                recount.ledger.enter(event.kind, event.amount.number())?;
            }
            if is_payment && recount.payment.is_none() {
                recount.payment = Some(row(event.order_no));
            }
        }
        if event.kind != OrderEventKind::Paid {
            if event.in_window && self.unknown.contains_key(&key) {
                let (row, order_no) = (row(platform_no), Number::new(event.order_no));
                self.findings.push(Finding::UnknownOrder { row, order_no }, Vec::new())?;
            }
            return Ok(());
        }
        match self.paid_twice.get_mut(&key) {
            Some(first @ None) => *first = Some(row(platform_no)),
            Some(first) if event.in_window => {
                let finding = Finding::Repeated { row: row(platform_no), first: first.clone() };
                let identity = match event.amount {
                    Worth::Fen(_) => Identity::InTransit,
                    Worth::Diamonds(_) => Identity::DiamondsNet,
                };
                self.findings.push(finding, vec![(identity, event.amount.number())])?;
            }
            _ => {}
        }
        Ok(())
    }

    /// All that was found.
    ///
    /// # Errors
    ///
    /// If a sum does not fit into 64 bits.
    pub fn report(mut self) -> Result<Report, Overflow> {
        self.tell_leftovers();
        self.tell_pairs();
        self.tell_repeats();
        self.tell_overdrawn();
        self.finish()
    }

    fn row(&self, key: Key, held: Held) -> FoundRow {
        let number = self.numbers.get(&key).cloned().unwrap_or_default();
        self.files.row(held.place(), number, worth(held.pairing, held.amount))
    }

    fn tell_leftovers(&mut self) {
        for (key, Leftover { held, first }) in std::mem::take(&mut self.leftovers) {
            let row = self.row(key, held);
            let finding = match first {
                Some(_) => Finding::Repeated { row, first },
                None => Finding::NoPartner { pairing: held.pairing, side: held.side(), row },
            };
            self.findings.list.push(Found { finding, effects: effect(held) });
        }
    }

    fn tell_pairs(&mut self) {
        for (key, trade, booked) in std::mem::take(&mut self.pairs) {
            let pairing = trade.pairing;
            let mut effects = [effect(trade), effect(booked)].concat();
            let (is_contrary, is_unequal) =
                (trade.is_contrary(booked), trade.amount != booked.amount);
            let after_settlement = trade.timing() == Timing::After;
            let (trade, booked) = (self.row(key, trade), self.row(key, booked));
            if is_unequal {
                let (trade, booked) = (trade.clone(), booked.clone());
                let finding = Finding::AmountsDiffer { pairing, trade, booked };
                self.findings.list.push(Found { finding, effects: std::mem::take(&mut effects) });
            }
            if is_contrary {
                let finding = Finding::WrongAccount { trade, booked, after_settlement };
                self.findings.list.push(Found { finding, effects });
            } else if !is_unequal {
                self.findings.note(Note::Straddling { pairing, trade, booked });
            }
        }
    }

    fn tell_repeats(&mut self) {
        for (_, Repeat { key, first, again, effects }) in std::mem::take(&mut self.repeats) {
            let (row, first) = (self.row(key, again), Some(self.row(key, first)));
            self.findings.list.push(Found { finding: Finding::Repeated { row, first }, effects });
        }
    }

    fn tell_overdrawn(&mut self) {
        for (_, Recount { ledger, payment }) in std::mem::take(&mut self.overdrawn) {
            let (Some((excess, by)), Some(payment)) = (ledger.excess(), payment) else { continue };
            let by = match payment.amount {
                Worth::Fen(_) => Worth::Fen(Fen(by)),
                Worth::Diamonds(_) => Worth::Diamonds(crate::Diamonds(by)),
            };
            let finding = Finding::Overdrawn { payment, excess, by };
            self.findings.list.push(Found { finding, effects: Vec::new() });
        }
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
        impl<N: AsRef<[u8]>> Take<$row<N>> for SecondLook {
            fn take(&mut self, row: &$row<N>) -> Result<(), Overflow> {
                self.look(row)
            }
        }
    )*};
}

look!(TradeRow FundRow WithdrawalRow FeeRow RebateRow DiamondRow DeductionRow);
