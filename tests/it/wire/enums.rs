//! Enums of documented values.

use apiscribe::js_api::Version;
use apiscribe::validate::field::Documented as _;
use apiscribe::wire::DocumentedValue;
use apiscribe::{Decode, Encode, Validate, WireEnum};
use proptest::prelude::*;

use super::{fault, json, read};

#[derive(Debug, Clone, PartialEq, Eq, WireEnum)]
enum Currency {
    #[wire("DIAMOND", alias = "diamond", alias = "D")]
    Diamond,
    #[wire("CNY", since = "3.47.0")]
    Yuan,
    #[wire(unknown)]
    Unknown(String),
}

#[derive(Debug, Clone, PartialEq, Eq, WireEnum)]
enum GoodType {
    #[wire(0, default)]
    DefaultCoins,
    #[wire(1, alias = 10)]
    Coins,
    #[wire(-2)]
    Item,
    #[wire(unknown)]
    Unknown(i64),
}

#[test]
fn a_documented_value_is_its_variant_and_back() {
    assert_eq!(read::<Currency>(r#""CNY""#), Currency::Yuan);
    assert_eq!(json(&Currency::Yuan), r#""CNY""#);
    assert_eq!(read::<GoodType>("-2"), GoodType::Item);
    assert_eq!(json(&GoodType::Item), "-2");
}

#[test]
fn an_alias_is_read_and_the_value_written() {
    for alias in [r#""diamond""#, r#""D""#, r#""\u0044IAMOND""#] {
        assert_eq!(json(&read::<Currency>(alias)), r#""DIAMOND""#);
    }
    assert_eq!(json(&read::<GoodType>("10")), "1");
}

#[test]
fn an_unknown_value_is_kept() {
    assert_eq!(read::<Currency>(r#""cny""#), Currency::Unknown("cny".to_owned()));
    assert_eq!(json(&Currency::Unknown("cny".to_owned())), r#""cny""#);
    assert_eq!(read::<GoodType>("7"), GoodType::Unknown(7));
    assert_eq!(json(&GoodType::Unknown(7)), "7");
}

#[test]
fn a_number_may_be_text() {
    assert_eq!(read::<GoodType>(r#""-2""#), GoodType::Item);
    assert_eq!(read::<GoodType>(r#""9223372036854775807""#), GoodType::Unknown(i64::MAX));
    assert!(fault::<GoodType>("1.0").contains("expected a whole number"));
    assert_eq!(fault::<Currency>("1"), "invalid type: integer `1`, expected a string");
}

#[test]
fn text_is_parsed_and_displayed_as_on_the_wire() {
    assert_eq!("D".parse(), Ok(Currency::Diamond));
    assert_eq!(Currency::Diamond.to_string(), "DIAMOND");
    assert_eq!("-2".parse(), Ok(GoodType::Item));
    assert_eq!(GoodType::Unknown(5).to_string(), "5");
    assert!("coins".parse::<GoodType>().is_err());
}

#[test]
fn the_documented_values_are_listed() {
    let values: Vec<i64> =
        GoodType::documented().iter().map(|documented| *documented.value).collect();
    assert_eq!(values, [0, 1, -2]);
    let yuan = DocumentedValue { value: "CNY", aliases: &[], since: Some(Version::new(3, 47, 0)) };
    assert_eq!(Currency::documented()[1], yuan);
    assert_eq!(Currency::documented()[0].aliases, ["diamond", "D"]);
}

#[test]
fn a_value_tells_whether_it_is_documented_and_since_when() {
    assert_eq!(Currency::Yuan.since(), Some(Version::new(3, 47, 0)));
    assert_eq!(Currency::Diamond.since(), None);
    assert!(WireEnum::is_documented(&GoodType::Coins));
    assert!(!WireEnum::is_documented(&GoodType::Unknown(7)));
    assert_eq!(GoodType::Unknown(7).undocumented(), Some("7".to_owned()));
    // Whoever spells a documented value by hand has not read it.
    assert_eq!(GoodType::Unknown(0).value(), &0);
}

#[test]
fn the_default_is_the_documents() {
    assert_eq!(GoodType::default(), GoodType::DefaultCoins);
}

#[test]
fn rules_see_the_value_on_the_wire() {
    #[derive(Encode, Decode, Validate)]
    struct Options {
        #[wire(optional)]
        #[validate(documented)]
        good_type: Option<GoodType>,
        #[validate(required, documented)]
        currency: Currency,
        #[wire(optional)]
        #[validate(required_if(good_type == -2), forbidden_if(currency == "CNY"))]
        amount: Option<i64>,
    }

    let options =
        |json| read::<Options>(json).validate().map_err(|violations| violations.to_string());
    assert_eq!(options(r#"{"good_type":"1","currency":"DIAMOND"}"#), Ok(()));
    assert_eq!(
        options(r#"{"good_type":-2,"currency":"DIAMOND"}"#),
        Err("amount: required when good_type is -2, but missing".to_owned())
    );
    let complaints = options(r#"{"good_type":3,"currency":"CNY","amount":1}"#).unwrap_err();
    let lines: Vec<&str> = complaints.lines().collect();
    assert_eq!(
        lines,
        [
            "good_type: `3` is not a documented value",
            r#"amount: not allowed when currency is "CNY""#
        ]
    );
    assert!(options(r#"{"currency":""}"#).unwrap_err().starts_with("currency: required"));
}

proptest! {
    #[test]
    fn every_text_is_kept(text in any::<String>()) {
        let value: Currency = read(&json(&text));
        let is_alias = matches!(&*text, "diamond" | "D");
        prop_assert!(is_alias || value.value() == text);
    }

    #[test]
    fn every_number_is_kept(number in any::<i64>()) {
        let value: GoodType = read(&number.to_string());
        prop_assert!(number == 10 || *value.value() == number);
    }
}
