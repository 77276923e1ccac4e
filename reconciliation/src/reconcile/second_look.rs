//! What is odd after the first pass, looked up in the files once more: numbers, repetitions, orders.

use std::collections::{BTreeMap, HashSet};
use std::mem;

use super::{Files, FirstPass, Take};
use crate::chain::Chain;
use crate::claim::{Claim, Claimant, OrderEvent, OrderEventKind, Timing, control, worth};
use crate::finding::*;
use crate::key::{Key, KeyMap, Keys};
use crate::matcher::{Held, Odd, key_of};
use crate::number::RecordNumber;
use crate::orders::{Ledger, order_key};
use crate::report::{ReconciliationReport, UnknownWord};
use crate::row::*;
use crate::scenario;
use crate::scope::{KnownOrders, Scope};
use crate::totals::{Overflow, Totals};
use generated_client::platform::Fen;

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
    effects: Vec<(ControlTotal, i64)>,
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
    scope: Scope,
    keys: Keys,
    files: Files,
    totals: Totals,
    withdrawable: Chain,
    fee_account: Chain,
    findings: Findings,
    words: BTreeMap<(u16, &'static str, Box<str>), (u64, u32)>,
    /// How many files were announced again.
    announced: usize,
    /// Of all that is reported, once they are found.
    numbers: KeyMap<RecordNumber>,
    leftovers: KeyMap<Leftover>,
    pairs: Vec<(Key, Held, Held)>,
    repeats: BTreeMap<RowPlace, Repeat>,
    /// The places of all repeats, also those beyond the limit.
    repeated: HashSet<RowPlace>,
    unknown: KeyMap<()>,
    overdrawn: KeyMap<Recount>,
    /// Where the first payment is.
    paid_twice: KeyMap<Option<FoundRow>>,
}

impl SecondLook {
    /// What the first pass left.
    pub(super) fn after(first: FirstPass) -> Result<Self, Overflow> {
        let odd_orders = first.orders.close()?;
        let (held, odd) = first.matcher.close();
        let unknown = match first.scope.orders {
            KnownOrders::Complete => odd_orders.unknown,
            KnownOrders::Partial => Vec::new(),
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
            scope: first.scope,
            keys: first.keys,
            files: first.files,
            totals: first.totals,
            withdrawable: first.withdrawable,
            fee_account: first.fee_account,
            findings: first.findings,
            words: first.words,
            announced: 0,
        };
        look.keep_odd(odd)?;
        look.keep_leftovers(held)?;
        Ok(look)
    }

