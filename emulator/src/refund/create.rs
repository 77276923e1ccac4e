//! The app gives money back.

use serde_json::{Value, json};

use crate::context::Context;
use crate::envelope::{Outcome, Refusal, refuse_parameter};
use crate::fields::Fields;
use crate::order::{Order, Orders};

use super::{Part, Refund, Refunds, Source, left_of};

impl Refunds {
    /// `refund_create`. The same number again gives the same refund, and no second one.
    pub(crate) fn create(
        &mut self,
        context: &mut Context,
        orders: &mut Orders,
        request: Fields<'_>,
    ) -> Outcome {
        let out_refund_no = request.text("out_refund_no", 64)?;
        let order_id = request.text("order_id", 64)?;
        check_request(request)?;
        if let Some(refund) = self.by_number(out_refund_no) {
            if refund.order_id != order_id {
                return refuse_parameter("out_refund_no is another order's");
            }
            return Ok(created(refund));
        }
        let Some(order) = orders.get_mut(order_id) else {
            return refuse_parameter("order does not exist");
        };
        let items = self.parts_of(order, request)?;
        let mut refund = Refund::new(context, order, items, Source::Developer);
        refund.out_refund_no = out_refund_no.to_owned();
        refund.cp_extra = request.optional_text("cp_extra", 2048)?.unwrap_or_default().to_owned();
        refund.notify_url = request.notify_url("notify_url", 512)?;
        let (data, refund_id) = (created(&refund), refund.refund_id.clone());
        self.open(order, refund);
        self.give_back(context, orders, &refund_id);
        Ok(data)
    }

    /// What the request asks back, after every check of its amounts.
    fn parts_of(&self, order: &Order, request: Fields<'_>) -> Result<Vec<Part>, Refusal> {
        if !order.is_paid() {
            return refuse_parameter("order is not paid");
        }
        let currency = request.optional_text("currency", 16)?;
        if order.in_diamonds != (currency == Some("DIAMOND")) {
            return refuse_parameter("currency is not the order's");
        }
        let parts = match request.flag("refund_all")? {
            true => self.whole_order(order, request)?,
            false => named_items(order, request)?,
        };
        let total = request.amount("refund_total_amount")?;
        if parts.iter().map(|part| part.amount).sum::<i64>() != total {
            return refuse_parameter("refund_total_amount is not the sum of the items");
        }
        Ok(parts)
    }

    fn whole_order(&self, order: &Order, request: Fields<'_>) -> Result<Vec<Part>, Refusal> {
        if request.given("item_order_detail").is_some() {
            return refuse_parameter("item_order_detail and refund_all exclude each other");
        }
        if self.alive(&order.order_id).next().is_some() {
            return refuse_parameter("refund_all after another refund");
        }
        Ok(left_of(order))
    }
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

fn named_items(order: &Order, request: Fields<'_>) -> Result<Vec<Part>, Refusal> {
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
        if amount > item.amount - item.taken {
            return refuse_parameter("refund_amount is more than is left of the item");
        }
        parts.push(Part { item_order_id: id.to_owned(), amount });
    }
    Ok(parts)
}
