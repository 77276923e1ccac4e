//! Refunds: asked for by the app, or by the user and then judged by the app.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::answer::{Answer, Refusal, refuse, refuse_parameter};
use super::callback::{Callback, Sequel};
use super::fields::Fields;
use super::handle::StandIn;
use super::order::Order;
use super::platform::State;

const AUDIT_MS: u64 = 3 * 24 * 3600 * 1000;
const MOST_ANSWERED: usize = 50;

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

// ---- by the app

/// `refund_create`. The same number again gives the same refund, and no second one.
pub(super) fn create(state: &mut State, request: Fields<'_>) -> Answer {
    let out_refund_no = request.text("out_refund_no", 64)?;
    let order_id = request.text("order_id", 64)?;
    check_request(request)?;
    if let Some(refund) = state.refunds.by_number(out_refund_no) {
        if refund.order_id != order_id {
            return refuse_parameter("out_refund_no is another order's");
        }
        return Ok(created(refund));
    }
    let Some(order) = state.orders.get(order_id).cloned() else {
        return refuse_parameter("order does not exist");
    };
    let items = parts_of(state, &order, request)?;
    let mut refund = Refund::new(state, &order, items, Source::Developer);
    refund.out_refund_no = out_refund_no.to_owned();
    refund.cp_extra = request.optional_text("cp_extra", 2048)?.unwrap_or_default().to_owned();
    refund.notify_url = request.notify_url("notify_url", 512)?;
    let data = created(&refund);
    let refund_id = refund.refund_id.clone();
    state.refunds.by_id.insert(refund_id.clone(), refund);
    give_back(state, &refund_id);
    Ok(data)
}

fn created(refund: &Refund) -> Value {
    json!({ "refund_id": refund.refund_id, "refund_audit_deadline": refund.deadline })
}

fn check_request(request: Fields<'_>) -> Result<(), Refusal> {
    request.object("order_entry_schema")?.check_page()?;
    for reason in request.objects("refund_reason", 10)? {
        if ![101, 102, 103, 999].contains(&reason.whole("code")?) {
            return refuse_parameter("refund_reason has an unknown code");
        }
        if reason.text("text", usize::MAX)?.chars().count() >= 50 {
            return refuse_parameter("refund_reason has a text of 50 characters or more");
        }
    }
    Ok(())
}

/// What the request asks back, after every check of its amounts.
fn parts_of(state: &State, order: &Order, request: Fields<'_>) -> Result<Vec<Part>, Refusal> {
    if !order.is_paid() {
        return refuse_parameter("order is not paid");
    }
    let currency = request.optional_text("currency", 16)?;
    if order.in_diamonds != (currency == Some("DIAMOND")) {
        return refuse_parameter("currency is not the order's");
    }
    let parts = match request.flag("refund_all")? {
        true => whole_order(state, order, request)?,
        false => named_items(state, order, request)?,
    };
    let total = request.amount("refund_total_amount")?;
    if parts.iter().map(|part| part.amount).sum::<i64>() != total {
        return refuse_parameter("refund_total_amount is not the sum of the items");
    }
    Ok(parts)
}

fn whole_order(state: &State, order: &Order, request: Fields<'_>) -> Result<Vec<Part>, Refusal> {
    if request.given("item_order_detail").is_some() {
        return refuse_parameter("item_order_detail and refund_all exclude each other");
    }
    if state.refunds.alive(&order.order_id).next().is_some() {
        return refuse_parameter("refund_all after another refund");
    }
    Ok(left_of(state, order))
}

fn named_items(state: &State, order: &Order, request: Fields<'_>) -> Result<Vec<Part>, Refusal> {
    let mut parts: Vec<Part> = Vec::new();
    for detail in request.objects("item_order_detail", 99)? {
        let id = detail.text("item_order_id", 64)?;
        let amount = detail.amount("refund_amount")?;
        let Some(item) = order.items.iter().find(|item| item.item_order_id == id) else {
            return refuse_parameter("item_order_id is none of the order's");
        };
        if parts.iter().any(|part| part.item_order_id == id) {
            return refuse_parameter("item_order_id comes twice");
        }
        if amount > item.amount - state.refunds.taken(&order.order_id, Some(id)) {
            return refuse_parameter("refund_amount is more than is left of the item");
        }
        parts.push(Part { item_order_id: id.to_owned(), amount });
    }
    Ok(parts)
}

