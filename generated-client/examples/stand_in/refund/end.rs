//! A refund is over, and the app is told.

use serde_json::{Value, json};

use super::super::callback::Callback;
use super::super::state::State;
use super::{Audit, Refund, Status};

/// At once, unless the test ends refunds by hand.
pub(super) fn give_back(state: &mut State, refund_id: &str) {
    if !state.settings.slow_money {
        end(state, refund_id, Status::Success);
    }
}

pub(super) fn end(state: &mut State, refund_id: &str, status: Status) {
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
        "status": refund.status.word(),
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
