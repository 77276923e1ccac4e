//! What a value may be: present, matching, a URL, one of the levels.

use apiscribe::validate::{Levels, Rule, Setting, Settings};
use apiscribe::{Validate, WireText};
use generated_client::platform::{Diamonds, Fen, Yuan};
use insta::assert_snapshot;

use super::{complaints, rules};

#[derive(Validate)]
struct Presence {
    #[validate(required, chars(min = 1))]
    text: String,
    #[validate(required)]
    option: Option<i64>,
    #[validate(required)]
    optional_text: Option<String>,
    #[validate(required)]
    list: Vec<i64>,
}

#[test]
fn required_is_not_empty_and_not_none() {
    let absent =
        Presence { text: String::new(), option: None, optional_text: None, list: Vec::new() };
    assert_snapshot!(complaints(&absent), @r"
    text: required, but missing or empty
    option: required, but missing or empty
    optional_text: required, but missing or empty
    ");
    let blank = || " ".to_owned();
    let given =
        Presence { text: blank(), option: Some(0), optional_text: Some(blank()), list: Vec::new() };
    assert_eq!(rules(&given), []);
    let empty = Presence { optional_text: Some(String::new()), ..given };
    assert_snapshot!(complaints(&empty), @"optional_text: required, but missing or empty");
}

#[derive(WireText)]
#[validate(required, pattern = "[A-Z]{2}|[0-9]+")]
struct Code(String);

#[test]
fn a_pattern_matches_from_end_to_end() {
    for good in ["AB", "1", "12345"] {
        assert_eq!(rules(&Code::from(good)), [], "{good}");
    }
    for bad in ["ABC", "AB1", " AB", "1\n", "账"] {
        assert_eq!(
            rules(&Code::from(bad)),
            [Rule::Pattern { pattern: "[A-Z]{2}|[0-9]+" }],
            "{bad}"
        );
    }
    assert_eq!(rules(&Code::from("")), [Rule::Required], "one violation is enough");
}

#[derive(Validate)]
struct Links {
    #[validate(url("https"))]
    https: Option<String>,
    #[validate(url("https", "wss"))]
    either: &'static str,
}

#[test]
fn a_url_has_one_of_the_schemes() {
    let links = |url: &'static str| Links { https: Some(url.to_owned()), either: url };
    for good in ["https://a", "HTTPS://open.douyin.com/x?y#z"] {
        assert_eq!(rules(&links(good)), [], "{good}");
    }
    for bad in ["", "https", "https://", "http://a.com", "https:/a", "xhttps://a", "账", "http账"]
    {
        assert_eq!(rules(&links(bad)).len(), 2, "{bad}");
    }
    assert_snapshot!(complaints(&links("wss://a")), @"https: not a URL with https");
    assert_eq!(rules(&Links { https: None, either: "wss://a" }), []);
}

const PRICES: Levels = Levels::of::<Yuan>(&[1, 6, 648]);
const COIN_PRICE: Setting<Fen> = Setting::new("coin_price");

#[derive(Validate)]
struct Amounts {
    #[validate(level(PRICES))]
    bare: Option<i64>,
    #[validate(level(PRICES))]
    fen: Option<Fen>,
    #[validate(level(PRICES))]
    yuan: Option<Yuan>,
    #[validate(level(PRICES))]
    diamonds: Option<Diamonds>,
    #[validate(level(PRICES, times = COIN_PRICE))]
    coins: Option<i64>,
}

const NONE: Amounts = Amounts { bare: None, fen: None, yuan: None, diamonds: None, coins: None };

#[test]
fn levels_are_compared_in_fen_exactly() {
    let good = Amounts { bare: Some(6), fen: Some(Fen(600)), yuan: Some(Yuan(648)), ..NONE };
    assert_eq!(rules(&good), []);
    let bad = Amounts {
        bare: Some(600),
        fen: Some(Fen(601)),
        yuan: Some(Yuan(i64::MAX)),
        diamonds: Some(Diamonds(6)),
        ..NONE
    };
    assert_snapshot!(complaints(&bad), @r"
    bare: 600 yuan is none of the 3 levels from 1 to 648 yuan
    fen: 601 fen is none of the 3 levels from 1 to 648 yuan
    yuan: 9223372036854775807 yuan is none of the 3 levels from 1 to 648 yuan
    diamonds: 6 diamonds is none of the 3 levels from 1 to 648 yuan
    ");
}

#[test]
fn a_product_with_a_setting_is_compared_in_the_setting_s_unit() {
    let coins = |coins| Amounts { coins: Some(coins), ..NONE };
    let settings = Settings::new().with(COIN_PRICE, Fen(10));
    assert_eq!(coins(60).validate_with(&settings), Ok(()));
    assert_snapshot!(coins(61).validate_with(&settings).unwrap_err(),
        @"coins: 610 fen is none of the 3 levels from 1 to 648 yuan");
    assert_snapshot!(coins(i64::MAX).validate_with(&settings).unwrap_err(),
        @"coins: the amount is none of the 3 levels from 1 to 648 yuan");
    assert_snapshot!(coins(60).validate().unwrap_err(),
        @"coins: cannot be checked without the setting `coin_price`, give it in `Settings`");
}