fn left_of(state: &State, order: &Order) -> Vec<Part> {
    let left = order.items.iter().map(|item| Part {
        item_order_id: item.item_order_id.clone(),
        amount: item.amount - state.refunds.taken(&order.order_id, Some(&item.item_order_id)),
    });
    left.filter(|part| part.amount > 0).collect()
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

// ---- by the user

fn ask(state: &mut State, order_id: &str) -> Result<String, String> {
    let order = state.orders.get(order_id).cloned().ok_or("order does not exist")?;
    let items = left_of(state, &order);
    if !order.is_paid() || items.is_empty() {
        return Err("nothing can be given back".to_owned());
    }
    let refund = Refund::new(state, &order, items, Source::User);
    let refund_id = refund.refund_id.clone();
    let msg = question(state, &refund);
    let callback = Callback::new("pre_create_refund", &msg, None);
    state.outbox.push(callback.followed_by(Sequel::RefundAsked(refund_id.clone())));
    state.refunds.by_id.insert(refund_id.clone(), refund);
    Ok(refund_id)
}

fn question(state: &State, refund: &Refund) -> Value {
    let mut msg = json!({
        "app_id": state.settings.app_id,
        "open_id": "an-openid",
        "refund_id": refund.refund_id,
        "order_id": refund.order_id,
        "out_order_no": refund.out_order_no,
        "refund_total_amount": refund.total,
        "need_refund_audit": 1,
        "refund_audit_deadline": refund.deadline,
        "create_refund_time": refund.created_at,
        "refund_source": refund.source as i64,
        "refund_reason": ["不想要了"],
        "refund_description": "",
        "cp_extra": "",
        "refund_item_detail": {
            "item_order_quantity": refund.items.len(),
            "item_order_detail": refund.item_rows(),
        },
    });
    if refund.in_diamonds {
        msg["currency"] = "DIAMOND".into();
    }
    msg
}

/// Reads what the app answers to `pre_create_refund`; whether it will do.
pub(super) fn take_answer(state: &mut State, refund_id: &str, answer: &Value) -> bool {
    let Ok(out_refund_no) = read_answer(answer) else { return false };
    let taken = state.refunds.by_number(out_refund_no);
    if taken.is_some_and(|other| other.refund_id != refund_id) {
        return false;
    }
    make_ready(state, refund_id, out_refund_no);
    true
}

fn read_answer(answer: &Value) -> Result<&str, Refusal> {
    let data = Fields::of(answer)?.object("data")?;
    data.object("order_entry_schema")?.check_page()?;
    data.text("out_refund_no", 64)
}

/// The app never answered: the refund goes on with a number of the platform's.
pub(super) fn pass_over(state: &mut State, refund_id: &str) {
    make_ready(state, refund_id, &format!("default-{refund_id}"));
}

fn make_ready(state: &mut State, refund_id: &str, out_refund_no: &str) {
    if let Some(refund) = state.refunds.by_id.get_mut(refund_id)
        && refund.audit == Audit::NotReady
    {
        refund.out_refund_no = out_refund_no.to_owned();
        refund.audit = Audit::Due;
    }
}

/// `refund_audit_callback`. One code has three meanings, which only the text tells apart.
pub(super) fn audit(state: &mut State, request: Fields<'_>) -> Answer {
    let refund_id = request.text("refund_id", 64)?;
    let verdict = match request.whole("refund_audit_status")? {
        1 => Audit::Agreed,
        2 => Audit::Denied(request.text("deny_message", 512)?.to_owned()),
        _ => return refuse_parameter("refund_audit_status must be 1 or 2"),
    };
    let Some(refund) = state.refunds.by_id.get_mut(refund_id) else {
        return refuse(20000, "refund does not exist");
    };
    match refund.audit {
        Audit::Due => refund.audit = verdict.clone(),
        Audit::NotReady => return refuse(22006, "the refund-apply callback is not finished"),
        Audit::NotNeeded => return refuse(22006, "no audit is needed"),
        Audit::Agreed | Audit::Denied(_) => return refuse(22006, "already audited"),
    }
    match verdict {
        Audit::Agreed => give_back(state, refund_id),
        _ => end(state, refund_id, Status::Fail),
    }
    Ok(Value::Null)
}

// ---- the end

fn give_back(state: &mut State, refund_id: &str) {
    if !state.settings.slow_money {
        end(state, refund_id, Status::Success);
    }
}

fn end(state: &mut State, refund_id: &str, status: Status) {
    let now = state.clock.now_ms();
    let Some(refund) = state.refunds.by_id.get_mut(refund_id) else { return };
    refund.status = status;
    refund.ended_at = Some(now);
    let refund = refund.clone();
    let msg = result(state, &refund, now);
    state.outbox.push(Callback::new("refund", &msg, refund.notify_url));
}

fn result(state: &State, refund: &Refund, now: u64) -> Value {
    let mut msg = json!({
        "app_id": state.settings.app_id,
        "status": word(refund.status),
        "order_id": refund.order_id,
        "cp_extra": refund.cp_extra,
        "event_time": now,
        "refund_id": refund.refund_id,
        "out_refund_no": refund.out_refund_no,
        "refund_total_amount": refund.total,
        "is_all_settled": state.ledger.has(&refund.order_id),
        "refund_item_detail": {
            "item_order_quantity": refund.items.len(),
            "item_order_detail": refund.item_rows(),
        },
    });
    if let Audit::Denied(message) = &refund.audit {
        msg["message"] = message.as_str().into();
    }
    if refund.in_diamonds {
        msg["currency"] = "DIAMOND".into();
    }
    msg
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Processing => "PROCESSING",
        Status::Success => "SUCCESS",
        Status::Fail => "FAIL",
    }
}

