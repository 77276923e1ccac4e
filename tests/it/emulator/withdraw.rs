//! Withdrawals, fulfilment and tags.

use std::time::Duration;

use douyin_emulator::Emulator;
use serde_json::{Value, json};

use super::raw::{ORDER_QUERY, PUSH, call};

fn withdraw(platform: &Emulator, number: &str) -> Value {
    let body = json!({
        "merchant_uid": "M1", "channel_type": "hz", "withdraw_amount": 100, "out_order_id": number,
    });
    call(platform, "/api/apps/ecpay/saas/merchant_withdraw", &body)
}

#[test]
fn five_withdrawals_a_day_and_a_number_only_once() {
    let platform = Emulator::start().unwrap();
    for number in ["1", "2", "3", "4", "5"] {
        assert_eq!(withdraw(&platform, number)["err_no"], 0);
    }
    assert_eq!(withdraw(&platform, "1")["data"], withdraw(&platform, "1")["data"]);
    assert_eq!(withdraw(&platform, "6")["err_no"], 10000);
    assert_eq!(platform.withdrawn(), (5, 500));
    platform.advance(Duration::from_secs(24 * 3600));
    assert_eq!(withdraw(&platform, "6")["err_no"], 0);
    let account = json!({ "merchant_uid": "M1", "channel_type": "hz" });
    let balance = call(&platform, "/api/apps/ecpay/saas/query_merchant_balance/", &account);
    assert_eq!(balance["data"]["account_info"]["withdrawable_balacne"], 999_400);
}

#[test]
fn an_amount_may_come_as_text() {
    let platform = Emulator::start().unwrap();
    let body = json!({
        "merchant_uid": "M1", "channel_type": "hz", "withdraw_amount": "100", "out_order_id": "1",
    });
    let answer = call(&platform, "/api/apps/ecpay/saas/merchant_withdraw", &body);
    assert_eq!((&answer["err_no"], platform.withdrawn()), (&json!(0), (1, 100)));
}

/// 核销 and 退款 are the end (终态), says the page of settle_create.
#[test]
fn what_is_redeemed_does_not_go_back() {
    let platform = Emulator::start().unwrap();
    let order_id = platform.paid_order("order-1", 100);
    let item = platform.items_of(&order_id).remove(0);
    let push = |status: &str| {
        let body =
            json!({ "order_id": order_id, "item_order_id_list": [item], "to_status": status });
        call(&platform, PUSH, &body)["err_no"].clone()
    };
    assert_eq!(["FULFILL_WAIT", "FULFILLING", "FULFILL_DONE"].map(push), [0, 0, 0]);
    assert_eq!(["FULFILLING", "FULFILL_DONE"].map(push), [10000, 0]);
}

#[test]
fn fulfilment_is_of_the_orders_items() {
    let platform = Emulator::start().unwrap();
    let order_id = platform.paid_order("order-1", 100);
    let order = call(&platform, ORDER_QUERY, &json!({ "order_id": order_id }));
    let item = order["data"]["item_order_list"][0]["item_order_id"].as_str().unwrap();
    let push = |item: &str| {
        let body = json!({
            "order_id": order_id, "item_order_id_list": [item], "to_status": "fulfilling",
        });
        call(&platform, PUSH, &body)
    };
    assert_eq!(push("another's")["err_no"], 10000);
    assert_eq!(push(item)["err_no"], 0);
    assert_eq!(platform.fulfillment_of(item).as_deref(), Some("fulfilling"));
}

#[test]
fn tags_are_of_a_type_of_goods() {
    let platform = Emulator::start().unwrap();
    let ask = |body: Value| {
        let answer = call(&platform, "/api/trade_basic/v1/developer/tag_query/", &body);
        answer["data"]["tag_detail_list"].as_array().unwrap().len()
    };
    assert_eq!((ask(json!({})), ask(json!({ "goods_type": 401 }))), (4, 1));
}
