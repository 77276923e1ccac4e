//! What the app may ask about an order.

use serde_json::{Value, json};

use crate::context::Context;
use crate::envelope::Outcome;
use crate::fields::Fields;

use super::{Item, Order, Orders, Payment};

impl Orders {
    /// `order_query`
    pub(crate) fn query(&self, context: &Context, request: Fields<'_>) -> Outcome {
        let order = self.asked_for(request)?;
        let mut data = json!({
            "app_id": context.settings.app_id,
            "order_id": order.order_id,
            "out_order_no": order.out_order_no,
            "pay_status": pay_status(order.payment),
            "total_amount": order.total_amount,
            "trade_time": order.placed_at,
            "discount_amount": 0,
            "item_order_list": order.items.iter().map(|item| item_row(order, item)).collect::<Vec<_>>(),
        });
        if let Payment::Paid { at } = order.payment {
            data["pay_time"] = at.into();
            data["pay_channel"] = order.channel().into();
            data["channel_pay_id"] = order.channel_number().into();
        }
        if let Some(merchant) = &order.merchant_uid {
            data["merchant_uid"] = merchant.as_str().into();
        }
        if order.in_diamonds {
            data["currency"] = "DIAMOND".into();
            data["total_currency_amount"] = order.total_amount.into();
        }
        Ok(data)
    }

    /// `query_cps`: a tenth of every paid item went to one who praised it. The numbers of goods are beyond 2^53, as the
    /// platform's are.
    pub(crate) fn query_cps(&self, request: Fields<'_>) -> Outcome {
        let order = self.asked_for(request)?;
        let items = if order.is_paid() { &order.items[..] } else { &[] };
        let rows: Vec<Value> = items.iter().map(cps_row).collect();
        Ok(json!({
            "order_id": order.order_id,
            "out_order_no": order.out_order_no,
            "total_commission_amount": items.iter().map(|item| item.amount / 10).sum::<i64>(),
            "cps_item_list": rows,
        }))
    }
}

fn item_row(order: &Order, item: &Item) -> Value {
    let mut row = json!({
        "item_order_id": item.item_order_id,
        "sku_id": item.sku_id,
        "item_order_amount": item.amount,
    });
    if order.in_diamonds {
        row["item_order_currency_amount"] = item.amount.into();
    }
    row
}

fn pay_status(payment: Payment) -> &'static str {
    match payment {
        Payment::Open => "PROCESS",
        Payment::Paid { .. } => "SUCCESS",
        Payment::TimedOut => "TIMEOUT",
    }
}

fn cps_row(item: &Item) -> Value {
    json!({
        "item_order_id": item.item_order_id,
        "sell_amount": item.amount,
        "commission_amount": item.amount / 10,
        "commission_rate": 1000,
        "source_type": 1,
        "status": 1,
        "commission_user_douyinid": "praiser",
        "commission_user_nickname": "达人",
        "task_id": "7291862380517",
        "item_id": 7_291_862_380_517_001_217_i64,
    })
}