    /// Announces a file again, in the order of the first pass: the number that it had. `None` if there were not so many.
    pub fn file(&mut self) -> Option<u16> {
        let number = u16::try_from(self.announced).ok();
        let number = number.filter(|_| self.announced < self.files.names.len())?;
        self.announced += 1;
        Some(number)
    }

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
        if self.pairs.len() < self.scope.limit {
            self.pairs.push((key, trade, booked));
            self.numbers.insert(key, RecordNumber::default());
        } else {
            self.findings.omitted += 1;
        }
        Ok(())
    }

    /// A settlement repeats with its fees; it is reported once.
    fn keep_repeat(&mut self, key: Key, first: Held, again: Held) -> Result<(), Overflow> {
        let effects = effect(again);
        self.findings.affect(&effects)?;
        let is_new = self.repeated.insert(again.place());
        if let Some(repeat) = self.repeats.get_mut(&again.place()) {
            repeat.effects.extend(effects);
        } else if self.repeats.len() < self.scope.limit {
            self.repeats.insert(again.place(), Repeat { key, first, again, effects });
            self.numbers.insert(key, RecordNumber::default());
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
        let more = left.len().saturating_sub(self.scope.limit);
        self.findings.omitted += more as u64;
        left.truncate(self.scope.limit);
        for (key, held) in left {
            self.numbers.insert(key, RecordNumber::default());
            self.leftovers.insert(key, Leftover { held, first: None });
        }
        Ok(())
    }

    fn look(&mut self, row: &impl Claimant) -> Result<(), Overflow> {
        let mut is_repeated = false;
        for claim in row.claims(&self.scope)?.iter().flatten() {
            is_repeated |= self.repeated.contains(&claim.place);
            if !self.numbers.is_empty() {
                self.look_at_claim(claim);
            }
        }
        match row.event(&self.scope) {
            Some((event, _)) if is_repeated => self.look_at_repeat(&event),
            Some((event, platform_no)) => self.look_at_order(&event, platform_no),
            None => Ok(()),
        }
    }

    fn look_at_claim(&mut self, claim: &Claim<'_>) {
        let key = key_of(&self.keys, claim);
        let Some(number) = self.numbers.get_mut(&key) else { return };
        if number.is_empty() {
            *number = RecordNumber::new(claim.number);
        }
        let Some(left) = self.leftovers.get_mut(&key) else { return };
        let is_before = claim.place < left.held.place();
        if is_before && left.held.side() == claim.side && left.first.is_none() {
            let amount = worth(claim.pairing, claim.amount);
            left.first = Some(self.files.row(claim.place, RecordNumber::new(claim.number), amount));
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
        let row =
            |number: &[u8]| self.files.row(event.place, RecordNumber::new(number), event.amount);
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
                let (row, order_no) = (row(platform_no), RecordNumber::new(event.order_no));
                self.findings.push(Finding::UnknownOrder { row, order_no }, Vec::new())?;
            }
            return Ok(());
        }
        match self.paid_twice.get_mut(&key) {
            Some(first @ None) => *first = Some(row(platform_no)),
            Some(first) if event.in_window => {
                let finding = Finding::Repeated { row: row(platform_no), first: first.clone() };
                let control = match event.amount {
                    Worth::Fen(_) => ControlTotal::InTransit,
                    Worth::Diamonds(_) => ControlTotal::DiamondsNet,
                };
                self.findings.push(finding, vec![(control, event.amount.number())])?;
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
    pub fn report(mut self) -> Result<ReconciliationReport, Overflow> {
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
        let mut left: Vec<(Key, Leftover)> = mem::take(&mut self.leftovers).into_iter().collect();
        left.sort_by_key(|(_, left)| left.held.rank());
        for (key, Leftover { held, first }) in left {
            let row = self.row(key, held);
            let finding = match first {
                Some(_) => Finding::Repeated { row, first },
                None => Finding::NoPartner { pairing: held.pairing, side: held.side(), row },
            };
            self.findings.list.push(Found { finding, effects: effect(held) });
        }
    }

    fn tell_pairs(&mut self) {
        for (key, trade, booked) in mem::take(&mut self.pairs) {
            let pairing = trade.pairing;
            let mut effects = [effect(trade), effect(booked)].concat();
            let (is_contrary, is_unequal) =
                (trade.is_contrary(booked), trade.amount != booked.amount);
            let after_settlement = trade.timing() == Timing::After;
            let (trade, booked) = (self.row(key, trade), self.row(key, booked));
            if is_unequal {
                let (trade, booked) = (trade.clone(), booked.clone());
                let finding = Finding::AmountsDiffer { pairing, trade, booked };
                self.findings.list.push(Found { finding, effects: mem::take(&mut effects) });
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
        for (_, Repeat { key, first, again, effects }) in mem::take(&mut self.repeats) {
            let (row, first) = (self.row(key, again), Some(self.row(key, first)));
            self.findings.list.push(Found { finding: Finding::Repeated { row, first }, effects });
        }
    }

    fn tell_overdrawn(&mut self) {
        for (_, Recount { ledger, payment }) in mem::take(&mut self.overdrawn) {
            let (Some((excess, by)), Some(payment)) = (ledger.excess(), payment) else { continue };
            let by = match payment.amount {
                Worth::Fen(_) => Worth::Fen(Fen(by)),
                Worth::Diamonds(_) => Worth::Diamonds(generated_client::platform::Diamonds(by)),
            };
            let finding = Finding::Overdrawn { payment, excess, by };
            self.findings.list.push(Found { finding, effects: Vec::new() });
        }
    }

    fn finish(mut self) -> Result<ReconciliationReport, Overflow> {
        let words = mem::take(&mut self.words).into_iter();
        let words = words.map(|((file, what, word), (count, line))| {
            let place = RowPlace { file, line };
            let file = self.files.row(place, RecordNumber::default(), Worth::Fen(Fen(0))).file;
            UnknownWord { file, line, what, word, count }
        });
        let unknown_words = words.collect();
        self.findings.list.sort_by(|one, other| one.finding.place().cmp(&other.finding.place()));
        let known = scenario::Known {
            totals: &self.totals,
            scope: &self.scope,
            kinds: &self.files.kinds,
            withdrawable: (self.withdrawable.opening, self.withdrawable.closing),
            fee_account: (self.fee_account.opening, self.fee_account.closing),
            findings: &self.findings,
        };
        let scenarios = scenario::scenarios(&known).ok_or(Overflow)?;
        Ok(ReconciliationReport {
            window: self.scope.window,
            diamond_window: self.scope.diamond_window,
            totals: self.totals,
            scenarios,
            unread: self.findings.unread,
            findings: self.findings.list,
            omitted: self.findings.omitted,
            notes: self.findings.notes,
            unknown_words,
        })
    }
}

/// What a row that waits adds to the sums of its control total.
fn effect(held: Held) -> Vec<(ControlTotal, i64)> {
    let control = control(held.pairing, held.timing()).filter(|_| held.in_window());
    let sign = if held.side() == Side::Trade { 1 } else { -1 };
    control.map(|control| (control, sign * held.amount)).into_iter().collect()
}

/// What a row takes out of what is in transit, and what it adds to the invoice.
fn taken(event: &OrderEvent<'_>) -> Vec<(ControlTotal, i64)> {
    let (Worth::Fen(amount), true) = (event.amount, event.in_window) else { return Vec::new() };
    let taken = (ControlTotal::InTransit, -amount.0);
    match event.kind {
        OrderEventKind::Settled => vec![taken, (ControlTotal::Invoice, event.fees.0)],
        OrderEventKind::RefundedBefore => vec![taken],
        _ => Vec::new(),
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
