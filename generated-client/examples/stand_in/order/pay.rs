//! An order is paid or not, and the app is told.

use serde_json::{Value, json};

use super::super::callback::Callback;
use super::super::state::State;
use super::{Order, Payment};

/// Ends the time to pay, once.
pub(super) fn end(
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
        msg["channel_pay_id"] = order.channel_number().into();
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
