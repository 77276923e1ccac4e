//! Settlements, and the ledger of what each of them moved.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::answer::{Answer, Refusal, refuse, refuse_parameter};
use super::fields::Fields;
use super::handle::StandIn;
use super::order::Order;
use super::state::State;

/// An order that the platform settles by itself; it is there without being placed.
pub(crate) const AUTOMATIC_ORDER: &str = "order-of-an-automatic-app";

/// The platform's fee: six in a thousand.
const RAKE_PER_THOUSAND: i64 = 6;

impl StandIn {
    /// Every settlement that took effect, oldest first.
    pub(crate) fn ledger(&self) -> Vec<Settlement> {
        self.platform.with(|state| state.ledger.entries.clone())
    }

    /// How many settlements of this order took effect.
    pub(crate) fn times_settled(&self, out_order_no: &str) -> usize {
        self.platform.with(|state| {
            let entries = state.ledger.entries.iter();
            entries.filter(|entry| entry.out_order_no == out_order_no).count()
        })
    }

    /// How many orders, or items of one, were asked to be settled under more than one `out_settle_no`, whether or not
    /// the platform let it happen. A client that keeps its number never does it. A new number after a settlement that
    /// failed is no second one.
    pub(crate) fn settled_under_two_numbers(&self) -> usize {
        self.platform
            .with(|state| state.ledger.numbers.values().filter(|numbers| numbers.len() > 1).count())
    }

    /// The settlement is over. Only with `Settings::slow_money`; otherwise it is over at once.
    pub(crate) fn finish_settlement(&self, out_settle_no: &str, succeeds: bool) {
        self.platform.with(|state| {
            let now = state.clock.now_ms();
            let entries = state.ledger.entries.iter_mut();
            for entry in entries.filter(|entry| entry.out_settle_no == out_settle_no) {
                entry.status = if succeeds { "SUCCESS" } else { "FAIL" };
                entry.settled_at = Some(now);
            }
            if !succeeds {
                state.ledger.numbers.values_mut().for_each(|numbers| {
                    numbers.remove(out_settle_no);
                });
            }
        });
    }
}

/// One line of the ledger.
#[derive(Clone, Debug)]
pub(crate) struct Settlement {
    pub(crate) out_settle_no: String,
    pub(crate) out_order_no: String,
    /// What was settled, in fen.
    pub(crate) amount: i64,
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
pub(super) struct Ledger {
    entries: Vec<Settlement>,
    /// The places of an order's entries.
    by_order: BTreeMap<String, Vec<usize>>,
    /// The `out_settle_no`s that took effect.
    used: BTreeSet<String>,
    /// The `out_settle_no`s that came for an order and an item of it.
    numbers: BTreeMap<(String, String), BTreeSet<String>>,
}

impl Ledger {
    /// Whether anything of this order was settled.
    pub(super) fn has(&self, order_id: &str) -> bool {
        self.of(order_id).next().is_some()
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

    fn note(&mut self, order: &Order, item: &str, out_settle_no: &str) {
        let numbers = self.numbers.entry((order.order_id.clone(), item.to_owned())).or_default();
        numbers.insert(out_settle_no.to_owned());
    }
}

/// `settle_create`. A number takes effect once; after that it is refused, whatever it comes with.
pub(super) fn create(state: &mut State, request: Fields<'_>) -> Answer {
    let asked = Asked::read(state, request)?;
    let order = find_order(state, asked.out_order_no)?;
    let item = asked.item.unwrap_or_default();
    if state.ledger.used.contains(asked.out_settle_no) {
        return refuse(23111, "out_settle_no has existed");
    }
    let amount = amount_of(state, &order, asked.item);
    if matches!(amount, Ok(_) | Err(Refusal { code: 23112, .. })) {
        state.ledger.note(&order, item, asked.out_settle_no);
    }
    let amount = amount?;
    if asked.shared_out() > amount {
        return refuse_parameter("settle_params shares out more than there is");
    }
    Ok(enter(state, &order, item, amount, &asked))
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
    fn read(state: &State, request: Fields<'a>) -> Result<Self, Refusal> {
        // One document lacks it, so it may be left out here.
        if request.optional_text("app_id", 64)?.is_some_and(|id| id != state.settings.app_id) {
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

fn find_order(state: &State, out_order_no: &str) -> Result<Order, Refusal> {
    if out_order_no == AUTOMATIC_ORDER {
        return refuse(23117, "this appID is configured with automatic settlement");
    }
    match state.orders.by_number(out_order_no) {
        None => refuse(23101, "order does not exist"),
        Some(order) if !order.is_paid() => refuse(23102, "order not pay"),
        Some(order) => Ok(order.clone()),
    }
}

/// What is left to settle. Settling the whole and settling by item exclude each other.
fn amount_of(state: &State, order: &Order, item: Option<&str>) -> Result<i64, Refusal> {
    let mut settled = state.ledger.of(&order.order_id);
    let left = match item {
        Some(id) => item_amount(state, order, id)?,
        None if settled.any(|entry| !entry.item_order_id.is_empty()) => {
            return refuse(23118, "not allow entire settle");
        }
        None => order.total_amount - state.refunds.taken(&order.order_id, None),
    };
    let mut same = state.ledger.of(&order.order_id).filter(|entry| entry.status != "FAIL");
    let is_settled = same
        .any(|entry| entry.item_order_id.is_empty() || Some(entry.item_order_id.as_str()) == item);
    if is_settled || left <= 0 { refuse(23112, "no money to settle") } else { Ok(left) }
}

fn item_amount(state: &State, order: &Order, id: &str) -> Result<i64, Refusal> {
    match order.items.iter().find(|item| item.item_order_id == id) {
        Some(item) => Ok(item.amount - state.refunds.taken(&order.order_id, Some(id))),
        None if state.orders.has_item(id) => refuse(23025, "item_order_id not match out_order_no"),
        None => refuse(23024, "item_order_id not exist"),
    }
}

fn enter(state: &mut State, order: &Order, item: &str, amount: i64, asked: &Asked<'_>) -> Value {
    let slow = state.settings.slow_money;
    let entry = Settlement {
        out_settle_no: asked.out_settle_no.to_owned(),
        out_order_no: order.out_order_no.clone(),
        amount,
        order_id: order.order_id.clone(),
        item_order_id: item.to_owned(),
        settle_id: state.id("ots"),
        wallet_settle_id: state.id(""),
        detail: detail(&asked.shares),
        ext: asked.ext.to_owned(),
        status: if slow { "PROCESSING" } else { "SUCCESS" },
        settled_at: (!slow).then(|| state.clock.now_ms()),
    };
    let ids = json!({ "settle_id": entry.settle_id, "wallet_settle_id": entry.wallet_settle_id });
    state.ledger.add(entry);
    ids
}

fn detail(shares: &[(String, i64)]) -> String {
    let shares = shares.iter().map(|(uid, share)| format!("商户号{uid}-分成金额(分){share}"));
    shares.collect::<Vec<_>>().join(",")
}

/// `settle_query`: the first of four numbers that is given counts; nothing found is an empty list.
pub(super) fn query(state: &mut State, request: Fields<'_>) -> Answer {
    request.text("app_id", 64)?;
    for name in ["settle_id", "order_id", "out_settle_no", "out_order_no"] {
        if let Some(number) = request.optional_text(name, 64)? {
            let found = state.ledger.entries.iter().filter(|entry| entry.number(name) == number);
            return Ok(found.map(row).collect());
        }
    }
    refuse_parameter("one of settle_id, order_id, out_settle_no and out_order_no is required")
}

impl Settlement {
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
