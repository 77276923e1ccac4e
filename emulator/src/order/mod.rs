//! Orders: placed by a page with the app's signature, paid by a user, asked for by the app.

mod authorization;
mod place;
mod pay;
mod query;

use std::collections::BTreeMap;

use crate::context::Context;
use crate::envelope::{Refusal, refuse_parameter};
use crate::fields::Fields;

/// 抖音支付, and payment with diamonds.
const CHANNEL: i64 = 10;
const CHANNEL_OF_DIAMONDS: i64 = 20;

const REDEEMED: &str = "FULFILL_DONE";

#[derive(Default)]
pub(crate) struct Orders {
    by_id: BTreeMap<String, Order>,
    /// The `order_id` of each `out_order_no`.
    ids: BTreeMap<String, String>,
}

#[derive(Clone)]
pub(crate) struct Order {
    pub(crate) order_id: String,
    pub(crate) out_order_no: String,
    /// In fen, or diamonds.
    pub(crate) total_amount: i64,
    pub(crate) in_diamonds: bool,
    pub(crate) payment: Payment,
    pub(crate) items: Vec<Item>,
    /// Whether any of its money was settled.
    pub(crate) settled: bool,
    merchant_uid: Option<String>,
    notify_url: Option<String>,
    placed_at: u64,
    /// The text that the order was made of; a page may hand it in twice.
    data: String,
}

/// One 券 or 商品单.
#[derive(Clone)]
pub(crate) struct Item {
    pub(crate) item_order_id: String,
    pub(crate) amount: i64,
    /// What of it was given back or is about to be.
    pub(crate) taken: i64,
    /// The status that was pushed last.
    pub(crate) fulfillment: Option<String>,
    pub(crate) redeemed_at: Option<u64>,
    /// What of it is back with the user, and since when all of it is.
    pub(crate) returned: i64,
    pub(crate) returned_at: Option<u64>,
    sku_id: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payment {
    Open,
    Paid { at: u64 },
    TimedOut,
}

impl Orders {
    /// A paid order out of nothing, of one item; without a callback. Gives its `order_id`.
    pub(crate) fn add_paid(
        &mut self,
        context: &mut Context,
        out_order_no: &str,
        total_amount: i64,
    ) -> String {
        let mut order = Order::new(context, out_order_no, total_amount, 1);
        order.payment = Payment::Paid { at: context.clock.now_ms() };
        self.add(order)
    }

    /// Gives the order's `order_id`.
    fn add(&mut self, order: Order) -> String {
        let order_id = order.order_id.clone();
        self.ids.insert(order.out_order_no.clone(), order_id.clone());
        self.by_id.insert(order_id.clone(), order);
        order_id
    }

    pub(crate) fn get(&self, order_id: &str) -> Option<&Order> {
        self.by_id.get(order_id)
    }

    pub(crate) fn get_mut(&mut self, order_id: &str) -> Option<&mut Order> {
        self.by_id.get_mut(order_id)
    }

    pub(crate) fn by_number(&self, out_order_no: &str) -> Option<&Order> {
        self.by_id.get(self.ids.get(out_order_no)?)
    }

    /// All of its items are redeemed.
    pub(crate) fn fulfill(&mut self, context: &Context, order_id: &str) {
        let now = context.clock.now_ms();
        let items = self.get_mut(order_id).map(|order| order.items.as_mut_slice());
        items.unwrap_or_default().iter_mut().for_each(|item| item.push(REDEEMED, now));
    }

    /// Some of its money was settled.
    pub(crate) fn mark_settled(&mut self, order_id: &str) {
        if let Some(order) = self.get_mut(order_id) {
            order.settled = true;
        }
    }

    /// The item of whichever order.
    pub(crate) fn item(&self, item_order_id: &str) -> Option<&Item> {
        let mut items = self.by_id.values().flat_map(|order| &order.items);
        items.find(|item| item.item_order_id == item_order_id)
    }

    /// The `item_order_id`s of an order.
    pub(crate) fn items_of(&self, order_id: &str) -> Vec<String> {
        let items = self.get(order_id).map(|order| order.items.as_slice()).unwrap_or_default();
        items.iter().map(|item| item.item_order_id.clone()).collect()
    }

    /// The order that a request names with one of the two numbers.
    fn asked_for(&self, request: Fields<'_>) -> Result<&Order, Refusal> {
        let found = match request.optional_text("order_id", 64)? {
            Some(order_id) => self.get(order_id),
            None => self.by_number(request.text("out_order_no", 64)?),
        };
        found.map_or_else(|| refuse_parameter("order does not exist"), Ok)
    }
}

impl Item {
    /// The app says how far it is.
    pub(crate) fn push(&mut self, status: &str, now: u64) {
        self.fulfillment = Some(status.to_owned());
        if is_redeemed(status) {
            self.redeemed_at.get_or_insert(now);
        }
    }

    /// So much more of it is back with the user.
    pub(crate) fn give_back(&mut self, amount: i64, now: u64) {
        self.returned += amount;
        if self.returned >= self.amount {
            self.returned_at.get_or_insert(now);
        }
    }

    /// Since when it is redeemed, or all of it refunded: the end (终态), after which it is settled.
    pub(crate) fn final_at(&self) -> Option<u64> {
        self.redeemed_at.or(self.returned_at)
    }
}

/// Whether this status, in capitals or not, is the end of a fulfilment. The list of statuses is not known; `tag_query` names
/// this one.
pub(crate) fn is_redeemed(status: &str) -> bool {
    status.eq_ignore_ascii_case(REDEEMED)
}

impl Order {
    fn new(context: &mut Context, out_order_no: &str, total_amount: i64, items: i64) -> Self {
        let amount = total_amount / items;
        let mut items: Vec<Item> = (0..items)
            .map(|_| Item {
                item_order_id: context.id("motb"),
                amount,
                taken: 0,
                fulfillment: None,
                redeemed_at: None,
                returned: 0,
                returned_at: None,
                sku_id: "sku".to_owned(),
            })
            .collect();
        let spread = amount * i64::try_from(items.len()).unwrap_or(i64::MAX);
        if let Some(first) = items.first_mut() {
            first.amount += total_amount - spread;
        }
        Self {
            order_id: context.id("motb"),
            out_order_no: out_order_no.to_owned(),
            total_amount,
            in_diamonds: false,
            payment: Payment::Open,
            items,
            settled: false,
            merchant_uid: Some("M70372492301718182840".to_owned()),
            notify_url: None,
            placed_at: context.clock.now_ms(),
            data: String::new(),
        }
    }

    pub(crate) fn is_paid(&self) -> bool {
        matches!(self.payment, Payment::Paid { .. })
    }

    pub(crate) fn paid_at(&self) -> Option<u64> {
        match self.payment {
            Payment::Paid { at } => Some(at),
            Payment::Open | Payment::TimedOut => None,
        }
    }

    /// Since when all of its items are redeemed or refunded.
    pub(crate) fn final_at(&self) -> Option<u64> {
        let ends: Option<Vec<u64>> = self.items.iter().map(Item::final_at).collect();
        ends?.into_iter().max()
    }

    /// How much of it was given back or is about to be.
    pub(crate) fn taken(&self) -> i64 {
        self.items.iter().map(|item| item.taken).sum()
    }

    fn channel(&self) -> i64 {
        if self.in_diamonds { CHANNEL_OF_DIAMONDS } else { CHANNEL }
    }

    /// The payment's number with whom it was paid through.
    fn channel_number(&self) -> String {
        format!("4200{}", self.order_id.trim_start_matches("motb"))
    }
}
