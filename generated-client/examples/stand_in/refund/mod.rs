//! Refunds: asked for by the app, or by the user and then judged by the app.

mod create;
mod ask;
mod audit;
mod end;
mod query;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::handle::StandIn;
use super::order::Order;
use super::state::State;

use self::ask::ask;
pub(super) use self::ask::{pass_over, take_answer};
pub(super) use self::audit::audit;
pub(super) use self::create::create;
use self::end::{end, give_back};
pub(super) use self::query::query;

/// How long the app has to judge.
const AUDIT_MS: u64 = 3 * 24 * 3600 * 1000;

impl StandIn {
    /// The user asks for all that is left of an order's money; the `pre_create_refund` callback goes out. Gives the
    /// `refund_id`.
    pub(crate) fn ask_for_refund(&self, order_id: &str) -> Result<String, String> {
        self.platform.with(|state| ask(state, order_id))
    }

    /// The money is back with the user, or was refused on its way; the `refund` callback goes out. Only with
    /// `Settings::slow_money`; otherwise it happens at once.
    pub(crate) fn finish_refund(&self, refund_id: &str, succeeds: bool) -> Result<(), String> {
        self.platform.with(|state| {
            let refund = state.refunds.by_id.get(refund_id).ok_or("refund does not exist")?;
            if refund.status != Status::Processing {
                return Err("refund is over".to_owned());
            }
            end(state, refund_id, if succeeds { Status::Success } else { Status::Fail });
            Ok(())
        })
    }

    /// How much of an order was given back or is about to be.
    pub(crate) fn refunded(&self, order_id: &str) -> i64 {
        self.platform.with(|state| state.refunds.taken(order_id, None))
    }
}

#[derive(Default)]
pub(super) struct Refunds {
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
    /// What of an order, or of one item of it, was given back or is about to be.
    pub(super) fn taken(&self, order_id: &str, item_order_id: Option<&str>) -> i64 {
        self.alive(order_id)
            .flat_map(|refund| &refund.items)
            .filter(|part| item_order_id.is_none_or(|id| id == part.item_order_id))
            .map(|part| part.amount)
            .sum()
    }

    fn alive(&self, order_id: &str) -> impl Iterator<Item = &Refund> {
        let mine = self.by_id.values().filter(move |refund| refund.order_id == order_id);
        mine.filter(|refund| refund.status != Status::Fail)
    }

    fn by_number(&self, out_refund_no: &str) -> Option<&Refund> {
        self.by_id.values().find(|refund| refund.out_refund_no == out_refund_no)
    }
}

impl Refund {
    fn new(state: &mut State, order: &Order, items: Vec<Part>, source: Source) -> Self {
        let now = state.clock.now_ms();
        Self {
            refund_id: state.id("motb"),
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
fn left_of(state: &State, order: &Order) -> Vec<Part> {
    let left = order.items.iter().map(|item| Part {
        item_order_id: item.item_order_id.clone(),
        amount: item.amount - state.refunds.taken(&order.order_id, Some(&item.item_order_id)),
    });
    left.filter(|part| part.amount > 0).collect()
}
