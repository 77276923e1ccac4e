//! What a program of another language or process asks the emulator to do.

use douyin_emulator::{Emulator, Settings};
use generated_client::apiscribe::JsApi;
use generated_client::apiscribe::signature::AppKey;
use generated_client::apiscribe::validate::Settings as Platform;
use generated_client::apiscribe::wire::JsonText;
use generated_client::order::{
    OrderData, OrderDataRequired, RequestOrderOptions, RequestOrderOptionsRequired, Sku,
    SkuRequired,
};
use generated_client::page::{EntrySchema, EntrySchemaRequired};
use generated_client::platform::{Amount, Fen};
use generated_client::platform_schemes::BYTE_AUTHORIZATION;
use serde_json::{Value, json};

use super::notified::{ACKNOWLEDGED, Notified};
use super::raw::{Answer, ORDER_QUERY, SETTLE_CREATE, call, send};

fn act(platform: &Emulator, action: &str, body: &Value) -> Answer {
    send(platform, &format!("/emulator/{action}"), "", body)
}

fn done(platform: &Emulator, action: &str, body: &Value) -> Value {
    let answer = act(platform, action, body);
    assert_eq!(answer.status, 200, "{action}: {}", answer.json());
    answer.json()
}

/// The options of `tt.requestOrder`, signed with the key that the emulator gives out.
fn signed_order(platform: &Emulator) -> Value {
    let Settings { app_id, key_version, .. } = Settings::default();
    let key = platform.app_private_key().unwrap().to_owned();
    let images = vec!["https://shop.example.com/1.png".to_owned()];
    let price = Amount::from(Fen(990));
    let sku = Sku::new(SkuRequired {
        sku_id: "sku-1".into(),
        price,
        quantity: 1,
        title: "咖啡券".into(),
        image_list: images,
        type_: 301,
        tag_group_id: "tag_group_1".into(),
    });
    let entry = EntrySchema::new(EntrySchemaRequired { path: "pages/order".into() });
    let order = OrderData::new(OrderDataRequired {
        sku_list: vec![sku],
        out_order_no: "order-1".into(),
        total_amount: price,
        order_entry_schema: entry,
    });
    let mut options =
        RequestOrderOptions::new(RequestOrderOptionsRequired { data: JsonText(order) });
    AppKey::new(&BYTE_AUTHORIZATION, app_id, key_version, &key)
        .unwrap()
        .sign_options(&mut options)
        .unwrap();
    serde_json::from_str(&options.to_json(&Platform::new()).unwrap()).unwrap()
}

#[tokio::test]
async fn an_order_is_placed_paid_fulfilled_and_settled() {
    let platform = Emulator::start().unwrap();
    let notified = Notified::start(|_| (200, ACKNOWLEDGED.to_owned()));
    done(&platform, "notify_url", &json!({ "url": notified.url }));
    let order = done(&platform, "place_order", &signed_order(&platform));
    done(&platform, "pay", &order);
    platform.callbacks_done().await;
    let deliveries = done(&platform, "deliveries", &json!({}));
    assert_eq!(
        (&deliveries[0]["event"], &deliveries[0]["acknowledged"]),
        (&json!("payment"), &json!(true))
    );
    assert_eq!(deliveries[0]["response"]["status"], 200);

    let settlement = json!({
        "out_order_no": "order-1", "out_settle_no": "settle-1", "settle_desc": "x",
    });
    assert_eq!(call(&platform, SETTLE_CREATE, &settlement)["err_no"], 23107);
    done(&platform, "fulfill", &order);
    assert_eq!(call(&platform, SETTLE_CREATE, &settlement)["err_no"], 0);
    assert_eq!(platform.request_count(), 2, "what is asked of the emulator itself is not counted");
}

#[test]
fn a_refusal_says_why() {
    let platform = Emulator::start().unwrap();
    let mut order = signed_order(&platform);
    order["data"] = order["data"].as_str().unwrap().replace("990", "1").into();
    for (action, body, code) in [
        ("place_order", order, 11004),
        ("pay", json!({ "order_id": "motb0" }), 10000),
        ("pay", json!({}), 10000),
        ("pay", json!([]), 10000),
        ("paid_order", json!({ "out_order_no": "order-1", "total_amount": 0 }), 10000),
        ("fault", json!({ "path": ORDER_QUERY, "fault": "earthquake" }), 10000),
    ] {
        let answer = act(&platform, action, &body);
        assert_eq!((answer.status, &answer.json()["code"]), (400, &json!(code)), "{action}");
        assert!(!answer.json()["message"].as_str().unwrap().is_empty());
    }
    assert_eq!(act(&platform, "explode", &json!({})).status, 404);
}

#[test]
fn a_request_meets_the_fault_that_was_asked_for() {
    let platform = Emulator::start().unwrap();
    let order = json!({ "out_order_no": "order-1", "total_amount": 100 });
    let order = done(&platform, "paid_order", &order);
    for (fault, status, code) in [
        (json!({ "fault": "code", "code": 10005 }), 200, Some(10005)),
        (json!({ "fault": "too_many_requests", "millis": 2000 }), 429, Some(28001005)),
        (json!({ "fault": "page", "status": 502 }), 502, None),
        (json!({ "fault": "late", "millis": 1 }), 200, Some(0)),
    ] {
        let mut body = fault.clone();
        body["path"] = ORDER_QUERY.into();
        done(&platform, "fault", &body);
        let token = format!("access-token: {}\r\n", platform.issue_token());
        let answer = send(&platform, ORDER_QUERY, &token, &order);
        let found: Option<Value> = serde_json::from_slice(&answer.body).ok();
        let found = found.map(|body| body["err_no"].clone());
        assert_eq!((answer.status, found), (status, code.map(Value::from)), "{fault}");
    }
}

#[test]
fn time_passes_when_it_is_told_to() {
    let platform = Emulator::start().unwrap();
    let token = format!("access-token: {}\r\n", platform.issue_token());
    done(&platform, "advance", &json!({ "seconds": 7201 }));
    let answer = send(&platform, ORDER_QUERY, &token, &json!({}));
    assert_eq!(answer.json()["err_no"], 28001008);
}
