//! An order is paid or not, and the app is notified.

use serde_json::{Value, json};

use crate::callback::Callback;
use crate::context::Context;
use crate::envelope::{Refusal, refuse_parameter};

use super::{Order, Orders, Payment};

impl Orders {
    /// The user pays.
    pub(crate) fn pay(&mut self, context: &mut Context, order_id: &str) -> Result<(), Refusal> {
        let at = context.clock.now_ms();
        self.end(context, order_id, "SUCCESS", Payment::Paid { at })
    }

    /// The user does not pay in time.
    pub(crate) fn time_out(
        &mut self,
        context: &mut Context,
        order_id: &str,
    ) -> Result<(), Refusal> {
        self.end(context, order_id, "CANCEL", Payment::TimedOut)
    }

    /// Ends the time to pay, once.
    fn end(
        &mut self,
        context: &mut Context,
        order_id: &str,
        status: &str,
        payment: Payment,
    ) -> Result<(), Refusal> {
        let Some(order) = self.get_mut(order_id) else {
            return refuse_parameter("order does not exist");
        };
        if order.payment != Payment::Open {
            return refuse_parameter("order is paid or closed");
        }
        order.payment = payment;
        let msg = payment_message(context, order, status);
        context.outbox.push(Callback::new("payment", &msg, order.notify_url.clone()));
        Ok(())
    }
}

fn payment_message(context: &mut Context, order: &Order, status: &str) -> Value {
    let mut msg = json!({
        "app_id": context.settings.app_id,
        "out_order_no": order.out_order_no,
        "order_id": order.order_id,
        "status": status,
        "total_amount": order.total_amount,
        "discount_amount": 0,
        "event_time": context.clock.now_ms(),
    });
    if order.is_paid() {
        msg["pay_channel"] = order.channel().into();
        msg["channel_pay_id"] = order.channel_number().into();
        msg["user_bill_pay_id"] = context.id("7").into();
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
