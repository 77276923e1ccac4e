//! Orders are the app's by their signature, and the app hears of their payment.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use douyin_emulator::{Emulator, Refusal, Settings};
use serde_json::{Value, json};

use super::notified::{ACKNOWLEDGED, Notified};
use super::raw::{ORDER_QUERY, call};

/// The app's key, and a platform that knows its public half.
struct App {
    key: KeyPair,
    platform: Emulator,
}

impl App {
    fn new(settings: Settings) -> Self {
        let key = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let platform = Emulator::start_with(settings).unwrap();
        platform.set_app_key(key.public_key().as_der().unwrap().as_ref());
        Self { key, platform }
    }

    fn authorize(&self, data: &str, timestamp: u64, version: &str, quote: &str) -> String {
        let text = format!("POST\n/requestOrder\n{timestamp}\nnonce\n{data}\n");
        let mut signature = vec![0; self.key.public_modulus_len()];
        let random = SystemRandom::new();
        self.key.sign(&RSA_PKCS1_SHA256, &random, text.as_bytes(), &mut signature).unwrap();
        let signature = STANDARD.encode(signature);
        let appid = Settings::default().app_id;
        let values = [
            ("appid", appid.as_str()),
            ("nonce_str", "nonce"),
            ("timestamp", &timestamp.to_string()),
            ("key_version", version),
            ("signature", &signature),
        ];
        let values = values.map(|(name, value)| format!("{name}={quote}{value}{quote}"));
        format!("SHA256-RSA2048 {}", values.join(","))
    }

    fn place(&self, data: &str) -> Result<String, Refusal> {
        self.platform.place_order(data, &self.authorize(data, now(), "1", "\""))
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn data() -> Value {
    json!({
        "skuList": [{
            "skuId": "sku-1", "price": 500, "quantity": 3, "title": "月卡", "type": 301,
            "imageList": ["https://shop.example.com/1.png"], "tagGroupId": "tag_group_1",
        }],
        "outOrderNo": "order-1",
        "totalAmount": 1400,
        "orderEntrySchema": { "path": "pages/order", "params": "{\"id\":\"1\"}" },
    })
}

#[test]
fn a_signature_is_taken_with_quotes_and_without() {
    let app = App::new(Settings::default());
    let data = data().to_string();
    let order_id = app.place(&data).unwrap();
    assert!(order_id.starts_with("motb"));
    let bare = app.authorize(&data, now() - 3500, "1", "");
    assert_eq!(app.platform.place_order(&data, &bare), Ok(order_id), "the same text again");
}

#[test]
fn a_signature_that_is_not_right_is_refused() {
    let app = App::new(Settings::default());
    let data = data().to_string();
    let good = app.authorize(&data, now(), "1", "\"");
    let refused = [
        (data.replace("1400", "1"), good.clone()),
        (data.clone(), good.replace("nonce_str=\"nonce\"", "nonce_str=\"other\"")),
        (data.clone(), good.replace("SHA256-RSA2048", "SHA1")),
        (data.clone(), good.replace("\",nonce", ",nonce")),
        (data.clone(), format!("{good},more=\"x\"")),
        (data.clone(), app.authorize(&data, now() - 3700, "1", "\"")),
        (data.clone(), app.authorize(&data, now(), "2", "\"")),
        (data.clone(), App::new(Settings::default()).authorize(&data, now(), "1", "\"")),
    ];
    for (data, authorization) in refused {
        let refusal = app.platform.place_order(&data, &authorization).unwrap_err();
        assert_eq!(refusal.code, 11004, "{refusal}");
    }
}

#[test]
fn the_text_of_an_order_is_checked() {
    let app = App::new(Settings::default());
    let change = |pointer: &str, value: Value| {
        let mut data = data();
        *data.pointer_mut(pointer).unwrap() = value;
        app.place(&data.to_string()).unwrap_err().message
    };
    assert!(change("/outOrderNo", json!("x".repeat(65))).contains("outOrderNo"));
    assert!(change("/totalAmount", json!(1501)).contains("totalAmount"));
    assert!(change("/totalAmount", json!("1400")).contains("totalAmount"), "a number of the page");
    assert!(change("/skuList", json!([])).contains("skuList"));
    assert!(change("/skuList/0/quantity", json!(101)).contains("quantity"));
    assert!(change("/orderEntrySchema/path", json!("/pages")).contains("path"));
}

#[tokio::test]
async fn a_payment_is_told_until_it_is_acknowledged() {
    let app = App::new(Settings::default());
    let answers = [(500, ""), (200, "{\"err_no\":1}"), (200, ACKNOWLEDGED)];
    let notified = Notified::start(move |number| (answers[number].0, answers[number].1.to_owned()));
    app.platform.set_notify_url(&notified.url);
    let order_id = app.place(&data().to_string()).unwrap();
    app.platform.pay(&order_id).unwrap();
    app.platform.callbacks_done().await;

    let seen = notified.seen();
    assert_eq!(seen.len(), 3);
    seen.iter().for_each(|(head, body)| check(&app.platform, head, body));
    let deliveries = app.platform.deliveries();
    let told: Vec<_> = deliveries.iter().map(|told| (told.attempt, told.acknowledged)).collect();
    assert_eq!(told, [(1, false), (2, false), (3, true)]);

    let body: Value = serde_json::from_str(&seen[2].1).unwrap();
    assert_eq!((&body["version"], &body["type"]), (&json!("3.0"), &json!("payment")));
    let msg: Value = serde_json::from_str(body["msg"].as_str().unwrap()).unwrap();
    assert_eq!((&msg["status"], &msg["total_amount"]), (&json!("SUCCESS"), &json!(1400)));
    let order = call(&app.platform, ORDER_QUERY, &json!({ "order_id": order_id }));
    let amounts = order["data"]["item_order_list"].as_array().unwrap().iter();
    let amounts: Vec<_> = amounts.map(|item| item["item_order_amount"].clone()).collect();
    assert_eq!(amounts, [468, 466, 466]);
    assert_eq!(app.platform.pay(&order_id).unwrap_err().message, "order is paid or closed");
}

#[tokio::test]
async fn the_platform_gives_up_after_twenty_one_deliveries() {
    let pauses = vec![Duration::ZERO; 50];
    let app = App::new(Settings { callback_pauses: pauses, ..Settings::default() });
    let notified = Notified::start(|_| (500, String::new()));
    app.platform.set_notify_url(&notified.url);
    app.platform.send_callback("settle", "{}");
    app.platform.callbacks_done().await;
    assert_eq!((notified.seen().len(), app.platform.deliveries().len()), (21, 21));
}

/// The signature of a callback is by the platform's key, over its three lines.
fn check(platform: &Emulator, head: &str, body: &str) {
    let header = |name: &str| {
        let mut headers = head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(key, _)| *key == name).unwrap().1
    };
    let text = format!("{}\n{}\n{body}\n", header("Byte-Timestamp"), header("Byte-Nonce-Str"));
    let pem = platform.public_key();
    let der: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, STANDARD.decode(der).unwrap());
    let signature = STANDARD.decode(header("Byte-Signature")).unwrap();
    key.verify(text.as_bytes(), &signature).unwrap();
}
