//! `JsApi`, derived by hand-written types: the options as JSON, and what the user's device must support for them.

use apiscribe::error::UndocumentedPair;
use apiscribe::js_api::{Requirement, SupportPaths, Version};
use apiscribe::validate::Settings;
use apiscribe::{Encode, ErrorCode as _, JsApi, Validate, WireEnum};

#[derive(Debug, Clone, PartialEq, Eq, WireEnum)]
enum GoodType {
    #[wire(0, default)]
    Coins,
    #[wire(2, since = "3.48.0")]
    Item,
    #[wire(unknown)]
    Unknown(i64),
}

#[derive(Encode, Validate, JsApi)]
#[js_api(name = "tt.openAwemeCustomerService", since = "2.64.0", concurrency = 1)]
#[js_api(support = generated_client::platform::JS_SUPPORT)]
struct Options {
    #[js_api(since = "2.64.0")]
    #[wire(name = "customId")]
    #[validate(required)]
    custom_id: String,
    #[wire(name = "goodType", optional)]
    #[js_api(since = "3.47.0")]
    good_type: Option<GoodType>,
    #[wire(name = "orderAmount", optional)]
    #[js_api(since = "3.47.0")]
    #[validate(required_if(good_type == 2))]
    order_amount: Option<i64>,
}

fn options() -> Options {
    Options { custom_id: "c1".to_owned(), good_type: None, order_amount: None }
}

fn paths(options: &Options) -> Vec<(String, Version)> {
    let requirements = options.requirements().into_iter();
    requirements.map(|requirement| (requirement.path, requirement.since)).collect()
}

#[test]
fn what_is_not_given_needs_nothing() {
    let since = Version::new(2, 64, 0);
    assert_eq!(paths(&options()), [("openAwemeCustomerService".to_owned(), since)]);
}

#[test]
fn a_later_field_is_asked_for_and_so_is_a_later_value() {
    let coins = Options { good_type: Some(GoodType::Coins), ..options() };
    let path = |path: &str| format!("openAwemeCustomerService{path}");
    let needed =
        [(path(""), Version::new(2, 64, 0)), (path(".object.goodType"), Version::new(3, 47, 0))];
    assert_eq!(paths(&coins), needed);
    let item = Options { good_type: Some(GoodType::Item), ..options() };
    assert_eq!(paths(&item)[2], (path(".object.goodType.2"), Version::new(3, 48, 0)));
}

#[test]
fn a_platform_says_how_it_is_asked() {
    const SUPPORT: SupportPaths = SupportPaths {
        function: "has {name}",
        option: "{function}?{option}",
        value: "{option}={value} of {{function}",
    };

    #[derive(Encode, Validate, JsApi)]
    #[js_api(name = "shop.pay", since = "1.0.0", support = SUPPORT)]
    struct Pay {
        #[js_api(since = "1.1.0")]
        kind: Option<GoodType>,
    }

    #[derive(Encode, Validate, JsApi)]
    #[js_api(name = "shop.pay", since = "1.0.0")]
    struct Dotted {
        #[js_api(since = "1.1.0")]
        kind: Option<GoodType>,
    }

    let asked = |needed: Vec<Requirement>| {
        needed.into_iter().map(|requirement| requirement.path).collect::<Vec<_>>()
    };
    let pay = Pay { kind: Some(GoodType::Item) };
    assert_eq!(asked(pay.requirements()), ["has shop.pay", "pay?kind", "kind=2 of {pay"]);
    let dotted = Dotted { kind: Some(GoodType::Item) };
    assert_eq!(asked(dotted.requirements()), ["pay", "pay.kind", "pay.kind.2"]);
}

#[test]
fn versions_are_compared_by_number() {
    assert!(Version::new(2, 64, 0) < Version::new(2, 100, 0));
    assert_eq!(Version::new(3, 47, 0).to_string(), "3.47.0");
}

#[test]
fn options_are_checked_before_they_are_written() {
    let item = Options { good_type: Some(GoodType::Item), ..options() };
    let violations = item.to_json(&Settings::new()).unwrap_err();
    assert_eq!(violations.len(), 1);
    let item = Options { order_amount: Some(10), ..item };
    let json = item.to_json(&Settings::new()).unwrap();
    assert_eq!(json, r#"{"customId":"c1","goodType":2,"orderAmount":10}"#);
}

#[test]
fn what_is_not_told_has_a_default() {
    #[derive(Encode, Validate, JsApi)]
    #[js_api(name = "pay")]
    struct Bare {}

    assert_eq!((Bare::SINCE, Bare::CONCURRENCY), (None, None));
    assert_eq!(Bare {}.requirements(), []);
    assert_eq!(<Bare as JsApi>::Error::from_code((1, 2)), UndocumentedPair(1, 2));
    assert_eq!(Options::CONCURRENCY, Some(1));
}
