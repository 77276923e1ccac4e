//! What the app says about an order's fulfilment.

use std::collections::BTreeMap;

use serde_json::Value;

use super::answer::{Answer, refuse_parameter};
use super::fields::Fields;
use super::handle::StandIn;
use super::state::State;

impl StandIn {
    /// The status that was last pushed for an item.
    pub(crate) fn fulfillment_of(&self, item_order_id: &str) -> Option<String> {
        self.platform.with(|state| state.fulfillments.by_item.get(item_order_id).cloned())
    }
}

#[derive(Default)]
pub(super) struct Fulfillments {
    by_item: BTreeMap<String, String>,
}

/// `fulfill_push_status`. No list of the statuses is known, so any text will do.
pub(super) fn push(state: &mut State, request: Fields<'_>) -> Answer {
    let status = request.text("to_status", 64)?;
    let Some(order) = state.orders.get(request.text("order_id", 64)?) else {
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
    for id in ids.iter().filter_map(Value::as_str) {
        state.fulfillments.by_item.insert(id.to_owned(), status.to_owned());
    }
    Ok(Value::Null)
}
