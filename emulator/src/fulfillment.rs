//! What the app says about an order's fulfilment.

use serde_json::Value;

use crate::envelope::{Outcome, refuse_parameter};
use crate::fields::Fields;
use crate::order::Orders;

/// `fulfill_push_status`. No list of the statuses is known, so any text will do.
pub(crate) fn push(orders: &mut Orders, request: Fields<'_>) -> Outcome {
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
    let is_named = |id: &str| ids.iter().any(|named| named.as_str() == Some(id));
    for item in order.items.iter_mut().filter(|item| is_named(&item.item_order_id)) {
        item.fulfillment = Some(status.to_owned());
    }
    Ok(Value::Null)
}
