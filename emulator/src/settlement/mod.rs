//! Settlements, and the ledger of what each of them moved.

mod create;
mod query;

use std::collections::{BTreeMap, BTreeSet};

use crate::context::Context;
use crate::order::Order;

use self::create::Asked;

/// An order that the platform settles by itself; it is there without being placed.
pub const AUTOMATIC_ORDER: &str = "order-of-an-automatic-app";

/// One line of the ledger: a settlement that took effect.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settlement {
    /// The app's number of it.
    pub out_settle_no: String,
    /// The app's number of the order.
    pub out_order_no: String,
    /// What was settled, in fen.
    pub amount: i64,
    order_id: String,
    /// Empty for a whole order.
    item_order_id: String,
    settle_id: String,
    wallet_settle_id: String,
    detail: String,
    ext: String,
    status: &'static str,
    settled_at: Option<u64>,
}

#[derive(Default)]
pub(crate) struct Settlements {
    entries: Vec<Settlement>,
    /// The places of an order's entries.
    by_order: BTreeMap<String, Vec<usize>>,
    /// The `out_settle_no`s that took effect.
    used: BTreeSet<String>,
    /// The `out_settle_no`s that came for an order and an item of it.
    numbers: BTreeMap<(String, String), BTreeSet<String>>,
}

impl Settlements {
    /// The settlement is over.
    pub(crate) fn finish(&mut self, context: &Context, out_settle_no: &str, succeeds: bool) {
        let entries = self.entries.iter_mut();
        for entry in entries.filter(|entry| entry.out_settle_no == out_settle_no) {
            entry.status = if succeeds { "SUCCESS" } else { "FAIL" };
            entry.settled_at = Some(context.clock.now_ms());
        }
        if !succeeds {
            self.numbers.values_mut().for_each(|numbers| {
                numbers.remove(out_settle_no);
            });
        }
    }

    /// Every settlement that took effect, oldest first.
    pub(crate) fn entries(&self) -> &[Settlement] {
        &self.entries
    }

    /// For how many orders, or items of one, more than one number came.
    pub(crate) fn under_two_numbers(&self) -> usize {
        self.numbers.values().filter(|numbers| numbers.len() > 1).count()
    }

    fn of(&self, order_id: &str) -> impl Iterator<Item = &Settlement> {
        let places = self.by_order.get(order_id).map(Vec::as_slice).unwrap_or_default();
        places.iter().map(|place| &self.entries[*place])
    }

    fn add(&mut self, entry: Settlement) {
        self.by_order.entry(entry.order_id.clone()).or_default().push(self.entries.len());
        self.used.insert(entry.out_settle_no.clone());
        self.entries.push(entry);
    }

    /// Counts the number that came for an order, or an item of it.
    fn note(&mut self, order: &Order, asked: &Asked<'_>) {
        let item = asked.item.unwrap_or_default().to_owned();
        let numbers = self.numbers.entry((order.order_id.clone(), item)).or_default();
        numbers.insert(asked.out_settle_no.to_owned());
    }
}

impl Settlement {
    fn is_of_an_item(&self) -> bool {
        !self.item_order_id.is_empty()
    }

    fn new(context: &mut Context, order: &Order, amount: i64, asked: &Asked<'_>) -> Self {
        let slow = context.settings.slow_money;
        Self {
            out_settle_no: asked.out_settle_no.to_owned(),
            out_order_no: order.out_order_no.clone(),
            amount,
            order_id: order.order_id.clone(),
            item_order_id: asked.item.unwrap_or_default().to_owned(),
            settle_id: context.id("ots"),
            wallet_settle_id: context.id(""),
            detail: detail(&asked.shares),
            ext: asked.ext.to_owned(),
            status: if slow { "PROCESSING" } else { "SUCCESS" },
            settled_at: (!slow).then(|| context.clock.now_ms()),
        }
    }
}

fn detail(shares: &[(String, i64)]) -> String {
    let shares = shares.iter().map(|(uid, share)| format!("商户号{uid}-分成金额(分){share}"));
    shares.collect::<Vec<_>>().join(",")
}
