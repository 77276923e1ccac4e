//! The samples of the documents' pages: what they send is what the client sends, and what they receive it reads.

use apiscribe::serde_json::{Value, from_str, to_value};
use apiscribe::validate::Settings;
use apiscribe::wire::JsonText;
use apiscribe::{Endpoint, JsApi, Validate, http};
use generated_client::aweme_customer_service::{
    CurrencyType, GoodType, OpenAwemeCustomerServiceOptions,
    OpenAwemeCustomerServiceOptionsRequired,
};
use generated_client::platform::COIN_PRICE;
use generated_client::platform::Fen;
use generated_client::settle::{
    Receiver, ReceiverRequired, SettleCreateRequest, SettleCreateRequired,
};

/// The body of the request on the page of settle_create. It lacks `app_id`, which the newer SDK requires.
const SETTLE: &str = r#"{
    "out_order_no":"out_order_example_1",
    "out_settle_no":"out_settle_example_1",
    "settle_desc":"分账描述",
    "settle_params":"[{\"merchant_uid\":\"分账方商户号1\",\"amount\":100}]",
    "ext":"test",
    "notify_url":"https://www.xxxx.com"
}"#;

const SETTLED: &str = r#"{
  "err_msg": "string",
  "err_no": 0,
  "log_id": "string",
  "data": {
    "wallet_settle_id": "string",
    "settle_id": "string"
  }
}"#;

/// The options of the sample for an item on the page of tt.openAwemeCustomerService, without its functions.
const ITEM: &str = r#"{
    "goodType": 2,
    "orderAmount": 10,
    "goodName": "道具名称",
    "currencyType": "DIAMOND",
    "zoneId": "1",
    "customId": "QWERTYUIDFxxxxx",
    "extraInfo": "{\"userId\":\"12xxx6\",\"version\":\"v0.0.0\",\"price\":\"30\"}"
}"#;

/// The same of the sample for coins.
const COINS: &str = r#"{
    "currencyType": "DIAMOND",
    "buyQuantity": 600,
    "zoneId": "1",
    "customId": "QWERTYUIDFxxxxx",
    "extraInfo": "{\"userId\":\"12xxx6\",\"version\":\"v0.0.0\",\"price\":\"30\"}"
}"#;

#[test]
fn the_sample_request_of_settle_create_is_what_is_sent() {
    let request = SettleCreateRequest::new(SettleCreateRequired {
        out_order_no: "out_order_example_1".into(),
        out_settle_no: "out_settle_example_1".into(),
        settle_desc: "分账描述".into(),
        app_id: "tt1".into(),
    })
    .with_settle_params(JsonText(vec![Receiver::new(ReceiverRequired {
        merchant_uid: "分账方商户号1".into(),
        amount: Fen(100),
    })]))
    .with_ext("test")
    .with_notify_url("https://www.xxxx.com");
    assert!(request.validate().is_ok());
    let mut expected: Value = from_str(SETTLE).unwrap();
    expected["app_id"] = "tt1".into();
    assert_eq!(to_value(&request).unwrap(), expected);
}

#[test]
fn the_sample_response_of_settle_create_is_read() {
    let response = http::Response::new(SETTLED.as_bytes().to_vec());
    let reply = SettleCreateRequest::from_http(response).unwrap();
    assert_eq!(reply.log_id(), Some("string"));
    let wallet_settle_id = reply.wallet_settle_id.as_ref().map(AsRef::as_ref);
    assert_eq!((&reply.settle_id.0[..], wallet_settle_id), ("string", Some("string")));
}

/// What both samples give.
fn options() -> OpenAwemeCustomerServiceOptions {
    OpenAwemeCustomerServiceOptions::new(OpenAwemeCustomerServiceOptionsRequired {
        custom_id: "QWERTYUIDFxxxxx".into(),
    })
    .with_currency_type(CurrencyType::Diamond)
    .with_zone_id("1")
    .with_extra_info(r#"{"userId":"12xxx6","version":"v0.0.0","price":"30"}"#)
}

#[test]
fn the_sample_for_an_item_is_what_is_built() {
    let item = options()
        .with_good_type(GoodType::Item)
        .with_order_amount(Fen(10))
        .with_good_name("道具名称");
    let json = item.to_json(&Settings::new()).unwrap();
    assert_eq!(from_str::<Value>(&json).unwrap(), from_str::<Value>(ITEM).unwrap());
    // The sample asks for this path first.
    let needed = item.requirements();
    let asked = "openAwemeCustomerService.object.goodType";
    assert!(needed.iter().any(|needed| needed.path == asked), "{needed:?}");
}

#[test]
fn the_sample_for_coins_is_what_is_built() {
    let coins = options().with_buy_quantity(600);
    // At 0.1 yuan a coin, 600 coins cost 60 yuan.
    let settings = Settings::new().with(COIN_PRICE, Fen(10));
    let json = coins.to_json(&settings).unwrap();
    assert_eq!(from_str::<Value>(&json).unwrap(), from_str::<Value>(COINS).unwrap());
}