// ---- asked for

/// `refund_query`: the first of three numbers that is given counts.
pub(super) fn query(state: &mut State, request: Fields<'_>) -> Answer {
    let refund_id = request.optional_text("refund_id", 64)?;
    let out_refund_no = request.optional_text("out_refund_no", 64)?;
    let order_id = request.optional_text("order_id", 64)?;
    let is_wanted = |refund: &&Refund| match (refund_id, out_refund_no, order_id) {
        (Some(id), _, _) => refund.refund_id == id,
        (None, Some(number), _) => refund.out_refund_no == number,
        (None, None, id) => id == Some(&refund.order_id),
    };
    if refund_id.or(out_refund_no).or(order_id).is_none() {
        return refuse_parameter("one of refund_id, out_refund_no and order_id is required");
    }
    let found = state.refunds.by_id.values().filter(is_wanted).take(MOST_ANSWERED);
    Ok(json!({ "refund_list": found.map(row).collect::<Vec<_>>() }))
}

fn row(refund: &Refund) -> Value {
    let mut row = json!({
        "order_id": refund.order_id,
        "out_refund_no": refund.out_refund_no,
        "refund_id": refund.refund_id,
        "refund_status": word(refund.status),
        "refund_total_amount": refund.total,
        "item_order_detail": refund.item_rows(),
        "create_at": refund.created_at,
        "refund_source": refund.source as i64,
        "merchant_audit_detail": audit_detail(refund),
    });
    if let Some(ended_at) = refund.ended_at {
        row["refund_at"] = ended_at.into();
    }
    if refund.in_diamonds {
        row["currency"] = "DIAMOND".into();
    }
    row
}

fn audit_detail(refund: &Refund) -> Value {
    let (status, message) = match &refund.audit {
        Audit::NotReady | Audit::NotNeeded => ("INIT", ""),
        Audit::Due => ("TOAUDIT", ""),
        Audit::Agreed => ("AGREE", ""),
        Audit::Denied(message) => ("DENY", message.as_str()),
    };
    let needed = if refund.audit == Audit::NotNeeded { 2 } else { 1 };
    json!({
        "audit_status": status,
        "need_refund_audit": needed,
        "refund_audit_deadline": refund.deadline,
        "deny_message": message,
    })
}
