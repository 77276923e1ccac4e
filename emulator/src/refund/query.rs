//! What the app may ask about refunds.

use serde_json::{Value, json};

use crate::envelope::{Outcome, refuse_parameter};
use crate::fields::Fields;

use super::{Audit, Refund, Refunds};

/// The most refunds of a response.
const MOST: usize = 50;

impl Refunds {
    /// `refund_query`: the first of three numbers that is given counts.
    pub(crate) fn query(&self, request: Fields<'_>) -> Outcome {
        let refund_id = request.optional_text("refund_id", 64)?;
        let out_refund_no = request.optional_text("out_refund_no", 64)?;
        let order_id = request.optional_text("order_id", 64)?;
        let is_wanted = |refund: &&Refund| match (refund_id, out_refund_no, order_id) {
            (Some(id), _, _) => refund.refund_id == id,
            (None, Some(number), _) => refund.out_refund_no == number,
            (None, None, id) => id == Some(&refund.order_id),
        };
        if refund_id.or(out_refund_no).or(order_id).is_none() {
            return refuse_parameter("one of refund_id, out_refund_no and order_id is required");
        }
        let found = self.by_id.values().filter(is_wanted).take(MOST);
        Ok(json!({ "refund_list": found.map(row).collect::<Vec<_>>() }))
    }
}

fn row(refund: &Refund) -> Value {
    let mut row = json!({
        "order_id": refund.order_id,
        "out_refund_no": refund.out_refund_no,
        "refund_id": refund.refund_id,
        "refund_status": refund.status.word(),
        "refund_total_amount": refund.total,
        "item_order_detail": refund.item_rows(),
        "create_at": refund.created_at,
        "refund_source": refund.source as i64,
        "merchant_audit_detail": audit_detail(refund),
    });
    if let Some(ended_at) = refund.ended_at {
        row["refund_at"] = ended_at.into();
    }
    if refund.in_diamonds {
        row["currency"] = "DIAMOND".into();
    }
    row
}

fn audit_detail(refund: &Refund) -> Value {
    let (status, message) = match &refund.audit {
        Audit::NotReady | Audit::NotNeeded => ("INIT", ""),
        Audit::Due => ("TOAUDIT", ""),
        Audit::Agreed => ("AGREE", ""),
        Audit::Denied(message) => ("DENY", message.as_str()),
    };
    let needed = if refund.audit == Audit::NotNeeded { 2 } else { 1 };
    json!({
        "audit_status": status,
        "need_refund_audit": needed,
        "refund_audit_deadline": refund.deadline,
        "deny_message": message,
    })
}
