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

use crate::support::with;

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
    options().with_good_type(GoodType::Item).with_order_amount(Fen(10)).with_good_name("道具名称")
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
    let coins = options().with_buy_quantity(600).with_zone_id("1").with_extra_info("more");
    let expected = json!({
        "mode": "game", "env": 0, "currencyType": "CNY", "platform": "android", "buyQuantity": 600,
        "zoneId": "1", "customId": "order_1", "extraInfo": "more",
    });
    assert_eq!(built(&coins), expected);
    assert!(refused(&options()).starts_with("buyQuantity: "));
    // 70 yuan is no price level.
    let between = options().with_buy_quantity(700);
    assert!(refused(&between).starts_with("buyQuantity: "));
}

#[test]
fn an_item_is_bought_by_its_price_and_name() {
    let expected = json!({
        "mode": "game", "env": 0, "currencyType": "CNY", "platform": "android", "customId": "order_1",
        "goodType": 2, "orderAmount": 10, "goodName": "道具名称",
    });
    assert_eq!(built(&item()), expected);
    let unpriced = with(item(), |it| {
        it.order_amount = None;
    });
    assert!(refused(&unpriced).starts_with("orderAmount: "));
    let nameless = with(item(), |it| {
        it.good_name = None;
    });
    assert!(refused(&nameless).starts_with("goodName: "));
    let coins = item().with_buy_quantity(600);
    assert!(refused(&coins).starts_with("buyQuantity: "));
}

#[test]
fn only_what_the_page_lists_is_sent() {
    let sandbox = with(item(), |it| {
        it.env = Env::Unknown(1);
    });
    assert!(refused(&sandbox).starts_with("env: "));
    let ios = Platform::Unknown("ios".to_owned());
    let ios = with(item(), |it| {
        it.platform = ios;
    });
    assert!(refused(&ios).starts_with("platform: "));
    let numberless = with(item(), |it| {
        it.custom_id = String::new();
    });
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
