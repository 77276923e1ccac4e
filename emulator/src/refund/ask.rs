//! The user asks for money back, and the app gives the refund its number.

use serde_json::{Value, json};

use crate::callback::{Callback, Sequel};
use crate::context::Context;
use crate::envelope::{Refusal, refuse_parameter};
use crate::fields::Fields;
use crate::order::Orders;

use super::{Audit, Refund, Refunds, Source, left_of};

impl Refunds {
    /// Opens a refund of all that is left of an order, which waits for its number.
    pub(crate) fn ask(
        &mut self,
        context: &mut Context,
        orders: &mut Orders,
        order_id: &str,
    ) -> Result<String, Refusal> {
        let Some(order) = orders.get_mut(order_id) else {
            return refuse_parameter("order does not exist");
        };
        let items = left_of(order);
        if !order.is_paid() || items.is_empty() {
            return refuse_parameter("nothing can be given back");
        }
        let refund = Refund::new(context, order, items, Source::User);
        let refund_id = refund.refund_id.clone();
        let msg = question(context, &refund);
        let callback = Callback::new("pre_create_refund", &msg, None);
        context.outbox.push(callback.followed_by(Sequel::RefundAsked(refund_id.clone())));
        self.open(order, refund);
        Ok(refund_id)
    }

    /// Reads what the app responds to `pre_create_refund`; whether it will do.
    pub(crate) fn take_response(&mut self, refund_id: &str, response: &Value) -> bool {
        let Ok(out_refund_no) = read_response(response) else { return false };
        let taken = self.by_number(out_refund_no);
        if taken.is_some_and(|other| other.refund_id != refund_id) {
            return false;
        }
        self.make_ready(refund_id, out_refund_no);
        true
    }

    /// The app never responded: the refund goes on with a number of the platform's.
    pub(crate) fn pass_over(&mut self, refund_id: &str) {
        self.make_ready(refund_id, &format!("default-{refund_id}"));
    }

    fn make_ready(&mut self, refund_id: &str, out_refund_no: &str) {
        if let Some(refund) = self.by_id.get_mut(refund_id)
            && refund.audit == Audit::NotReady
        {
            refund.out_refund_no = out_refund_no.to_owned();
            refund.audit = Audit::Due;
        }
    }
}

fn question(context: &Context, refund: &Refund) -> Value {
    let mut msg = json!({
        "app_id": context.settings.app_id,
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

fn read_response(response: &Value) -> Result<&str, Refusal> {
    let data = Fields::of(response)?.object("data")?;
    data.object("order_entry_schema")?.check_page()?;
    data.text("out_refund_no", 64)
}
