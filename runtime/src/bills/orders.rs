//! What was paid for each order, and what became of it: 32 bytes an order.

use std::collections::hash_map::Entry;

use super::claim::{OrderEvent, OrderEventKind};
use super::finding::{Excess, Worth};
use super::key::{Key, Keys, Shards};
use super::totals::Overflow;

/// What is left of an order: less than zero if more was taken than there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ledger {
    unsettled: i64,
    unrefunded: i64,
}

const _: () = assert!(size_of::<(Key, Ledger)>() == 32);

impl Ledger {
    fn apply(&mut self, kind: OrderEventKind, amount: i64) -> Result<(), Overflow> {
        let minus = amount.checked_neg().ok_or(Overflow)?;
        let (unsettled, unrefunded) = match kind {
            OrderEventKind::Paid => (amount, amount),
            OrderEventKind::RefundedBefore => (minus, minus),
            OrderEventKind::RefundedAfter => (0, minus),
            OrderEventKind::Settled => (minus, 0),
            OrderEventKind::Returned => (amount, 0),
        };
        self.unsettled = self.unsettled.checked_add(unsettled).ok_or(Overflow)?;
        self.unrefunded = self.unrefunded.checked_add(unrefunded).ok_or(Overflow)?;
        Ok(())
    }

    /// How much more was taken than there was.
    pub(super) fn excess(&self) -> Option<(Excess, i64)> {
        let over = |kind, left: i64| (left < 0).then(|| (kind, left.saturating_neg()));
        over(Excess::Settled, self.unsettled).or_else(|| over(Excess::Refunded, self.unrefunded))
    }
}

/// All orders.
#[derive(Debug, Clone)]
pub(super) struct Orders {
    paid: Shards<Ledger>,
    /// Those of which no payment was read so far.
    unpaid: Shards<Ledger>,
}

/// Whether the order was paid before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entered {
    Once,
    PaidTwice,
}

impl Orders {
    pub(super) fn new() -> Self {
        Self { paid: Shards::new(), unpaid: Shards::new() }
    }

    #[inline]
    pub(super) fn enter(&mut self, key: Key, event: &OrderEvent<'_>) -> Result<Entered, Overflow> {
        let amount = number(event.amount);
        match self.paid.of(key).entry(key) {
            Entry::Occupied(_) if event.kind == OrderEventKind::Paid => Ok(Entered::PaidTwice),
            Entry::Occupied(mut ledger) => {
                ledger.get_mut().apply(event.kind, amount)?;
                Ok(Entered::Once)
            }
            Entry::Vacant(free) if event.kind == OrderEventKind::Paid => {
                let mut ledger = self.unpaid.of(key).remove(&key).unwrap_or_default();
                ledger.apply(event.kind, amount)?;
                free.insert(ledger);
                Ok(Entered::Once)
            }
            Entry::Vacant(_) => {
                self.unpaid.of(key).entry(key).or_default().apply(event.kind, amount)?;
                Ok(Entered::Once)
            }
        }
    }

    /// The orders of which too much was taken, and those that were not paid.
    pub(super) fn close(self) -> (impl Iterator<Item = (Key, Ledger)>, impl Iterator<Item = Key>) {
        let overdrawn = self.paid.into_entries().filter(|(_, ledger)| ledger.excess().is_some());
        (overdrawn, self.unpaid.into_entries().map(|(key, _)| key))
    }
}

/// The key of an order; one in diamonds is another than one in money of the same number.
#[inline]
pub(super) fn order_key(keys: &Keys, event: &OrderEvent<'_>) -> Key {
    let about = match event.amount {
        Worth::Fen(_) => 100,
        Worth::Diamonds(_) => 101,
    };
    keys.key(about, event.order_no.as_bytes())
}

fn number(amount: Worth) -> i64 {
    match amount {
        Worth::Fen(fen) => fen.0,
        Worth::Diamonds(diamonds) => diamonds.0,
    }
}
