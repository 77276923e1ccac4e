//! Objects of several kinds, of hand-written types.

use apiscribe::wire::{JsonText, UnknownVariant};
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
