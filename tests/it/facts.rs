//! What sources beside the four documents say, and what the platform was seen to send.

use apiscribe::callback::Callback;
use apiscribe::serde_json::json;
use apiscribe::{Endpoint, http};
use apiscribe_codegen::ir::{Client, Doc, Field, Struct};
use apiscribe_codegen::source::Sources;
use generated_client::common::Currency;
use generated_client::order::{OrderQueryRequest, PayStatus, PaymentResult, PaymentStatus};
use generated_client::platform::Fen;
use generated_client::refund::PreCreateRefund;

/// An order of 2 fen in cash, in the form in which the platform answered in October 2025.
const ORDER: &str = r#"{"log_id":"2025","data":{"discount_amount":0,"pay_status":"SUCCESS","total_amount":2,
    "trade_time":1760171999000,"out_order_no":"1","pay_channel":10,"pay_time":1760172007000,"total_currency_amount":2,
    "currency":"CNY","item_order_list":[{"item_order_amount":2,"item_order_currency_amount":2,
    "item_order_id":"motb2","sku_id":"1"}],"merchant_uid":"7554","order_id":"motb1","real_merchant_uid":"7555",
    "app_id":"tt1","channel_pay_id":"2105","promotion_list":null,"user_bill_pay_id":"2001"},"err_msg":"","err_no":0}"#;

fn client() -> Client {
    apiscribe_codegen::ir(&Sources::new(douyin_spec::files())).unwrap()
}

fn object<'c>(client: &'c Client, module: &str, name: &str) -> &'c Struct {
    let module = client.modules.iter().find(|known| known.name == module).unwrap();
    module.structs.iter().find(|known| known.name == name).unwrap()
}

fn field<'c>(client: &'c Client, module: &str, object_: &str, name: &str) -> &'c Field {
    let object = object(client, module, object_);
    object.fields.iter().find(|known| known.wire == name).unwrap()
}

/// How many readings there are on a point.
fn readings(doc: &Doc, about: &str) -> usize {
    let conflict = doc.conflicts.iter().find(|conflict| conflict.about.contains(about));
    conflict.unwrap_or_else(|| panic!("no conflict about {about}")).readings.len()
}

#[test]
fn an_order_in_cash_is_read_with_all_that_the_platform_sends() {
    let response = http::Response::new(ORDER.as_bytes().to_vec());
    let order = OrderQueryRequest::from_http(response).unwrap().into_data();
    assert_eq!((order.pay_status, order.total_amount), (PayStatus::Success, Fen(2)));
    assert_eq!(order.currency, Some(Currency::Cny));
    assert_eq!(order.total_currency_amount.map(|amount| amount.to_fen()), Some(order.total_amount));
    assert_eq!(order.real_merchant_uid.map(|uid| uid.0).as_deref(), Some("7555"));
    assert_eq!(order.user_bill_pay_id.as_deref(), Some("2001"));
    assert_eq!(order.promotion_list, None);
}

/// In the form of a real call of February 2024: neither `message` nor `cp_extra`.
#[test]
fn a_payment_is_read_without_what_is_empty() {
    let content = r#"{"app_id":"tt1","out_order_no":"1","order_id":"motb1","status":"SUCCESS","total_amount":1,
        "discount_amount":0,"pay_channel":10,"channel_pay_id":"TP1","user_bill_pay_id":"DTPS1",
        "merchant_uid":"71","event_time":1708586777000}"#;
    let body = json!({"version": "3.0", "type": "payment", "msg": content}).to_string();
    let event = PaymentResult::parse(body.as_bytes()).unwrap();
    assert_eq!((&event.status, event.message.as_deref()), (&PaymentStatus::Success, None));
}

/// 共约29m, and 4 hours and 12 minutes in the other edition.
#[test]
fn a_payment_is_told_of_for_half_an_hour() {
    assert_eq!(PaymentResult::RETRY_AFTER.iter().sum::<u64>(), 28 * 60 + 57);
    assert_eq!(PaymentResult::ATTEMPTS, Some(11));
    let client = client();
    let order = client.modules.iter().find(|module| module.name == "order").unwrap();
    let callback = order.callbacks.iter().find(|callback| callback.wire == "payment_result");
    assert_eq!(readings(&callback.unwrap().doc, "When and how often"), 2);
}

#[test]
fn disagreements_are_conflicts_with_all_their_readings() {
    let client = client();
    let of = |module: &str, object: &str, name: &str, about: &str| {
        readings(&field(&client, module, object, name).doc, about)
    };
    assert_eq!(of("order", "Order", "total_currency_amount", "Its unit"), 3);
    assert_eq!(of("order", "PaymentResultContent", "message", "Whether it is there"), 2);
    assert_eq!(of("withdraw", "QueryWithdrawOrderRequest", "app_id", "Whether it must"), 3);
    assert_eq!(of("login", "Code2sessionRequest", "anonymous_code", "not given"), 2);
    assert_eq!(of("merchant", "OperationInfo", "id_type", "not given"), 2);
    assert_eq!(of("merchant", "ImageUploadRequest", "image_type", "must be given"), 2);
    let tokens = [
        ("UserAccessTokenResponse", "access_token"),
        ("RefreshUserAccessTokenResponse", "access_token"),
        ("RenewRefreshTokenResponse", "refresh_token"),
        ("RefreshBizTokenResponse", "biz_token"),
        ("ClientTokenResponse", "access_token"),
        ("BusinessTokenResponse", "biz_token"),
    ];
    for (object, name) in tokens {
        assert_eq!(of("credential", object, name, "Whether it is always there"), 2, "{object}");
    }
}

#[test]
fn endpoints_have_the_conflicts_that_are_about_them_as_a_whole() {
    let client = client();
    let endpoint = |module: &str, name: &str| {
        let module = client.modules.iter().find(|known| known.name == module).unwrap();
        module.endpoints.iter().find(|known| known.wire == name).unwrap()
    };
    let renew = endpoint("credential", "renew_refresh_token");
    assert_eq!(readings(&renew.doc, "How the body is written"), 3);
    let provider = "/openapi/v2/auth/tp/token/";
    for name in ["create_merchant", "get_app_merchant", "add_merchant", "add_sub_merchant"] {
        let notes = &endpoint("merchant", name).doc.notes;
        assert!(notes.iter().any(|note| note.text.contains(provider)), "{name}");
    }
    let refund = client.modules.iter().find(|module| module.name == "refund").unwrap();
    let asked = refund.callbacks.iter().find(|known| known.wire == "pre_create_refund").unwrap();
    assert_eq!(readings(&asked.doc, "When and how often"), 3);
    assert_eq!(PreCreateRefund::RETRY_AFTER, [600]);
    let settle = client.modules.iter().find(|module| module.name == "settle").unwrap();
    let errors = settle.errors.iter().find(|known| known.wire == "settle_create").unwrap();
    assert_eq!(readings(&errors.doc, "HTTP status"), 3);
}
