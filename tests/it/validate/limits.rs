//! At, one under and one over each limit, in text whose units differ.

use std::collections::BTreeMap;

use apiscribe::validate::{Rule, Unit};
use apiscribe::wire::JsonText;
use apiscribe::{Money, Validate};

use super::{complaints, rules};
use generated_client::platform::{Amount, Diamonds, Fen};

const CHINESE: &str = "账";
const EMOJI: &str = "🙂";

#[derive(Validate)]
struct Lengths {
    #[validate(bytes(min = 6, max = 12))]
    bytes: String,
    #[validate(chars(min = 6, max = 12))]
    chars: String,
    #[validate(utf16(min = 6, max = 12))]
    utf16: String,
}

/// All three fields with `count` of `text`, and in which of them it is too short or too long.
fn refused(text: &str, count: usize) -> Vec<(&'static str, Unit, usize)> {
    let field = || text.repeat(count);
    let found = rules(&Lengths { bytes: field(), chars: field(), utf16: field() });
    let found = found.into_iter().map(|rule| match rule {
        Rule::TooShort { unit, min: 6, actual } => ("short", unit, actual),
        Rule::TooLong { unit, max: 12, actual } => ("long", unit, actual),
        other => panic!("{other:?}"),
    });
    found.collect()
}

#[test]
fn a_chinese_character_is_3_bytes_1_character_1_utf16_unit() {
    use Unit::{Bytes, Characters, Utf16Units};
    assert_eq!(
        refused(CHINESE, 1),
        [("short", Bytes, 3), ("short", Characters, 1), ("short", Utf16Units, 1)]
    );
    assert_eq!(refused(CHINESE, 2), [("short", Characters, 2), ("short", Utf16Units, 2)]);
    assert_eq!(refused(CHINESE, 4), [("short", Characters, 4), ("short", Utf16Units, 4)]);
    assert_eq!(
        refused(CHINESE, 5),
        [("long", Bytes, 15), ("short", Characters, 5), ("short", Utf16Units, 5)]
    );
    assert_eq!(refused(CHINESE, 6), [("long", Bytes, 18)]);
    assert_eq!(refused(CHINESE, 12), [("long", Bytes, 36)]);
    assert_eq!(
        refused(CHINESE, 13),
        [("long", Bytes, 39), ("long", Characters, 13), ("long", Utf16Units, 13)]
    );
}

#[test]
fn an_emoji_is_4_bytes_1_character_2_utf16_units() {
    use Unit::{Bytes, Characters, Utf16Units};
    assert_eq!(refused(EMOJI, 2), [("short", Characters, 2), ("short", Utf16Units, 4)]);
    assert_eq!(refused(EMOJI, 3), [("short", Characters, 3)]);
    assert_eq!(refused(EMOJI, 4), [("long", Bytes, 16), ("short", Characters, 4)]);
    assert_eq!(refused(EMOJI, 6), [("long", Bytes, 24)]);
    assert_eq!(refused(EMOJI, 7), [("long", Bytes, 28), ("long", Utf16Units, 14)]);
    assert_eq!(
        refused(EMOJI, 13),
        [("long", Bytes, 52), ("long", Characters, 13), ("long", Utf16Units, 26)]
    );
}

#[test]
fn ascii_is_the_same_in_every_unit() {
    for (count, violations) in [(5, 3), (6, 0), (7, 0), (11, 0), (12, 0), (13, 3)] {
        assert_eq!(refused("a", count).len(), violations, "{count}");
    }
}

#[derive(Validate)]
struct Counts {
    #[validate(items(min = 1, max = 3))]
    list: Vec<i64>,
    #[validate(items(max = 1))]
    map: Option<BTreeMap<String, i64>>,
    #[validate(range(min = -5, max = 5))]
    number: i64,
    #[validate(range(min = 1))]
    money: Option<Fen>,
}

fn counts(list: usize, number: i64, money: Option<Fen>) -> Vec<Rule> {
    rules(&Counts { list: vec![0; list], map: None, number, money })
}

fn too_small(min: i64, actual: i64, unit: Option<Unit>) -> Rule {
    let (min, actual) = (min.into(), Some(actual.into()));
    Rule::TooSmall { min, exclusive: false, actual, unit, condition: None }
}

fn too_large(max: i64, actual: i64, unit: Option<Unit>) -> Rule {
    let (max, actual) = (max.into(), Some(actual.into()));
    Rule::TooLarge { max, exclusive: false, actual, unit, condition: None }
}

