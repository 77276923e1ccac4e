//! Refunds by the app, and by the user with the app's judgement.

use douyin_emulator::{Emulator, Settings};
use serde_json::{Value, json};

use super::notified::{ACKNOWLEDGED, Notified};
use super::raw::{ORDER_QUERY, REFUND_CREATE, call};

const QUERY: &str = "/api/trade_basic/v1/developer/refund_query/";
const AUDIT: &str = "/api/trade_basic/v1/developer/refund_audit_callback/";

pub(super) fn refund(platform: &Emulator, order_id: &str, number: &str, amount: i64) -> Value {
    let order = call(platform, ORDER_QUERY, &json!({ "order_id": order_id }));
    let item = &order["data"]["item_order_list"][0]["item_order_id"];
    let body = json!({
        "order_id": order_id,
        "out_refund_no": number,
        "refund_total_amount": amount,
        "cp_extra": "mine",
        "order_entry_schema": { "path": "pages/refund" },
        "refund_reason": [{ "code": 101, "text": "不想要了" }],
        "item_order_detail": [{ "item_order_id": item, "refund_amount": amount }],
    });
    call(platform, REFUND_CREATE, &body)
}

#[test]
fn the_same_number_gives_the_same_refund() {
    let platform = Emulator::start().unwrap();
    let order_id = platform.paid_order("order-1", 1000);
    let first = refund(&platform, &order_id, "refund-1", 600);
    assert_eq!(first["data"], refund(&platform, &order_id, "refund-1", 600)["data"]);
    assert_eq!(platform.refunded(&order_id), 600);
    assert_eq!(refund(&platform, &order_id, "refund-2", 401)["err_no"], 10000);
    assert_eq!(refund(&platform, &order_id, "refund-2", 400)["err_no"], 0);
    let found = call(&platform, QUERY, &json!({ "order_id": order_id }));
    assert_eq!(found["data"]["refund_list"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_users_refund_gets_its_number_and_is_judged() {
    let settings = Settings { slow_money: true, ..Settings::default() };
    let platform = Emulator::start_with(settings).unwrap();
    let answers = [
        ACKNOWLEDGED.to_owned(),
        json!({ "err_no": 0, "err_tips": "success", "data": {
            "out_refund_no": "refund-1", "order_entry_schema": { "path": "pages/refund" },
        }})
        .to_string(),
        ACKNOWLEDGED.to_owned(),
    ];
    let notified = Notified::start(move |number| (200, answers[number].clone()));
    let order_id = platform.paid_order("order-1", 1000);
    let refund_id = platform.ask_for_refund(&order_id).unwrap();
    platform.callbacks_done().await;
    platform.set_notify_url(&notified.url);
    assert_eq!(listed(&platform, &refund_id)["out_refund_no"], format!("default-{refund_id}"));

    let order_id = platform.paid_order("order-2", 1000);
    let refund_id = platform.ask_for_refund(&order_id).unwrap();
    let audit = json!({ "refund_id": refund_id, "refund_audit_status": 1 });
    platform.callbacks_done().await;
    let tries = platform.deliveries().into_iter().rev().take(2);
    let tries: Vec<bool> = tries.map(|delivery| delivery.acknowledged).collect();
    assert_eq!(tries, [true, false], "an answer without its data is none");
    assert_eq!(listed(&platform, &refund_id)["out_refund_no"], "refund-1");

    assert_eq!(call(&platform, AUDIT, &audit)["err_no"], 0);
    assert_eq!(call(&platform, AUDIT, &audit)["err_no"], 22006);
    platform.finish_refund(&refund_id, true).unwrap();
    platform.callbacks_done().await;
    assert_eq!(platform.deliveries().last().unwrap().event, "refund");
    assert_eq!(listed(&platform, &refund_id)["refund_status"], "SUCCESS");
}

#[test]
fn a_verdict_needs_its_refund_and_its_reason() {
    let platform = Emulator::start().unwrap();
    let audit = |body: Value| call(&platform, AUDIT, &body)["err_no"].clone();
    assert_eq!(audit(json!({ "refund_id": "x", "refund_audit_status": 1 })), 20000);
    assert_eq!(audit(json!({ "refund_id": "x", "refund_audit_status": 2 })), 10000);
    assert_eq!(audit(json!({ "refund_id": "x", "refund_audit_status": 3 })), 10000);
}

/// The platform's own SDK for JavaScript types every int64 as a string.
#[test]
fn whole_numbers_may_come_as_text() {
    let platform = Emulator::start().unwrap();
    let order_id = platform.paid_order("order-1", 1000);
    let item = platform.items_of(&order_id).remove(0);
    let ask = |amount: Value| {
        let body = json!({
            "order_id": order_id,
            "out_refund_no": "refund-1",
            "refund_total_amount": amount,
            "order_entry_schema": { "path": "pages/refund" },
            "refund_reason": [{ "code": "101", "text": "不想要了" }],
            "item_order_detail": [{ "item_order_id": item, "refund_amount": "600" }],
        });
        call(&platform, REFUND_CREATE, &body)["err_no"].clone()
    };
    for nonsense in ["", " 600", "+600", "6e2", "600.0", "0600", "9223372036854775808"] {
        assert_eq!(ask(json!(nonsense)), 10000, "{nonsense:?}");
    }
    assert_eq!(ask(json!("600")), 0);
    assert_eq!(platform.refunded(&order_id), 600);
}

/// As a real call of 2024-02-22 shows: what is empty is left out.
#[tokio::test]
async fn a_callback_leaves_out_what_is_empty() {
    let platform = Emulator::start().unwrap();
    let notified = Notified::start(|_| (200, ACKNOWLEDGED.to_owned()));
    platform.set_notify_url(&notified.url);
    let order_id = platform.paid_order("order-1", 1000);
    let item = platform.items_of(&order_id).remove(0);
    let body = json!({
        "order_id": order_id,
        "out_refund_no": "refund-1",
        "refund_total_amount": 1000,
        "order_entry_schema": { "path": "pages/refund" },
        "refund_reason": [{ "code": 101, "text": "不想要了" }],
        "item_order_detail": [{ "item_order_id": item, "refund_amount": 1000 }],
    });
    assert_eq!(call(&platform, REFUND_CREATE, &body)["err_no"], 0);
    platform.callbacks_done().await;
    let sent: Value = serde_json::from_str(&notified.seen()[0].1).unwrap();
    let msg: Value = serde_json::from_str(sent["msg"].as_str().unwrap()).unwrap();
    assert_eq!((&msg["out_refund_no"], msg.get("cp_extra")), (&json!("refund-1"), None));
}

fn listed(platform: &Emulator, refund_id: &str) -> Value {
    let found = call(platform, QUERY, &json!({ "refund_id": refund_id }));
    found["data"]["refund_list"][0].clone()
}
