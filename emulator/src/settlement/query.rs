//! What the app may ask about settlements.

use serde_json::{Value, json};

use crate::envelope::{Outcome, refuse_parameter};
use crate::fields::Fields;

use super::{Settlement, Settlements};

/// The platform's fee: six in a thousand.
const RAKE_PER_THOUSAND: i64 = 6;

impl Settlements {
    /// `settle_query`: the first of four numbers that is given counts; nothing found is an empty list.
    pub(crate) fn query(&self, request: Fields<'_>) -> Outcome {
        request.text("app_id", 64)?;
        for name in ["settle_id", "order_id", "out_settle_no", "out_order_no"] {
            if let Some(number) = request.optional_text(name, 64)? {
                let found = self.entries.iter().filter(|entry| entry.number(name) == number);
                return Ok(found.map(row).collect());
            }
        }
        refuse_parameter("one of settle_id, order_id, out_settle_no and out_order_no is required")
    }
}

impl Settlement {
    fn number(&self, name: &str) -> &str {
        match name {
            "settle_id" => &self.settle_id,
            "order_id" => &self.order_id,
            "out_settle_no" => &self.out_settle_no,
            _ => &self.out_order_no,
        }
    }
}

fn row(entry: &Settlement) -> Value {
    let mut row = json!({
        "out_order_no": entry.out_order_no,
        "out_settle_no": entry.out_settle_no,
        "order_id": entry.order_id,
        "settle_id": entry.settle_id,
        "wallet_settle_id": entry.wallet_settle_id,
        "item_order_id": entry.item_order_id,
        "settle_status": entry.status,
        "settle_detail": entry.detail,
        "settle_amount": entry.amount,
        "rake": entry.amount.saturating_mul(RAKE_PER_THOUSAND) / 1000,
        "commission": 0,
        "cp_extra": entry.ext,
    });
    if let Some(settled_at) = entry.settled_at {
        row["settle_at"] = settled_at.into();
    }
    row
}
