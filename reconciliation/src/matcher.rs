//! Rows that wait for their partners: 32 bytes each, until they meet.
//!
//! Waiting rows, 32 bytes each, are gathered in shards by a 128-bit hash of the document's key. The rows of a shard
//! are sorted and matched once bookings have grown it by half, because to look up each of them in one large map is to
//! wait for memory each time. What is left at the end is looked up in the files once more, which tells a repeated row
//! from a missing one. What happened is read before what was booked (`Reconciliation`, then `Bookings`). What is
//! computed per row (the fees of a settlement, a fee by its rate) is integers, for speed, and tests compare it with
//! the generated rules.

use super::claim::{Claim, Timing};
use super::finding::{Pairing, Side};
use super::key::{BATCH, Key, Keys, Shards};
use super::row::RowPlace;

/// A claim without its number: 16 bytes beside the key's 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) amount: i64,
    line: u32,
    file: u16,
    pub(super) pairing: Pairing,
    tags: u8,
}

const TRADE: u8 = 1;
const IN_WINDOW: u8 = 2;
const BEFORE: u8 = 4;
const AFTER: u8 = 8;

const _: () = assert!(size_of::<(Key, Held)>() == 32);

impl Held {
    pub(super) fn new(claim: &Claim<'_>) -> Self {
        let timing = match claim.timing {
            Timing::Unknown => 0,
            Timing::Before => BEFORE,
            Timing::After => AFTER,
        };
        let side = if claim.side == Side::Trade { TRADE } else { 0 };
        let window = if claim.in_window { IN_WINDOW } else { 0 };
        Self {
            amount: claim.amount,
            line: claim.place.line,
            file: claim.place.file,
            pairing: claim.pairing,
            tags: timing | side | window,
        }
    }

    pub(super) fn place(self) -> RowPlace {
        RowPlace { file: self.file, line: self.line }
    }

    /// Where it comes among others: by its place, and of one row the settlement before its fees.
    pub(super) fn rank(self) -> (RowPlace, Pairing) {
        (self.place(), self.pairing)
    }

    pub(super) fn side(self) -> Side {
        if self.tags & TRADE != 0 { Side::Trade } else { Side::Booked }
    }

    pub(super) fn in_window(self) -> bool {
        self.tags & IN_WINDOW != 0
    }

    /// Whether a refund was taken from the account that it does not belong to.
    pub(super) fn is_contrary(self, other: Self) -> bool {
        (self.tags | other.tags) & (BEFORE | AFTER) == BEFORE | AFTER
    }

    pub(super) fn timing(self) -> Timing {
        match self.tags & (BEFORE | AFTER) {
            BEFORE => Timing::Before,
            AFTER => Timing::After,
            _ => Timing::Unknown,
        }
    }
}

/// What comes of a claim that does not simply wait, or meet its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Odd {
    /// A pair that differs in amount or account, or of which one side is outside the window.
    Pair {
        /// What happened.
        trade: Held,
        /// What was booked.
        booked: Held,
    },
    /// The same was there already, and waits on.
    Again {
        /// What was there.
        first: Held,
        /// What came.
        again: Held,
    },
    /// The same was there the other way round: money that came back. Neither waits.
    Undone([Held; 2]),
}

/// All that wait.
#[derive(Debug, Clone)]
pub(super) struct Matcher {
    shards: Shards<Waiting>,
    odd: Vec<(Key, Odd)>,
}

impl Matcher {
    pub(super) fn new() -> Self {
        Self { shards: Shards::new(), odd: Vec::new() }
    }

    /// What happened waits until something is booked.
    #[inline]
    pub(super) fn meet(&mut self, key: Key, claim: &Claim<'_>) {
        let waiting = self.shards.of(key);
        waiting.claims.push((key, Held::new(claim)));
        if claim.side == Side::Booked && waiting.claims.len() >= waiting.most {
            waiting.meet(&mut self.odd);
        }
    }

    /// What waits still, and what is odd.
    pub(super) fn close(self) -> (impl Iterator<Item = (Key, Held)>, Vec<(Key, Odd)>) {
        let Self { shards, mut odd } = self;
        let mut shards: Vec<Waiting> = shards.into_iter().collect();
        shards.iter_mut().for_each(|waiting| waiting.meet(&mut odd));
        (shards.into_iter().flat_map(|waiting| waiting.claims), odd)
    }
}

/// Claims of a shard, some of which may have met their partners already.
#[derive(Debug, Clone)]
struct Waiting {
    claims: Vec<(Key, Held)>,
    /// So many that it is time to let them meet: half as many again as are known to wait.
    most: usize,
}

impl Default for Waiting {
    fn default() -> Self {
        Self { claims: Vec::new(), most: BATCH }
    }
}

impl Waiting {
    /// Brings claims of one key beside each other, in the order in which they came, and keeps what waits on.
    fn meet(&mut self, odd: &mut Vec<(Key, Odd)>) {
        // What was kept is sorted, which a stable sort takes over as a whole.
        self.claims.sort_by_key(|(key, _)| *key);
        let mut kept = 0;
        for at in 0..self.claims.len() {
            let (key, claim) = self.claims[at];
            match self.claims[..kept].last() {
                Some((before, first)) if *before == key => {
                    let met = meet(*first, claim);
                    kept -= usize::from(!matches!(met, Some(Odd::Again { .. })));
                    odd.extend(met.map(|odd| (key, odd)));
                }
                _ => {
                    self.claims[kept] = (key, claim);
                    kept += 1;
                }
            }
        }
        self.claims.truncate(kept);
        self.most = BATCH.max(kept + kept / 2);
        self.claims.shrink_to(self.most);
    }
}

/// What is odd about two claims of one key. Unless the second is only a repetition, neither waits on.
#[inline]
fn meet(first: Held, claim: Held) -> Option<Odd> {
    if first.side() != claim.side() {
        let is_trade = claim.side() == Side::Trade;
        let (trade, booked) = if is_trade { (claim, first) } else { (first, claim) };
        return is_odd(trade, booked).then_some(Odd::Pair { trade, booked });
    }
    if claim.amount != 0 && first.amount.checked_add(claim.amount) == Some(0) {
        return Some(Odd::Undone([first, claim]));
    }
    Some(Odd::Again { first, again: claim })
}

#[inline]
fn is_odd(trade: Held, booked: Held) -> bool {
    let is_alike = trade.amount == booked.amount
        && trade.in_window() == booked.in_window()
        && !trade.is_contrary(booked);
    !is_alike && (trade.in_window() || booked.in_window())
}

/// The key of a claim. A row without a number is like no other.
#[inline]
pub(super) fn key_of(keys: &Keys, claim: &Claim<'_>) -> Key {
    if claim.number.is_empty() {
        let RowPlace { file, line } = claim.place;
        let place = (u64::from(file) << 32) | u64::from(line);
        return keys.key(u8::MAX - claim.pairing as u8, &place.to_le_bytes());
    }
    keys.key(claim.pairing as u8, claim.number)
}