#[test]
fn items_and_ranges_include_both_ends() {
    let unit = Unit::Items;
    assert_eq!(counts(0, 0, None), [Rule::TooShort { unit, min: 1, actual: 0 }]);
    assert_eq!(counts(1, -5, Some(Fen(1))), []);
    assert_eq!(counts(3, 5, Some(Fen(i64::MAX))), []);
    assert_eq!(counts(4, 0, None), [Rule::TooLong { unit, max: 3, actual: 4 }]);
    assert_eq!(counts(1, -6, None), [too_small(-5, -6, None)]);
    assert_eq!(counts(1, 6, None), [too_large(5, 6, None)]);
    assert_eq!(counts(1, 0, Some(Fen(0))), [too_small(1, 0, Some(Unit::Money(Fen::UNIT)))]);
}

#[test]
fn entries_of_a_map_are_its_items() {
    let map = ["a", "b"].map(|key| (key.to_owned(), 0));
    let value = Counts { list: vec![0], map: Some(map.into()), number: 0, money: None };
    assert_eq!(rules(&value), [Rule::TooLong { unit: Unit::Items, max: 1, actual: 2 }]);
}

#[derive(Validate)]
struct Text {
    #[validate(bytes(max = 11), chars(max = 9), utf16(max = 10))]
    json: Option<JsonText<Vec<String>>>,
}

#[test]
fn json_text_is_measured_as_encoded() {
    let text = |item: &str| Text { json: Some(JsonText(vec![item.to_owned()])) };
    assert_eq!(rules(&Text { json: None }), []);
    assert_eq!(rules(&text("abcde")), [], r#"["abcde"] is 9 long"#);
    let too_long = |unit, max, actual| Rule::TooLong { unit, max, actual };
    assert_eq!(rules(&text("ab\"")), [], r#"["ab\""] is 8 long"#);
    assert_eq!(rules(&text("a🙂🙂")), [too_long(Unit::Bytes, 11, 13)]);
    assert_eq!(
        rules(&text("abc🙂🙂🙂")),
        [
            too_long(Unit::Bytes, 11, 19),
            too_long(Unit::Characters, 9, 10),
            too_long(Unit::Utf16Units, 10, 13)
        ]
    );
}

#[derive(Validate)]
struct OpenEnded {
    #[validate(bytes(min = 1), chars(min = 1), utf16(min = 1))]
    long: String,
    #[validate(bytes(max = 1), chars(max = 1), utf16(max = 1))]
    short: String,
    #[validate(items(min = 1))]
    many: Vec<()>,
    #[validate(items(max = 1))]
    few: Vec<()>,
    #[validate(range(min = 0), range_if(present(low), min = 0))]
    high: Option<i64>,
    #[validate(range(max = 0))]
    low: i64,
}

#[test]
fn a_limit_that_is_left_out_is_none() {
    let open = OpenEnded {
        long: "a".repeat(1 << 20),
        short: String::new(),
        many: vec![(); usize::MAX],
        few: Vec::new(),
        high: Some(i64::MAX),
        low: i64::MIN,
    };
    assert_eq!(rules(&open), []);
}

#[derive(Validate)]
struct Conditional {
    #[validate(range_if(currency == "DIAMOND", min = 2, unit = Diamonds))]
    #[validate(range_if(currency != "DIAMOND", max = 9, unit = Fen))]
    price: Amount,
    #[wire(name = "payCurrency")]
    currency: String,
    #[validate(range_if(present(price), max = 0.5, above = 0.0))]
    rate: Option<f64>,
}

#[test]
fn a_range_on_a_condition_states_the_condition_and_the_unit() {
    let with = |price, currency: &str, rate| {
        complaints(&Conditional { price: Amount(price), currency: currency.to_owned(), rate })
    };
    assert_eq!(with(2, "DIAMOND", Some(0.5)), "");
    assert_eq!(with(i64::MAX, "DIAMOND", None), "");
    assert_eq!(with(i64::MIN, "CNY", None), "");
    let too_few = "price: 1 diamond, at least 2 needed when payCurrency is \"DIAMOND\"";
    assert_eq!(with(1, "DIAMOND", None), too_few);
    let too_many = "price: 10 fen, at most 9 allowed when payCurrency is not \"DIAMOND\"";
    assert_eq!(with(10, "CNY", None), too_many);
    let rate = "rate: 0, more than 0 needed when price is given";
    assert_eq!(with(2, "DIAMOND", Some(0.0)), rate);
    assert_eq!(with(2, "DIAMOND", Some(f64::NAN)), "rate: not a number");
}
