//! The signatures of guaranteed payment, against the published vectors.

use apiscribe::Secret;
use apiscribe::signature::SignatureError;
use generated_client::platform_schemes::ecpay;
use serde_json::{Map, Value, json};

fn object(value: Value) -> Map<String, Value> {
    let Value::Object(object) = value else { panic!("an object: {value}") };
    object
}

fn sign(request: Value) -> String {
    ecpay::sign(&object(request), &Secret::from("your_payment_salt"))
}

#[test]
fn the_published_settle_is_signed_so() {
    let request = json!({
        "settle_params": r#"[{"merchant_uid":"123345","amount":1}]"#,
        "settle_desc": "开始结算与分账",
        "out_settle_no": "mock_settle_no",
        "out_order_no": "mock_settle_no",
        "notify_url": "https://callback.com",
        "app_id": "ttabcdefg123456",
    });
    assert_eq!(sign(request), "3c9421d0268a974138f4b36e9cefa1f1");
}

#[test]
fn the_published_order_is_signed_so() {
    let request = json!({
        "app_id": "ttcfdbb9xxxxxxxxxxx",
        "thirdparty_id": "tta4bad200000xxxxxx",
        "out_order_no": "test-02167569xxxxxx",
        "total_amount": 2376,
        "subject": "test-payment_subject-test-paym...",
        "body": "强烈推荐！经典腊汁肉夹馍团购价仅需7.92元！",
        "valid_time": 172_800,
        "notify_url": "https://www.xxx.com",
        "disable_msg": 0,
        "msg_page": "pages/user/orderDetail/orderDetail?id=997979879879879879",
    });
    assert_eq!(sign(request), "54f102e7115f8a6a3e6af4633dc33959");
}

#[test]
fn what_does_not_count_changes_nothing() {
    let plain = sign(json!({ "a": "x", "b": 0 }));
    let more = json!({
        "a": " \" x \" ", "b": 0, "c": "", "d": null, "e": "null", "f": "  ", "sign": "old",
        "other_settle_params": "[]", "app_id": "tt", "thirdparty_id": "tp",
    });
    assert_eq!(sign(more), plain);
    assert_ne!(sign(json!({ "a": "x", "b": 1 })), plain);
    assert_ne!(sign(json!({ "a": "x", "b": 0, "c": false })), plain);
}

fn callback(signature: &str) -> Map<String, Value> {
    object(json!({
        "timestamp": "1700000000", "nonce": "7", "msg": "{}", "type": "settle", "extra": "",
        "msg_signature": signature,
    }))
}

/// `printf 17000000007tok{} | sha1sum`: the sorted values `1700000000`, `7`, `tok`, `{}` in one text.
const SIGNATURE: &str = "fd1789279e17afb9b710b4b97e62bbd59020d7c9";

#[test]
fn a_callback_is_checked_over_its_sorted_values() {
    let token = Secret::from("tok");
    assert_eq!(ecpay::verify_callback(&callback(SIGNATURE), &token), Ok(()));
    let mismatch = Err(SignatureError::Mismatch);
    assert_eq!(ecpay::verify_callback(&callback(&SIGNATURE[1..]), &token), mismatch);
    assert_eq!(ecpay::verify_callback(&callback(SIGNATURE), &Secret::from("tik")), mismatch);
    let mut changed = callback(SIGNATURE);
    changed.insert("msg".to_owned(), json!(r#"{"a":1}"#));
    assert_eq!(ecpay::verify_callback(&changed, &token), mismatch);
}

#[test]
fn a_callback_without_a_signature_or_with_other_values_than_text_is_unreadable() {
    let token = Secret::from("tok");
    let mut unsigned = callback(SIGNATURE);
    unsigned.remove("msg_signature");
    assert_eq!(ecpay::verify_callback(&unsigned, &token), Err(SignatureError::Unreadable));
    let mut nested = callback(SIGNATURE);
    nested.insert("msg".to_owned(), json!({}));
    assert_eq!(ecpay::verify_callback(&nested, &token), Err(SignatureError::Unreadable));
}
