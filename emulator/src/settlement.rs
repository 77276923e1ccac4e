//! Settlements, and the ledger of what each of them moved.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::context::Context;
use crate::envelope::{Outcome, Refusal, refuse, refuse_parameter};
use crate::fields::Fields;
use crate::order::{Order, Orders};

/// An order that the platform settles by itself; it is there without being placed.
pub const AUTOMATIC_ORDER: &str = "order-of-an-automatic-app";

/// The platform's fee: six in a thousand.
const RAKE_PER_THOUSAND: i64 = 6;

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
    /// `settle_create`. A number takes effect once; after that it is refused, whatever it comes with.
    pub(crate) fn create(
        &mut self,
        context: &mut Context,
        orders: &mut Orders,
        request: Fields<'_>,
    ) -> Outcome {
        let asked = Asked::read(context, request)?;
        let order_id = find_order(orders, asked.out_order_no)?.order_id.clone();
        if self.used.contains(asked.out_settle_no) {
            return refuse(23111, "out_settle_no has existed");
        }
        let amount = match orders.get(&order_id) {
            Some(order) => self.amount_of(orders, order, &asked)?,
            None => return refuse(23101, "order does not exist"),
        };
        if asked.shared_out() > amount {
            return refuse_parameter("settle_params shares out more than there is");
        }
        match orders.get_mut(&order_id) {
            Some(order) => Ok(self.enter(context, order, amount, &asked)),
            None => refuse(23101, "order does not exist"),
        }
    }

    /// `settle_query`: the first of four numbers that is given counts; nothing found is an empty list.
    pub(crate) fn query(&self, request: Fields<'_>) -> Outcome {
        request.text("app_id", 64)?;
        for name in ["settle_id", "order_id", "out_settle_no", "out_order_no"] {
            if let Some(number) = request.optional_text(name, 64)? {
                let found = self.entries.iter().filter(|entry| entry.number(name) == number);
                return Ok(found.map(row).collect());
            }
        }
        refuse_parameter("one of settle_id, order_id, out_settle_no and out_order_no is required")
    }

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

    /// What is left to settle. Settling the whole and settling by item exclude each other.
    fn amount_of(
        &mut self,
        orders: &Orders,
        order: &Order,
        asked: &Asked<'_>,
    ) -> Result<i64, Refusal> {
        let left = match asked.item {
            Some(id) => item_amount(orders, order, id)?,
            None if self.of(&order.order_id).any(Settlement::is_of_an_item) => {
                return refuse(23118, "not allow entire settle");
            }
            None => order.total_amount - order.taken(),
        };
        self.note(order, asked);
        if self.is_settled(order, asked.item) || left <= 0 {
            return refuse(23112, "no money to settle");
        }
        Ok(left)
    }

    fn is_settled(&self, order: &Order, item: Option<&str>) -> bool {
        let mut alive = self.of(&order.order_id).filter(|entry| entry.status != "FAIL");
        alive.any(|entry| !entry.is_of_an_item() || Some(entry.item_order_id.as_str()) == item)
    }

    fn note(&mut self, order: &Order, asked: &Asked<'_>) {
        let item = asked.item.unwrap_or_default().to_owned();
        let numbers = self.numbers.entry((order.order_id.clone(), item)).or_default();
        numbers.insert(asked.out_settle_no.to_owned());
    }

    fn enter(
        &mut self,
        context: &mut Context,
        order: &mut Order,
        amount: i64,
        asked: &Asked<'_>,
    ) -> Value {
        let entry = Settlement::new(context, order, amount, asked);
        order.settled = true;
        let ids =
            json!({ "settle_id": entry.settle_id, "wallet_settle_id": entry.wallet_settle_id });
        self.by_order.entry(entry.order_id.clone()).or_default().push(self.entries.len());
        self.used.insert(entry.out_settle_no.clone());
        self.entries.push(entry);
        ids
    }
}

struct Asked<'a> {
    out_order_no: &'a str,
    out_settle_no: &'a str,
    item: Option<&'a str>,
    ext: &'a str,
    /// The other receivers and what each gets.
    shares: Vec<(String, i64)>,
}

impl<'a> Asked<'a> {
    fn read(context: &Context, request: Fields<'a>) -> Result<Self, Refusal> {
        // One document lacks it, so it may be left out here.
        if request.optional_text("app_id", 64)?.is_some_and(|id| id != context.settings.app_id) {
            return refuse_parameter("app_id");
        }
        request.text("settle_desc", 512)?;
        request.notify_url("notify_url", 512)?;
        Ok(Self {
            out_order_no: request.text("out_order_no", 64)?,
            out_settle_no: request.text("out_settle_no", 64)?,
            item: request.optional_text("item_order_id", 64)?,
            ext: request.optional_text("ext", 2048)?.unwrap_or_default(),
            shares: read_shares(request.optional_text("settle_params", 512)?)?,
        })
    }
}

impl Asked<'_> {
    fn shared_out(&self) -> i64 {
        self.shares.iter().fold(0, |sum, (_, share)| sum.saturating_add(*share))
    }
}

fn read_shares(text: Option<&str>) -> Result<Vec<(String, i64)>, Refusal> {
    let Some(text) = text else { return Ok(Vec::new()) };
    let Ok(Value::Array(shares)) = serde_json::from_str(text) else {
        return refuse_parameter("settle_params must be the JSON text of a list");
    };
    let share = |share: &Value| {
        let share = Fields::of(share)?;
        Ok((share.text("merchant_uid", usize::MAX)?.to_owned(), share.amount("amount")?))
    };
    shares.iter().map(share).collect()
}

fn find_order<'a>(orders: &'a Orders, out_order_no: &str) -> Result<&'a Order, Refusal> {
    if out_order_no == AUTOMATIC_ORDER {
        return refuse(23117, "this appID is configured with automatic settlement");
    }
    match orders.by_number(out_order_no) {
        None => refuse(23101, "order does not exist"),
        Some(order) if !order.is_paid() => refuse(23102, "order not pay"),
        Some(order) => Ok(order),
    }
}

fn item_amount(orders: &Orders, order: &Order, id: &str) -> Result<i64, Refusal> {
    match order.items.iter().find(|item| item.item_order_id == id) {
        Some(item) => Ok(item.amount - item.taken),
        None if orders.item(id).is_some() => refuse(23025, "item_order_id not match out_order_no"),
        None => refuse(23024, "item_order_id not exist"),
    }
}

fn detail(shares: &[(String, i64)]) -> String {
    let shares = shares.iter().map(|(uid, share)| format!("商户号{uid}-分成金额(分){share}"));
    shares.collect::<Vec<_>>().join(",")
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

    fn number(&self, name: &str) -> &str {
        match name {
            "settle_id" => &self.settle_id,
            "order_id" => &self.order_id,
            "out_settle_no" => &self.out_settle_no,
            _ => &self.out_order_no,
        }
    }
}

fn row(entry: &Settlement) -> Value {
    let mut row = json!({
        "out_order_no": entry.out_order_no,
        "out_settle_no": entry.out_settle_no,
        "order_id": entry.order_id,
        "settle_id": entry.settle_id,
        "wallet_settle_id": entry.wallet_settle_id,
        "item_order_id": entry.item_order_id,
        "settle_status": entry.status,
        "settle_detail": entry.detail,
        "settle_amount": entry.amount,
        "rake": entry.amount.saturating_mul(RAKE_PER_THOUSAND) / 1000,
        "commission": 0,
        "cp_extra": entry.ext,
    });
    if let Some(settled_at) = entry.settled_at {
        row["settle_at"] = settled_at.into();
    }
    row
}
