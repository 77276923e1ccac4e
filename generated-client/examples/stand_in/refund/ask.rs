//! The user asks for money back, and the app gives the refund its number.

use serde_json::{Value, json};

use super::super::answer::Refusal;
use super::super::callback::{Callback, Sequel};
use super::super::fields::Fields;
use super::super::state::State;
use super::{Audit, Refund, Source, left_of};

/// Opens a refund that waits for its number.
pub(super) fn ask(state: &mut State, order_id: &str) -> Result<String, String> {
    let order = state.orders.get(order_id).cloned().ok_or("order does not exist")?;
    let items = left_of(state, &order);
    if !order.is_paid() || items.is_empty() {
        return Err("nothing can be given back".to_owned());
    }
    let refund = Refund::new(state, &order, items, Source::User);
    let refund_id = refund.refund_id.clone();
    let msg = question(state, &refund);
    let callback = Callback::new("pre_create_refund", &msg, None);
    state.outbox.push(callback.followed_by(Sequel::RefundAsked(refund_id.clone())));
    state.refunds.by_id.insert(refund_id.clone(), refund);
    Ok(refund_id)
}

fn question(state: &State, refund: &Refund) -> Value {
    let mut msg = json!({
        "app_id": state.settings.app_id,
        "open_id": "an-openid",
        "refund_id": refund.refund_id,
        "order_id": refund.order_id,
        "out_order_no": refund.out_order_no,
        "refund_total_amount": refund.total,
        "need_refund_audit": 1,
        "refund_audit_deadline": refund.deadline,
        "create_refund_time": refund.created_at,
        "refund_source": refund.source as i64,
        "refund_reason": ["不想要了"],
        "refund_description": "",
        "cp_extra": "",
        "refund_item_detail": {
            "item_order_quantity": refund.items.len(),
            "item_order_detail": refund.item_rows(),
        },
    });
    if refund.in_diamonds {
        msg["currency"] = "DIAMOND".into();
    }
    msg
}

/// Reads what the app answers to `pre_create_refund`; whether it will do.
pub(crate) fn take_answer(state: &mut State, refund_id: &str, answer: &Value) -> bool {
    let Ok(out_refund_no) = read_answer(answer) else { return false };
    let taken = state.refunds.by_number(out_refund_no);
    if taken.is_some_and(|other| other.refund_id != refund_id) {
        return false;
    }
    make_ready(state, refund_id, out_refund_no);
    true
}

fn read_answer(answer: &Value) -> Result<&str, Refusal> {
    let data = Fields::of(answer)?.object("data")?;
    data.object("order_entry_schema")?.check_page()?;
    data.text("out_refund_no", 64)
}

/// The app never answered: the refund goes on with a number of the platform's.
pub(crate) fn pass_over(state: &mut State, refund_id: &str) {
    make_ready(state, refund_id, &format!("default-{refund_id}"));
}

fn make_ready(state: &mut State, refund_id: &str, out_refund_no: &str) {
    if let Some(refund) = state.refunds.by_id.get_mut(refund_id)
        && refund.audit == Audit::NotReady
    {
        refund.out_refund_no = out_refund_no.to_owned();
        refund.audit = Audit::Due;
    }
}
