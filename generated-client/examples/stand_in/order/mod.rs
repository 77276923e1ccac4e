//! Orders: placed by a page with the app's signature, paid by a user, asked for by the app.

mod authorization;
mod place;
mod pay;
mod query;

use std::collections::BTreeMap;

use super::answer::{Refusal, refuse_parameter};
use super::fields::Fields;
use super::handle::StandIn;
use super::state::State;

use self::authorization::check_authorization;
use self::pay::end;
use self::place::place;
pub(super) use self::query::{query, query_cps};

/// 抖音支付, and payment with diamonds.
const CHANNEL: i64 = 10;
const CHANNEL_OF_DIAMONDS: i64 = 20;

impl StandIn {
    /// What `tt.requestOrder` does with its two options: gives the `order_id`, or says why not.
    pub(crate) fn place_order(
        &self,
        data: &str,
        byte_authorization: &str,
    ) -> Result<String, String> {
        self.platform.with(|state| {
            check_authorization(state, data, byte_authorization)?;
            place(state, data).map_err(|refusal| format!("{} {}", refusal.code, refusal.message))
        })
    }

    /// A paid order out of nothing, of one item; without a callback. Gives its `order_id`.
    pub(crate) fn paid_order(&self, out_order_no: &str, total_amount: i64) -> String {
        self.platform.with(|state| {
            let mut order = Order::new(state, out_order_no, total_amount, 1);
            order.payment = Payment::Paid { at: state.clock.now_ms() };
            state.orders.add(order)
        })
    }

    /// The `item_order_id`s of an order; none if there is no such order.
    pub(crate) fn items_of(&self, order_id: &str) -> Vec<String> {
        self.platform.with(|state| {
            let items = state.orders.get(order_id).map(|order| order.items.as_slice());
            items.unwrap_or_default().iter().map(|item| item.item_order_id.clone()).collect()
        })
    }

    /// The user pays; the `payment` callback goes out.
    pub(crate) fn pay(&self, order_id: &str) -> Result<(), String> {
        self.platform.with(|state| end(state, order_id, "SUCCESS", |at| Payment::Paid { at }))
    }

    /// The user does not pay in time; the `payment` callback says so.
    pub(crate) fn time_out(&self, order_id: &str) -> Result<(), String> {
        self.platform.with(|state| end(state, order_id, "CANCEL", |_| Payment::TimedOut))
    }
}

#[derive(Default)]
pub(super) struct Orders {
    by_id: BTreeMap<String, Order>,
    /// The `order_id` of each `out_order_no`.
    ids: BTreeMap<String, String>,
}

#[derive(Clone)]
pub(super) struct Order {
    pub(super) order_id: String,
    pub(super) out_order_no: String,
    /// In fen, or diamonds.
    pub(super) total_amount: i64,
    pub(super) in_diamonds: bool,
    pub(super) payment: Payment,
    pub(super) items: Vec<Item>,
    merchant_uid: Option<String>,
    notify_url: Option<String>,
    placed_at: u64,
    /// The text that the order was made of; a page may hand it in twice.
    data: String,
}

/// One 券 or 商品单.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) item_order_id: String,
    pub(super) amount: i64,
    sku_id: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Payment {
    Open,
    Paid { at: u64 },
    TimedOut,
}

impl Orders {
    /// Gives the order's `order_id`.
    fn add(&mut self, order: Order) -> String {
        let order_id = order.order_id.clone();
        self.ids.insert(order.out_order_no.clone(), order_id.clone());
        self.by_id.insert(order_id.clone(), order);
        order_id
    }

    pub(super) fn get(&self, order_id: &str) -> Option<&Order> {
        self.by_id.get(order_id)
    }

    pub(super) fn by_number(&self, out_order_no: &str) -> Option<&Order> {
        self.by_id.get(self.ids.get(out_order_no)?)
    }

    /// Whether any order has this item.
    pub(super) fn has_item(&self, item_order_id: &str) -> bool {
        let mut items = self.by_id.values().flat_map(|order| &order.items);
        items.any(|item| item.item_order_id == item_order_id)
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

impl Order {
    fn new(state: &mut State, out_order_no: &str, total_amount: i64, items: i64) -> Self {
        let amount = total_amount / items;
        let mut items: Vec<Item> = (0..items)
            .map(|_| Item { item_order_id: state.id("motb"), amount, sku_id: "sku".to_owned() })
            .collect();
        let spread = amount * i64::try_from(items.len()).unwrap_or(i64::MAX);
        if let Some(first) = items.first_mut() {
            first.amount += total_amount - spread;
        }
        Self {
            order_id: state.id("motb"),
            out_order_no: out_order_no.to_owned(),
            total_amount,
            in_diamonds: false,
            payment: Payment::Open,
            items,
            merchant_uid: Some("M70372492301718182840".to_owned()),
            notify_url: None,
            placed_at: state.clock.now_ms(),
            data: String::new(),
        }
    }

    pub(super) fn is_paid(&self) -> bool {
        matches!(self.payment, Payment::Paid { .. })
    }

    fn channel(&self) -> i64 {
        if self.in_diamonds { CHANNEL_OF_DIAMONDS } else { CHANNEL }
    }

    /// The payment's number with whom it was paid through.
    fn channel_number(&self) -> String {
        format!("4200{}", self.order_id.trim_start_matches("motb"))
    }
}
