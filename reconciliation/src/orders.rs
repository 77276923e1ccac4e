//! What was paid for each order, and what became of it: 32 bytes an order in a hash map.

use std::collections::hash_map::Entry;

use super::claim::{OrderEvent, OrderEventKind};
use super::finding::{Excess, Worth};
use super::key::{BATCH, Key, KeyMap, Keys, Shards};
use super::totals::Overflow;

/// What is left of an order: less than zero if more was taken than there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ledger {
    unsettled: i64,
    unrefunded: i64,
}

/// An event without the number of its order: 16 bytes beside the key's 16.
#[derive(Debug, Clone, Copy)]
struct Entered {
    amount: i64,
    kind: OrderEventKind,
    in_window: bool,
}

const _: () = assert!(size_of::<(Key, Ledger)>() == 32 && size_of::<(Key, Entered)>() == 32);

impl Ledger {
    /// Enters an event.
    pub(super) fn enter(&mut self, kind: OrderEventKind, amount: i64) -> Result<(), Overflow> {
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
    shards: Shards<Known>,
    paid_twice: Vec<Key>,
}

/// Orders of a shard.
#[derive(Debug, Clone, Default)]
struct Known {
    /// What is not in their ledgers yet.
    events: Vec<(Key, Entered)>,
    paid: KeyMap<Ledger>,
    /// Those of which no payment was read so far.
    unpaid: KeyMap<Ledger>,
}

/// Orders that something is wrong with.
#[derive(Debug, Default)]
pub(super) struct OddOrders {
    /// More was taken than there was, if no row of it is there twice.
    pub(super) overdrawn: Vec<Key>,
    /// Something was taken, and no payment is there.
    pub(super) unknown: Vec<Key>,
    /// Payments in the window of orders that were paid before.
    pub(super) paid_twice: Vec<Key>,
}

impl Orders {
    pub(super) fn new() -> Self {
        Self { shards: Shards::new(), paid_twice: Vec::new() }
    }

    /// A payment waits until something is taken of an order.
    #[inline]
    pub(super) fn enter(&mut self, key: Key, event: &OrderEvent<'_>) -> Result<(), Overflow> {
        let (amount, kind, in_window) = (event.amount.number(), event.kind, event.in_window);
        let known = self.shards.of(key);
        known.events.push((key, Entered { amount, kind, in_window }));
        if kind == OrderEventKind::Paid || known.events.len() < known.most() {
            return Ok(());
        }
        known.enter(&mut self.paid_twice)
    }

    pub(super) fn close(self) -> Result<OddOrders, Overflow> {
        let mut odd = OddOrders { paid_twice: self.paid_twice, ..OddOrders::default() };
        for mut known in self.shards {
            known.enter(&mut odd.paid_twice)?;
            let overdrawn = known.paid.iter().filter(|(_, ledger)| ledger.excess().is_some());
            odd.overdrawn.extend(overdrawn.map(|(key, _)| *key));
            odd.unknown.extend(known.unpaid.keys());
        }
        Ok(odd)
    }
}

impl Known {
    /// So many events that it is time to enter them: half as many as there are ledgers.
    fn most(&self) -> usize {
        BATCH.max((self.paid.len() + self.unpaid.len()) / 2)
    }

    fn enter(&mut self, paid_twice: &mut Vec<Key>) -> Result<(), Overflow> {
        if self.paid.is_empty() {
            let payments = |(_, event): &&(Key, Entered)| event.kind == OrderEventKind::Paid;
            self.paid.reserve(self.events.iter().filter(payments).count());
        }
        for (key, event) in self.events.drain(..) {
            match self.paid.entry(key) {
                Entry::Occupied(_) if event.kind == OrderEventKind::Paid => {
                    if event.in_window {
                        paid_twice.push(key);
                    }
                }
                Entry::Occupied(mut ledger) => ledger.get_mut().enter(event.kind, event.amount)?,
                Entry::Vacant(free) if event.kind == OrderEventKind::Paid => {
                    let mut ledger = self.unpaid.remove(&key).unwrap_or_default();
                    ledger.enter(event.kind, event.amount)?;
                    free.insert(ledger);
                }
                Entry::Vacant(_) => {
                    self.unpaid.entry(key).or_default().enter(event.kind, event.amount)?;
                }
            }
        }
        // Payments take as much room before they are entered as afterwards.
        self.events.shrink_to(self.most());
        Ok(())
    }
}

/// The key of an order; one in diamonds is another than one in money of the same number.
#[inline]
pub(super) fn order_key(keys: &Keys, event: &OrderEvent<'_>) -> Key {
    let about = match event.amount {
        Worth::Fen(_) => 100,
        Worth::Diamonds(_) => 101,
    };
    keys.key(about, event.order_no)
}
