//! Orders: placed by a page with the app's signature, paid by a user, asked for by the app.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal, refuse_parameter};
use super::callback::Callback;
use super::fields::Fields;
use super::handle::StandIn;
use super::keys::is_signed;
use super::platform::State;

const HOUR: u64 = 3600;
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
            check_signature(state, data, byte_authorization)?;
            place(state, data).map_err(|refusal| format!("{} {}", refusal.code, refusal.message))
        })
    }

    /// A paid order out of nothing, of one item; without a callback. Gives its `order_id`.
    pub(crate) fn paid_order(&self, out_order_no: &str, total_amount: i64) -> String {
        self.platform.with(|state| {
            let mut order = Order::new(state, out_order_no, total_amount, 1);
            order.payment = Payment::Paid { at: state.clock.now_ms() };
            let order_id = order.order_id.clone();
            state.orders.by_id.insert(order_id.clone(), order);
            order_id
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
    pub(super) fn get(&self, order_id: &str) -> Option<&Order> {
        self.by_id.get(order_id)
    }

    pub(super) fn by_number(&self, out_order_no: &str) -> Option<&Order> {
        self.by_id.values().find(|order| order.out_order_no == out_order_no)
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
}

// ---- placed

fn check_signature(state: &State, data: &str, authorization: &str) -> Result<(), String> {
    let given =
        Authorization::parse(authorization).ok_or("11004 byteAuthorization has no such form")?;
    let settings = &state.settings;
    if given.appid != settings.app_id {
        return Err("11004 appid is another mini-app's".to_owned());
    }
    if given.key_version != settings.key_version {
        return Err("11004 key_version is unknown".to_owned());
    }
    let timestamp: u64 = given.timestamp.parse().map_err(|_| "11004 timestamp is no time")?;
    if timestamp.abs_diff(state.clock.now()) > HOUR {
        return Err("11004 timestamp is more than an hour off".to_owned());
    }
    let key = settings.app_key.as_ref().ok_or("11004 no public key was uploaded")?;
    let text = format!("POST\n/requestOrder\n{timestamp}\n{}\n{data}\n", given.nonce_str);
    if !is_signed(key, text.as_bytes(), given.signature) {
        return Err("11004 the signature is not the app's".to_owned());
    }
    Ok(())
}

struct Authorization<'a> {
    appid: &'a str,
    nonce_str: &'a str,
    timestamp: &'a str,
    key_version: &'a str,
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// `SHA256-RSA2048 appid="…",nonce_str="…",timestamp="…",key_version="…",signature="…"`, in any order. The
    /// documents disagree on the quotes, so each value may have them or not.
    fn parse(text: &'a str) -> Option<Self> {
        let pairs: Vec<(&str, &str)> = text
            .strip_prefix("SHA256-RSA2048 ")?
            .split(',')
            .map(|pair| pair.split_once('='))
            .collect::<Option<_>>()?;
        let value = |name| {
            let mut named = pairs.iter().filter(|(key, _)| *key == name);
            let (_, value) = named.next().filter(|_| pairs.len() == 5)?;
            let bare =
                value.strip_prefix('"').map_or(Some(*value), |rest| rest.strip_suffix('"'))?;
            (!bare.is_empty() && !bare.contains('"')).then_some(bare)
        };
        Some(Self {
            appid: value("appid")?,
            nonce_str: value("nonce_str")?,
            timestamp: value("timestamp")?,
            key_version: value("key_version")?,
            signature: value("signature")?,
        })
    }
}

fn place(state: &mut State, text: &str) -> Result<String, Refusal> {
    let Ok(data) = serde_json::from_str::<Map<String, Value>>(text) else {
        return refuse_parameter("data is no JSON text of an object");
    };
    let data = Value::Object(data);
    let data = Fields::of(&data)?;
    let out_order_no = data.text("outOrderNo", 64)?;
    match state.orders.by_number(out_order_no) {
        Some(order) if order.data == text => return Ok(order.order_id.clone()),
        Some(_) => return refuse_parameter("outOrderNo is another order's"),
        None => {}
    }
    let sku = check_data(data)?;
    let mut order = Order::new(state, out_order_no, data.amount("totalAmount")?, sku.quantity);
    order.items.iter_mut().for_each(|item| item.sku_id = sku.id.clone());
    order.in_diamonds = is_in_diamonds(data)?;
    if order.in_diamonds {
        order.merchant_uid = None;
    } else if let Some(merchant) = data.optional_text("merchantUid", 64)? {
        order.merchant_uid = Some(merchant.to_owned());
    }
    order.notify_url = data.notify_url("payNotifyUrl", 512)?;
    order.data = text.to_owned();
    let order_id = order.order_id.clone();
    state.orders.by_id.insert(order_id.clone(), order);
    Ok(order_id)
}

struct Sku {
    id: String,
    quantity: i64,
}

fn check_data(data: Fields<'_>) -> Result<Sku, Refusal> {
    let [sku] = data.objects("skuList", 1)?[..] else {
        return refuse_parameter("skuList must have one entry");
    };
    let (price, quantity) = (sku.amount("price")?, sku.amount("quantity")?);
    if quantity > 100 {
        return refuse_parameter("quantity is more than 100");
    }
    if data.amount("totalAmount")? > price.saturating_mul(quantity) {
        return refuse_parameter("totalAmount is more than the goods cost");
    }
    check_sku(sku)?;
    data.object("orderEntrySchema")?.check_page()?;
    if !(0..=48 * 3600).contains(&data.optional_whole("payExpireSeconds")?.unwrap_or(0)) {
        return refuse_parameter("payExpireSeconds is more than 48 hours");
    }
    if is_in_diamonds(data)? {
        check_diamonds(data, quantity)?;
    }
    Ok(Sku { id: sku.text("skuId", usize::MAX)?.to_owned(), quantity })
}

fn check_sku(sku: Fields<'_>) -> Result<(), Refusal> {
    sku.text("title", 256)?;
    sku.text("tagGroupId", usize::MAX)?;
    let kind = sku.whole("type")?;
    match sku.list("imageList", 1)? {
        [Value::String(image)] if image.len() <= 512 => {}
        _ => return refuse_parameter("imageList must be one address of at most 512 bytes"),
    }
    if sku.given("entrySchema").is_some() {
        sku.object("entrySchema")?.check_page()?;
    }
    if matches!(kind, 101..=107 | 402..=406) {
        sku.text("skuAttr", usize::MAX)?;
    }
    Ok(())
}

fn is_in_diamonds(data: Fields<'_>) -> Result<bool, Refusal> {
    match data.given("currency") {
        None => Ok(false),
        Some(_) => Ok(data.choice("currency", &["CNY", "DIAMOND"])? == "DIAMOND"),
    }
}

fn check_diamonds(data: Fields<'_>, quantity: i64) -> Result<(), Refusal> {
    if quantity != 1 {
        return refuse_parameter("quantity must be 1 with diamonds");
    }
    for name in ["payScene", "merchantUid"] {
        if data.optional_text(name, usize::MAX)?.is_some_and(|text| !text.is_empty()) {
            return refuse_parameter(format!("{name} must be empty with diamonds"));
        }
    }
    if data.amount("totalAmount")? > 5000 {
        return refuse_parameter("totalAmount is more than 5000 diamonds");
    }
    Ok(())
}

// ---- paid

fn end(
    state: &mut State,
    order_id: &str,
    status: &str,
    payment: impl FnOnce(u64) -> Payment,
) -> Result<(), String> {
    let now = state.clock.now_ms();
    let order = state.orders.by_id.get_mut(order_id).ok_or("order does not exist")?;
    if order.payment != Payment::Open {
        return Err("order is paid or closed".to_owned());
    }
    order.payment = payment(now);
    let order = order.clone();
    let msg = payment_message(state, &order, status, now);
    state.outbox.push(Callback::new("payment", &msg, order.notify_url));
    Ok(())
}

fn payment_message(state: &mut State, order: &Order, status: &str, now: u64) -> Value {
    let mut msg = json!({
        "app_id": state.settings.app_id,
        "out_order_no": order.out_order_no,
        "order_id": order.order_id,
        "status": status,
        "total_amount": order.total_amount,
        "discount_amount": 0,
        "event_time": now,
    });
    if order.is_paid() {
        msg["pay_channel"] = order.channel().into();
        msg["channel_pay_id"] = channel_number(order).into();
        msg["user_bill_pay_id"] = state.id("7").into();
    } else {
        msg["message"] = "TIME_OUT".into();
    }
    if let Some(merchant) = &order.merchant_uid {
        msg["merchant_uid"] = merchant.as_str().into();
    }
    if order.in_diamonds {
        msg["currency"] = "DIAMOND".into();
    }
    msg
}

fn channel_number(order: &Order) -> String {
    format!("4200{}", order.order_id.trim_start_matches("motb"))
}

// ---- asked for

/// `order_query`
pub(super) fn query(state: &mut State, request: Fields<'_>) -> Answer {
    let order = state.orders.asked_for(request)?;
    let mut data = json!({
        "app_id": state.settings.app_id,
        "order_id": order.order_id,
        "out_order_no": order.out_order_no,
        "pay_status": pay_status(order.payment),
        "total_amount": order.total_amount,
        "trade_time": order.placed_at,
        "discount_amount": 0,
        "item_order_list": order.items.iter().map(|item| item_row(order, item)).collect::<Vec<_>>(),
    });
    if let Payment::Paid { at } = order.payment {
        data["pay_time"] = at.into();
        data["pay_channel"] = order.channel().into();
        data["channel_pay_id"] = channel_number(order).into();
    }
    if let Some(merchant) = &order.merchant_uid {
        data["merchant_uid"] = merchant.as_str().into();
    }
    if order.in_diamonds {
        data["currency"] = "DIAMOND".into();
        data["total_currency_amount"] = order.total_amount.into();
    }
    Ok(data)
}

fn item_row(order: &Order, item: &Item) -> Value {
    let mut row = json!({
        "item_order_id": item.item_order_id,
        "sku_id": item.sku_id,
        "item_order_amount": item.amount,
    });
    if order.in_diamonds {
        row["item_order_currency_amount"] = item.amount.into();
    }
    row
}

fn pay_status(payment: Payment) -> &'static str {
    match payment {
        Payment::Open => "PROCESS",
        Payment::Paid { .. } => "SUCCESS",
        Payment::TimedOut => "TIMEOUT",
    }
}

/// `query_cps`: a tenth of every paid item went to one who praised it. The numbers of goods are beyond 2^53, as the
/// platform's are.
pub(super) fn query_cps(state: &mut State, request: Fields<'_>) -> Answer {
    let order = state.orders.asked_for(request)?;
    let items = if order.is_paid() { &order.items[..] } else { &[] };
    let rows: Vec<Value> = items.iter().map(cps_row).collect();
    Ok(json!({
        "order_id": order.order_id,
        "out_order_no": order.out_order_no,
        "total_commission_amount": items.iter().map(|item| item.amount / 10).sum::<i64>(),
        "cps_item_list": rows,
    }))
}

fn cps_row(item: &Item) -> Value {
    json!({
        "item_order_id": item.item_order_id,
        "sell_amount": item.amount,
        "commission_amount": item.amount / 10,
        "commission_rate": 1000,
        "source_type": 1,
        "status": 1,
        "commission_user_douyinid": "praiser",
        "commission_user_nickname": "达人",
        "task_id": "7291862380517",
        "item_id": 7_291_862_380_517_001_217_i64,
    })
}
