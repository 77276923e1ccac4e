//! The app settles an order: what it asks for, and every reason to refuse it.

use serde_json::{Value, json};

use crate::clock::beijing_day;
use crate::context::Context;
use crate::envelope::{Outcome, Refusal, refuse, refuse_parameter};
use crate::fields::Fields;
use crate::order::{Item, Order, Orders};
use crate::settings::SettlesAfter;

use super::{AUTOMATIC_ORDER, Settlement, Settlements};

impl Settlements {
    /// `settle_create`. A number takes effect once; after that it is refused, whatever it comes with.
    pub(crate) fn create(
        &mut self,
        context: &mut Context,
        orders: &mut Orders,
        request: Fields<'_>,
    ) -> Outcome {
        let asked = Asked::read(context, request)?;
        let order = find_order(orders, asked.out_order_no)?;
        if self.used.contains(asked.out_settle_no) {
            return refuse(23111, "out_settle_no has existed");
        }
        let amount = self.amount_of(context, orders, order, &asked)?;
        if asked.shared_out() > amount {
            return refuse_parameter("settle_params shares out more than there is");
        }
        let entry = Settlement::new(context, order, amount, &asked);
        let ids =
            json!({ "settle_id": entry.settle_id, "wallet_settle_id": entry.wallet_settle_id });
        orders.mark_settled(&entry.order_id);
        self.add(entry);
        Ok(ids)
    }

    /// What is left to settle. In which order the platform looks at the reasons to refuse is not documented.
    fn amount_of(
        &mut self,
        context: &Context,
        orders: &Orders,
        order: &Order,
        asked: &Asked<'_>,
    ) -> Result<i64, Refusal> {
        let item = asked.item.map(|id| find_item(orders, order, id)).transpose()?;
        self.check_kind(context, order, item)?;
        check_time(context, order, item)?;
        self.note(order, asked);
        let left = match item {
            Some(item) => item.amount - item.taken,
            None => order.total_amount - order.taken(),
        };
        if left <= 0 || self.is_settled(order, item) {
            return refuse(23112, "no money to settle");
        }
        Ok(left)
    }

    /// Settling the whole and settling by item exclude each other, and not every mini-app may do both.
    fn check_kind(
        &self,
        context: &Context,
        order: &Order,
        item: Option<&Item>,
    ) -> Result<(), Refusal> {
        match item {
            Some(_) if context.settings.settles_after == SettlesAfter::Payment => {
                refuse_parameter("what is settled from the payment on is settled as a whole")
            }
            None if self.of(&order.order_id).any(Settlement::is_of_an_item) => {
                refuse(23118, "not allow entire settle")
            }
            _ => Ok(()),
        }
    }

    fn is_settled(&self, order: &Order, item: Option<&Item>) -> bool {
        let mut alive = self.of(&order.order_id).filter(|entry| entry.status != "FAIL");
        alive.any(|entry| {
            let same = item.is_some_and(|item| item.item_order_id == entry.item_order_id);
            same || !entry.is_of_an_item()
        })
    }
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

fn find_item<'a>(orders: &Orders, order: &'a Order, id: &str) -> Result<&'a Item, Refusal> {
    match order.items.iter().find(|item| item.item_order_id == id) {
        Some(item) => Ok(item),
        None if orders.item(id).is_some() => refuse(23025, "item_order_id not match out_order_no"),
        None => refuse(23024, "item_order_id not exist"),
    }
}

/// The order or the item is over, and so is the wait that is configured. Which of two codes stands for the wait is disputed;
/// the spec follows 23113.
fn check_time(context: &Context, order: &Order, item: Option<&Item>) -> Result<(), Refusal> {
    let since = match (context.settings.settles_after, item) {
        (SettlesAfter::Payment, _) => order.paid_at(),
        (SettlesAfter::Redemption, None) => order.final_at(),
        (SettlesAfter::Redemption, Some(item)) => item.final_at(),
    };
    let Some(since) = since else { return refuse(23107, "order not finish") };
    let first_day = beijing_day(since).saturating_add(context.settings.settlement_wait_days);
    match beijing_day(context.clock.now_ms()) < first_day {
        true => refuse(23113, "order not allow settle"),
        false => Ok(()),
    }
}

/// What a request asks for.
pub(super) struct Asked<'a> {
    pub(super) out_order_no: &'a str,
    pub(super) out_settle_no: &'a str,
    pub(super) item: Option<&'a str>,
    pub(super) ext: &'a str,
    /// The other receivers and what each gets.
    pub(super) shares: Vec<(String, i64)>,
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
        let share = Fields::of_page(share)?;
        Ok((share.text("merchant_uid", usize::MAX)?.to_owned(), share.amount("amount")?))
    };
    shares.iter().map(share).collect()
}
