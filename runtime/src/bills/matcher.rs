//! Rows that wait for their partners: 32 bytes each, until they meet.

use std::collections::hash_map::Entry;

use super::claim::{Claim, Timing};
use super::finding::{Pairing, Side};
use super::key::{Key, Keys, Shards};
use super::row::Place;

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

    pub(super) fn place(self) -> Place {
        Place { file: self.file, line: self.line }
    }

    pub(super) fn side(self) -> Side {
        if self.tags & TRADE != 0 { Side::Trade } else { Side::Booked }
    }

    pub(super) fn in_window(self) -> bool {
        self.tags & IN_WINDOW != 0
    }

    pub(super) fn timing(self) -> Timing {
        match self.tags & (BEFORE | AFTER) {
            BEFORE => Timing::Before,
            AFTER => Timing::After,
            _ => Timing::Unknown,
        }
    }
}

/// What comes of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    /// Nobody was there; it waits.
    None,
    /// Its partner was there.
    Pair(Held),
    /// The same was there already, and waits on.
    Again(Held),
    /// The same was there the other way round: money that came back. Neither waits.
    Undone(Held),
}

/// All that wait.
#[derive(Debug, Clone)]
pub(super) struct Matcher {
    held: Shards<Held>,
}

impl Matcher {
    pub(super) fn new() -> Self {
        Self { held: Shards::new() }
    }

    #[inline]
    pub(super) fn meet(&mut self, key: Key, claim: &Claim<'_>) -> Meeting {
        let entry = match self.held.of(key).entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(Held::new(claim));
                return Meeting::None;
            }
            Entry::Occupied(entry) => entry,
        };
        let held = *entry.get();
        if held.side() != claim.side {
            entry.remove();
            return Meeting::Pair(held);
        }
        if claim.amount != 0 && held.amount.checked_add(claim.amount) == Some(0) {
            entry.remove();
            return Meeting::Undone(held);
        }
        Meeting::Again(held)
    }

    pub(super) fn into_held(self) -> impl Iterator<Item = (Key, Held)> {
        self.held.into_entries()
    }
}

/// The key of a claim. A row without a number is like no other.
#[inline]
pub(super) fn key_of(keys: &Keys, claim: &Claim<'_>) -> Key {
    if claim.number.is_empty() {
        let Place { file, line } = claim.place;
        let place = (u64::from(file) << 32) | u64::from(line);
        return keys.key(u8::MAX - claim.pairing as u8, &place.to_le_bytes());
    }
    keys.key(claim.pairing as u8, claim.number.as_bytes())
}
