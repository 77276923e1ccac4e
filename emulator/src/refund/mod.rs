//! Refunds: asked for by the app, or by the user and then judged by the app.

mod create;
mod ask;
mod audit;
mod end;
mod query;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::context::Context;
use crate::order::{Item, Order};

/// How long the app has to judge.
const AUDIT_MS: u64 = 3 * 24 * 3600 * 1000;

#[derive(Default)]
pub(crate) struct Refunds {
    by_id: BTreeMap<String, Refund>,
}

#[derive(Clone)]
struct Refund {
    refund_id: String,
    /// Empty until the app has given it.
    out_refund_no: String,
    order_id: String,
    out_order_no: String,
    total: i64,
    items: Vec<Part>,
    in_diamonds: bool,
    cp_extra: String,
    source: Source,
    audit: Audit,
    status: Status,
    deadline: u64,
    created_at: u64,
    ended_at: Option<u64>,
    notify_url: Option<String>,
}

/// What of an item goes back.
#[derive(Clone)]
struct Part {
    item_order_id: String,
    amount: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    User = 1,
    Developer = 2,
}

#[derive(Clone, PartialEq, Eq)]
enum Audit {
    /// The app has not yet answered that the user asks.
    NotReady,
    NotNeeded,
    Due,
    Agreed,
    Denied(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Processing,
    Success,
    Fail,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Processing => "PROCESSING",
            Self::Success => "SUCCESS",
            Self::Fail => "FAIL",
        }
    }
}

impl Refunds {
    /// Those that did not fail.
    fn alive(&self, order_id: &str) -> impl Iterator<Item = &Refund> {
        let mine = self.by_id.values().filter(move |refund| refund.order_id == order_id);
        mine.filter(|refund| refund.status != Status::Fail)
    }

    fn by_number(&self, out_refund_no: &str) -> Option<&Refund> {
        self.by_id.values().find(|refund| refund.out_refund_no == out_refund_no)
    }

    /// Opens a refund, and counts it as taken from the order.
    fn open(&mut self, order: &mut Order, refund: Refund) {
        for part in &refund.items {
            if let Some(item) = item_of(order, part) {
                item.taken += part.amount;
            }
        }
        self.by_id.insert(refund.refund_id.clone(), refund);
    }
}

fn item_of<'a>(order: &'a mut Order, part: &Part) -> Option<&'a mut Item> {
    order.items.iter_mut().find(|item| item.item_order_id == part.item_order_id)
}

impl Refund {
    fn new(context: &mut Context, order: &Order, items: Vec<Part>, source: Source) -> Self {
        let now = context.clock.now_ms();
        Self {
            refund_id: context.id("motb"),
            out_refund_no: String::new(),
            order_id: order.order_id.clone(),
            out_order_no: order.out_order_no.clone(),
            total: items.iter().map(|part| part.amount).sum(),
            items,
            in_diamonds: order.in_diamonds,
            cp_extra: String::new(),
            source,
            audit: if source == Source::User { Audit::NotReady } else { Audit::NotNeeded },
            status: Status::Processing,
            deadline: now + AUDIT_MS,
            created_at: now,
            ended_at: None,
            notify_url: None,
        }
    }

    fn item_rows(&self) -> Vec<Value> {
        let row = |part: &Part| json!({ "item_order_id": part.item_order_id, "refund_amount": part.amount });
        self.items.iter().map(row).collect()
    }
}

/// What of each item could still go back.
fn left_of(order: &Order) -> Vec<Part> {
    let left = order.items.iter().map(|item| Part {
        item_order_id: item.item_order_id.clone(),
        amount: item.amount - item.taken,
    });
    left.filter(|part| part.amount > 0).collect()
}
