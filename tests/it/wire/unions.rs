//! Objects of several kinds, of hand-written types.

use std::str::FromStr;
use std::time::{Duration, Instant};

use apiscribe::callback::{Callback, CallbackEnvelope};
use apiscribe::decimals::DecimalNumber;
use apiscribe::wire::{JsonText, Kinded, UnknownVariant};
use apiscribe::{Decode, Encode, Validate};

use super::{fault, json, read};

#[derive(Debug, PartialEq, Encode, Decode, Validate)]
#[wire(tag = "object")]
enum Source {
    #[wire("card")]
    Card(
        #[wire(name = "details")]
        #[validate(nested)]
        Card,
    ),
    #[wire("account")]
    Account(#[validate(nested)] Account),
    #[wire(7)]
    Cash,
    #[wire(unknown)]
    Other(#[validate(documented)] UnknownVariant),
}

#[derive(Debug, PartialEq, Encode, Decode, Validate)]
struct Card {
    #[validate(bytes(max = 2))]
    number: String,
}

#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize, Validate)]
struct Account {
    #[validate(range(max = 9))]
    iban: i64,
}

/// One that is read only needs no content that can be written.
#[derive(Debug, Decode)]
#[wire(tag = "kind")]
enum Notice {
    #[wire("paid")]
    Paid(Paid),
    #[wire(unknown)]
    Other(UnknownVariant),
}

#[derive(Debug, Decode)]
struct Paid {
    amount: Option<i64>,
}

#[test]
fn each_kind_is_written_as_it_is_read() {
    let card = r#"{"object":"card","details":{"number":"1"}}"#;
    assert_eq!(read::<Source>(card), Source::Card(Card { number: "1".to_owned() }));
    assert_eq!(json(&read::<Source>(card)), card);
    let account = r#"{"object":"account","iban":8}"#;
    assert_eq!(read::<Source>(account), Source::Account(Account { iban: 8 }));
    assert_eq!(json(&read::<Source>(account)), account);
    assert_eq!(json(&Source::Cash), r#"{"object":7}"#);
    assert_eq!(read::<Source>(r#"{"object":"7"}"#), Source::Cash);
}

#[test]
fn violations_are_where_the_value_is() {
    let card = Source::Card(Card { number: "123".to_owned() });
    let expected = "details.number: 3 bytes, at most 2 allowed";
    assert_eq!(card.validate().unwrap_err().to_string(), expected);
    let account = Source::Account(Account { iban: 10 });
    assert_eq!(account.validate().unwrap_err().to_string(), "iban: 10, at most 9 allowed");
}

#[test]
fn an_unknown_kind_is_refused_when_it_is_checked_and_written_to_the_letter() {
    let coin = r#"{ "value":12345678901234567890.10, "object":"coin", "a":[1,"\u0041"] }"#;
    let read_coin = read::<Source>(coin);
    assert_eq!(read_coin.validate().unwrap_err().to_string(), "`coin` is not a documented value");
    assert_eq!(
        (json(&read_coin), serde_json::to_string(&read_coin).unwrap()),
        (coin.to_owned(), coin.to_owned())
    );
    let none = read::<Source>(r#"{"object":{}}"#);
    let Source::Other(unknown) = &none else { panic!("{none:?}") };
    assert_eq!(unknown.tag(), None);
    assert!(none.validate().is_err());
    assert_eq!(json(&none), r#"{"object":{}}"#);
    // In the text of a string as well.
    assert_eq!(json(&JsonText(none)), r#""{\"object\":{}}""#);
}

/// What stands where nobody reads it may be what is no JSON, and is not sent.
#[test]
fn an_unknown_kind_that_is_no_json_is_not_written() {
    let odd = read::<JsonText<Source>>(r#""{\"object\":\"coin\",\"value\":NaN}""#);
    let JsonText(Source::Other(unknown)) = &odd else { panic!("{odd:?}") };
    assert_eq!(unknown.json(), r#"{"object":"coin","value":NaN}"#);
    assert!(serde_json::to_string(&odd).is_err());
}

#[test]
fn what_is_missing_is_named() {
    assert_eq!(fault::<Source>(r#"{"object":"card"}"#), "missing field `details`");
    assert!(fault::<Source>("3").starts_with("invalid type: integer `3`, expected an object"));
}

/// In the text of a string, as any value.
#[test]
fn one_that_is_read_only() {
    let JsonText(notice) = read::<JsonText<Notice>>(r#""{\"amount\":1,\"kind\":\"paid\"}""#);
    let Notice::Paid(paid) = notice else { panic!("{notice:?}") };
    assert_eq!(paid.amount, Some(1));
    let Notice::Other(other) = read(r#"{"kind":"late"}"#) else { panic!() };
    assert_eq!(other.json(), r#"{"kind":"late"}"#);
}

/// Types with derives of serde alone, which read what is inside `flatten` and `untagged` from a buffer of serde's own.
mod of_serde {
    use serde::Deserialize;

    use super::{Card, Source, Split};

    #[derive(Debug, PartialEq, Deserialize)]
    pub(super) struct Order {
        pub(super) id: i64,
        #[serde(flatten)]
        pub(super) payment: Payment,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    pub(super) struct Payment {
        pub(super) sources: Vec<Source>,
        pub(super) split: Option<Split>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    pub(super) struct Beside {
        pub(super) id: i64,
        #[serde(flatten)]
        pub(super) source: Source,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    pub(super) enum Either {
        Id(i64),
        Source(Source),
    }

    pub(super) fn card(number: &str) -> Source {
        Source::Card(Card { number: number.to_owned() })
    }
}

/// A union in a union.
#[derive(Debug, PartialEq, Encode, Decode)]
#[wire(tag = "split")]
enum Split {
    #[wire("half")]
    Half(#[wire(name = "of")] Source),
    #[wire(unknown)]
    Other(UnknownVariant),
}

/// With a number of which each digit counts.
#[derive(Debug, PartialEq, Encode, Decode)]
#[wire(tag = "kind")]
enum Price {
    #[wire("exact")]
    Exact(Exact),
    #[wire(unknown)]
    Other(UnknownVariant),
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Exact {
    value: DecimalNumber,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Prices {
    #[serde(flatten)]
    by_name: std::collections::BTreeMap<String, Price>,
}

#[test]
fn whatever_buffers_a_value_does_not_stop_it() {
    use of_serde::{Beside, Either, Order, Payment, card};

    let order = r#"{"id":1,"sources":[{"details":{"number":"1"},"object":"card"},{"object":7}],
        "split":{"of":{"object":"account","iban":"8"},"split":"half"}}"#;
    let payment = Payment {
        sources: vec![card("1"), Source::Cash],
        split: Some(Split::Half(Source::Account(Account { iban: 8 }))),
    };
    assert_eq!(read::<Order>(order), Order { id: 1, payment });
    let beside = r#"{"object":"card","id":1,"details":{"number":"1"}}"#;
    assert_eq!(read::<Beside>(beside), Beside { id: 1, source: card("1") });
    for (text, either) in [("3", Either::Id(3)), (r#"{"object":7}"#, Either::Source(Source::Cash))]
    {
        assert_eq!(read::<Either>(text), either);
    }
    assert!(serde_json::from_str::<Either>(r#"{"object":"card"}"#).is_err());
    let Either::Source(Source::Other(coin)) = read(r#"{"object":"coin", "value":1.5}"#) else {
        panic!("a known kind");
    };
    assert_eq!((coin.tag(), coin.json()), (Some("coin"), r#"{"object":"coin","value":1.5e0}"#));
}

#[test]
fn any_format_and_any_reader_will_do() {
    let text = r#"{"split":"half","of":{"object":"card","details":{"number":"1"}}}"#;
    let half = Split::Half(of_serde::card("1"));
    let value: serde_json::Value = read(text);
    assert_eq!(serde_json::from_value::<Split>(value.clone()).unwrap(), half);
    assert_eq!(<Split as serde::Deserialize>::deserialize(&value).unwrap(), half);
    assert_eq!(serde_json::from_reader::<_, Split>(text.as_bytes()).unwrap(), half);
    let yaml = "{ split: half, of: { object: card, details: { number: '1' } } }";
    assert_eq!(serde_yaml::from_str::<Split>(yaml).unwrap(), half);
    let yaml = "- object: account\n  iban: 8\n- object: 7";
    let sources: Vec<Source> = serde_yaml::from_str(yaml).unwrap();
    assert_eq!(sources, [Source::Account(Account { iban: 8 }), Source::Cash]);
    assert!(serde_yaml::from_str::<Source>("7").is_err());
}

/// What has been a float may have lost digits, and says so rather than that.
#[test]
fn no_decimal_of_a_union_has_been_a_float() {
    let price = |text| Price::Exact(Exact { value: DecimalNumber::from_str(text).unwrap() });
    let exact = r#"{"kind":"exact","value":12345678901234567.891}"#;
    assert_eq!(read::<Price>(exact), price("12345678901234567.891"));
    for text in [exact, r#"{"kind":"exact","value":0.1}"#, r#"{"kind":"exact","value":1e20}"#] {
        assert!(serde_json::from_value::<Price>(read(text)).is_err(), "{text}");
        assert!(serde_json::from_str::<Prices>(&format!(r#"{{"a":{text}}}"#)).is_err(), "{text}");
    }
    let whole = r#"{"kind":"exact","value":9007199254740993}"#;
    assert_eq!(serde_json::from_value::<Price>(read(whole)).unwrap(), price("9007199254740993"));
    let prices: Prices = serde_json::from_str(&format!(r#"{{"a":{whole}}}"#)).unwrap();
    assert_eq!(prices.by_name["a"], price("9007199254740993"));
}

#[derive(Debug, Decode)]
struct Step {
    #[wire(lenient)]
    at: Option<i64>,
}

#[derive(Debug, Decode)]
struct Steps {
    steps: Vec<Kinded<Step, Notice>>,
}

struct Walked;

impl Callback for Walked {
    type Content = Steps;
    type Answer = ();
    const EVENT: &'static str = "walked";
    const ENVELOPE: &'static CallbackEnvelope = &WALKS;
    const ACKNOWLEDGEMENT: &'static str = "";
}

const WALKS: CallbackEnvelope = CallbackEnvelope::new("walks", "type");

/// Whoever sends a list decides how long it is, and whether its items are as documented. That of 800 KB was read for 10 s.
#[test]
fn to_note_what_is_unread_of_a_union_takes_no_longer_the_more_there_is() {
    let count = 30_000;
    let steps = vec![r#"{"kind":"on","at":"dusk"}"#; count].join(",");
    let body = format!(r#"{{"type":"walked","steps":[{steps}]}}"#);
    let start = Instant::now();
    let event = Walked::parse(body.as_bytes()).unwrap();
    let taken = start.elapsed();
    assert_eq!((event.steps.len(), event.unread().len()), (count, count));
    assert!(event.steps.iter().all(|step| step.at.is_none()));
    assert!(taken < Duration::from_secs(4), "{taken:?}");
}
