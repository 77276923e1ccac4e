//! tt.requestGamePayment: what is paid for decides what must be given.

use apiscribe::js_api::Version;
use apiscribe::serde_json::{Value, from_str, json};
use apiscribe::validate::Settings;
use apiscribe::{ErrorCode, JsApi};
use generated_client::aweme_customer_service::GoodType;
use generated_client::game_payment::{
    CurrencyType, Env, Mode, Platform, RequestGamePaymentError, RequestGamePaymentOptions,
    RequestGamePaymentOptionsRequired,
};
use generated_client::platform::COIN_PRICE;
use generated_client::platform::Fen;

fn options() -> RequestGamePaymentOptions {
    let (mode, env, currency) = (Mode::Game, Env::Production, CurrencyType::Cny);
    RequestGamePaymentOptions::new(RequestGamePaymentOptionsRequired {
        mode,
        env,
        currency_type: currency,
        platform: Platform::Android,
        custom_id: "order_1".into(),
    })
}

fn item() -> RequestGamePaymentOptions {
    RequestGamePaymentOptions {
        good_type: Some(GoodType::Item),
        order_amount: Some(Fen(10)),
        good_name: Some("道具名称".to_owned()),
        ..options()
    }
}

/// A coin costs 0.1 yuan.
fn settings() -> Settings {
    Settings::new().with(COIN_PRICE, Fen(10))
}

fn built(options: &RequestGamePaymentOptions) -> Value {
    from_str(&options.to_json(&settings()).unwrap()).unwrap()
}

fn refused(options: &RequestGamePaymentOptions) -> String {
    options.to_json(&settings()).unwrap_err().to_string()
}

#[test]
fn coins_are_bought_by_their_number() {
    let coins = RequestGamePaymentOptions {
        buy_quantity: Some(600),
        zone_id: Some("1".to_owned()),
        extra_info: Some("more".to_owned()),
        ..options()
    };
    let expected = json!({
        "mode": "game", "env": 0, "currencyType": "CNY", "platform": "android", "buyQuantity": 600,
        "zoneId": "1", "customId": "order_1", "extraInfo": "more",
    });
    assert_eq!(built(&coins), expected);
    assert!(refused(&options()).starts_with("buyQuantity: "));
    // 70 yuan is no price level.
    let between = RequestGamePaymentOptions { buy_quantity: Some(700), ..options() };
    assert!(refused(&between).starts_with("buyQuantity: "));
}

#[test]
fn an_item_is_bought_by_its_price_and_name() {
    let expected = json!({
        "mode": "game", "env": 0, "currencyType": "CNY", "platform": "android", "customId": "order_1",
        "goodType": 2, "orderAmount": 10, "goodName": "道具名称",
    });
    assert_eq!(built(&item()), expected);
    let unpriced = RequestGamePaymentOptions { order_amount: None, ..item() };
    assert!(refused(&unpriced).starts_with("orderAmount: "));
    let nameless = RequestGamePaymentOptions { good_name: None, ..item() };
    assert!(refused(&nameless).starts_with("goodName: "));
    let coins = RequestGamePaymentOptions { buy_quantity: Some(600), ..item() };
    assert!(refused(&coins).starts_with("buyQuantity: "));
}

#[test]
fn only_what_the_page_lists_is_sent() {
    let sandbox = RequestGamePaymentOptions { env: Env::Unknown(1), ..item() };
    assert!(refused(&sandbox).starts_with("env: "));
    let ios = Platform::Unknown("ios".to_owned());
    let ios = RequestGamePaymentOptions { platform: ios, ..item() };
    assert!(refused(&ios).starts_with("platform: "));
    let numberless = RequestGamePaymentOptions { custom_id: String::new(), ..item() };
    assert!(refused(&numberless).starts_with("customId: "));
}

#[test]
fn newer_options_need_a_newer_platform() {
    assert_eq!(RequestGamePaymentOptions::SINCE, Some(Version::new(1, 0, 0)));
    let needed = item().requirements();
    let asked = "requestGamePayment.object.goodType";
    let newest = needed.iter().find(|needed| needed.path == asked);
    assert_eq!(newest.map(|needed| needed.since), Some(Version::new(3, 47, 0)), "{needed:?}");
}

#[test]
fn errors_are_told_by_one_number() {
    let error = RequestGamePaymentError::from_code(-15101);
    assert_eq!(error, RequestGamePaymentError::CustomIdMissingOrUsed);
    assert_eq!(RequestGamePaymentError::from_code(7), RequestGamePaymentError::Unknown(7));
}
