//! A refund is over, and the app is notified.

use serde_json::{Value, json};

use crate::callback::Callback;
use crate::context::Context;
use crate::envelope::{Refusal, refuse_parameter};
use crate::order::Orders;

use super::{Audit, Refund, Refunds, Status, item_of};

impl Refunds {
    /// At once, unless the test ends refunds by hand.
    pub(super) fn give_back(
        &mut self,
        context: &mut Context,
        orders: &mut Orders,
        refund_id: &str,
    ) {
        if !context.settings.slow_money {
            self.end(context, orders, refund_id, Status::Success);
        }
    }

    /// The money is back with the user, or was refused on its way.
    pub(crate) fn finish(
        &mut self,
        context: &mut Context,
        orders: &mut Orders,
        refund_id: &str,
        succeeds: bool,
    ) -> Result<(), Refusal> {
        match self.by_id.get(refund_id) {
            None => refuse_parameter("refund does not exist"),
            Some(refund) if refund.status != Status::Processing => {
                refuse_parameter("refund is over")
            }
            Some(_) => {
                let status = if succeeds { Status::Success } else { Status::Fail };
                self.end(context, orders, refund_id, status);
                Ok(())
            }
        }
    }

    pub(super) fn end(
        &mut self,
        context: &mut Context,
        orders: &mut Orders,
        refund_id: &str,
        status: Status,
    ) {
        let Some(refund) = self.by_id.get_mut(refund_id) else { return };
        let Some(order) = orders.get_mut(&refund.order_id) else { return };
        let now = context.clock.now_ms();
        for part in &refund.items {
            let Some(item) = item_of(order, part) else { continue };
            match status {
                Status::Fail => item.taken -= part.amount,
                _ => item.give_back(part.amount, now),
            }
        }
        refund.status = status;
        refund.ended_at = Some(now);
        let msg = result(context, refund, order.settled);
        context.outbox.push(Callback::new("refund", &msg, refund.notify_url.clone()));
    }
}

fn result(context: &Context, refund: &Refund, is_settled: bool) -> Value {
    let mut msg = json!({
        "app_id": context.settings.app_id,
        "status": refund.status.word(),
        "order_id": refund.order_id,
        "event_time": refund.ended_at,
        "refund_id": refund.refund_id,
        "out_refund_no": refund.out_refund_no,
        "refund_total_amount": refund.total,
        "is_all_settled": is_settled,
        "refund_item_detail": {
            "item_order_quantity": refund.items.len(),
            "item_order_detail": refund.item_rows(),
        },
    });
    // A real call shows that what is empty is left out.
    if !refund.cp_extra.is_empty() {
        msg["cp_extra"] = refund.cp_extra.as_str().into();
    }
    if let Audit::Denied(message) = &refund.audit {
        msg["message"] = message.as_str().into();
    }
    if refund.in_diamonds {
        msg["currency"] = "DIAMOND".into();
    }
    msg
}
