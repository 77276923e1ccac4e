//! A settlement takes effect once, not before its order is over, and the ledger knows it.

use std::time::Duration;

use douyin_emulator::{AUTOMATIC_ORDER, Emulator, Settings, SettlesAfter};
use serde_json::{Value, json};

use super::raw::{PUSH, SETTLE_CREATE, SETTLE_QUERY, call, send, token_of};
use super::refund::refund;

fn settle(platform: &Emulator, out_order_no: &str, out_settle_no: &str) -> Value {
    let body = json!({
        "app_id": Settings::default().app_id,
        "out_order_no": out_order_no,
        "out_settle_no": out_settle_no,
        "settle_desc": "结算",
        "settle_params": "[{\"merchant_uid\":\"M1\",\"amount\":100}]",
        "ext": "mine",
    });
    call(platform, SETTLE_CREATE, &body)
}

#[test]
fn a_number_takes_effect_once() {
    let platform = Emulator::start().unwrap();
    platform.fulfilled_order("order-1", 1000);
    assert!(settle(&platform, "order-1", "settle-1")["data"]["settle_id"].is_string());
    assert_eq!(settle(&platform, "order-1", "settle-1")["err_no"], 23111);
    assert_eq!((platform.times_settled("order-1"), platform.ledger()[0].amount), (1, 1000));
    assert_eq!(platform.settled_under_two_numbers(), 0);
}

#[test]
fn a_second_number_for_an_order_is_noticed() {
    let platform = Emulator::start().unwrap();
    platform.fulfilled_order("order-1", 1000);
    settle(&platform, "order-1", "settle-1");
    assert_eq!(settle(&platform, "order-1", "settle-2")["err_no"], 23112);
    assert_eq!((platform.times_settled("order-1"), platform.settled_under_two_numbers()), (1, 1));
}

#[test]
fn a_settlement_that_failed_may_be_made_again_under_another_number() {
    let settings = Settings { slow_money: true, ..Settings::default() };
    let platform = Emulator::start_with(settings).unwrap();
    platform.fulfilled_order("order-1", 1000);
    settle(&platform, "order-1", "settle-1");
    platform.finish_settlement("settle-1", false);
    assert_eq!(settle(&platform, "order-1", "settle-2")["err_no"], 0);
    assert_eq!(platform.settled_under_two_numbers(), 0);
}

#[test]
fn what_cannot_be_settled_is_refused_with_its_code() {
    let platform = Emulator::start().unwrap();
    platform.fulfilled_order("order-1", 50);
    assert_eq!(settle(&platform, "order-0", "settle-1")["err_no"], 23101);
    assert_eq!(settle(&platform, AUTOMATIC_ORDER, "settle-1")["err_no"], 23117);
    assert_eq!(settle(&platform, "order-1", "settle-1")["err_no"], 10000, "shares out too much");
    assert_eq!(settle(&platform, "order-1", "")["err_no"], 10000);
    assert!(platform.ledger().is_empty());
    let body = json!({ "out_order_no": "order-0", "out_settle_no": "1", "settle_desc": "x" });
    let answer = send(&platform, SETTLE_CREATE, &token_of(&platform), &body);
    assert_eq!(answer.status, 400);
    assert_eq!(answer.header("x-tt-logid"), answer.json()["log_id"].as_str());
}

fn push(platform: &Emulator, order_id: &str, item: &str, status: &str) {
    let body = json!({ "order_id": order_id, "item_order_id_list": [item], "to_status": status });
    assert_eq!(call(platform, PUSH, &body)["err_no"], 0);
}

#[test]
fn an_order_is_settled_when_it_is_redeemed() {
    let platform = Emulator::start().unwrap();
    let order_id = platform.paid_order("order-1", 1000);
    let item = platform.items_of(&order_id).remove(0);
    assert_eq!(settle(&platform, "order-1", "settle-1")["err_no"], 23107);
    push(&platform, &order_id, &item, "fulfilling");
    assert_eq!(settle(&platform, "order-1", "settle-1")["err_no"], 23107);
    assert_eq!(platform.settled_under_two_numbers(), 0);
    push(&platform, &order_id, &item, "FULFILL_DONE");
    assert_eq!(settle(&platform, "order-1", "settle-1")["err_no"], 0);
}

#[test]
fn what_was_refunded_is_over_as_well() {
    let platform = Emulator::start().unwrap();
    let order_id = platform.paid_order("order-1", 1000);
    refund(&platform, &order_id, "refund-1", 400);
    assert_eq!(settle(&platform, "order-1", "settle-1")["err_no"], 23107);
    refund(&platform, &order_id, "refund-2", 600);
    assert_eq!(settle(&platform, "order-1", "settle-1")["err_no"], 23112);
}

#[test]
fn an_app_may_settle_from_the_payment_on_and_whole_orders_only() {
    let settings = Settings { settles_after: SettlesAfter::Payment, ..Settings::default() };
    let platform = Emulator::start_with(settings).unwrap();
    let order_id = platform.paid_order("order-1", 1000);
    let body = json!({
        "out_order_no": "order-1", "out_settle_no": "settle-1", "settle_desc": "x",
        "item_order_id": platform.items_of(&order_id)[0],
    });
    assert_eq!(call(&platform, SETTLE_CREATE, &body)["err_no"], 10000);
    assert_eq!(settle(&platform, "order-1", "settle-1")["err_no"], 0);
}

#[test]
fn a_settlement_waits_for_its_natural_days() {
    let settings = Settings { settlement_wait_days: 3, ..Settings::default() };
    let platform = Emulator::start_with(settings).unwrap();
    platform.fulfilled_order("order-1", 1000);
    assert_eq!(settle(&platform, "order-1", "settle-1")["err_no"], 23113);
    platform.advance(Duration::from_secs(24 * 3600));
    assert_eq!(settle(&platform, "order-1", "settle-1")["err_no"], 23113);
    platform.advance(Duration::from_secs(2 * 24 * 3600));
    assert_eq!(settle(&platform, "order-1", "settle-1")["err_no"], 0);
}

#[test]
fn the_first_number_of_a_query_counts() {
    let platform = Emulator::start().unwrap();
    platform.fulfilled_order("order-1", 1000);
    platform.fulfilled_order("order-2", 2000);
    let first = settle(&platform, "order-1", "settle-1")["data"]["settle_id"].clone();
    settle(&platform, "order-2", "settle-2");
    let ask = |names: Value| {
        let mut body = json!({ "app_id": Settings::default().app_id });
        body.as_object_mut().unwrap().extend(names.as_object().unwrap().clone());
        call(&platform, SETTLE_QUERY, &body)
    };
    let found = ask(json!({ "settle_id": first, "out_settle_no": "settle-2" }));
    assert_eq!(found["data"][0]["out_order_no"], "order-1");
    assert_eq!(found["data"][0]["cp_extra"], "mine");
    assert_eq!(found["data"][0]["settle_status"], "SUCCESS");
    let found = ask(json!({ "out_settle_no": "settle-2", "out_order_no": "order-1" }));
    assert_eq!(found["data"][0]["settle_amount"], 2000);
    assert_eq!(ask(json!({ "out_order_no": "order-3" }))["data"], json!([]));
    assert_eq!(ask(json!({}))["err_no"], 10000);
}
