//! What the app says about an order's fulfilment.

use serde_json::Value;

use crate::context::Context;
use crate::envelope::{Outcome, refuse_parameter};
use crate::fields::Fields;
use crate::order::{Orders, is_redeemed};

/// `fulfill_push_status`. No list of the statuses is known, so any text will do; but what is redeemed is over (终态).
pub(crate) fn push(context: &Context, orders: &mut Orders, request: Fields<'_>) -> Outcome {
    let status = request.text("to_status", 64)?;
    let Some(order) = orders.get_mut(request.text("order_id", 64)?) else {
        return refuse_parameter("order does not exist");
    };
    if !order.is_paid() {
        return refuse_parameter("order is not paid");
    }
    let ids = request.list("item_order_id_list", 100)?;
    let is_of_order = |id: &Value| {
        order.items.iter().any(|item| Some(item.item_order_id.as_str()) == id.as_str())
    };
    if !ids.iter().all(is_of_order) {
        return refuse_parameter("item_order_id_list has an item that is none of the order's");
    }
    let now = context.clock.now_ms();
    let is_named = |id: &str| ids.iter().any(|named| named.as_str() == Some(id));
    let named = || order.items.iter().filter(|item| is_named(&item.item_order_id));
    if !is_redeemed(status) && named().any(|item| item.redeemed_at.is_some()) {
        return refuse_parameter("item_order_id_list has an item that is redeemed already");
    }
    for item in order.items.iter_mut().filter(|item| is_named(&item.item_order_id)) {
        item.push(status, now);
    }
    Ok(Value::Null)
}
