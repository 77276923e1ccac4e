//! Whole numbers that may be text.

use std::collections::BTreeMap;

use apiscribe::Decode;
use generated_client::platform::Fen;
use proptest::prelude::*;

use super::{fault, read};

#[derive(Debug, PartialEq, Decode)]
struct Amounts {
    #[wire(lenient)]
    count: i64,
    #[wire(optional, lenient)]
    rest: Option<i64>,
    #[wire(optional, lenient)]
    many: Option<Vec<i64>>,
    #[wire(optional, lenient)]
    by_day: Option<BTreeMap<String, Vec<i64>>>,
    #[wire(optional)]
    price: Option<Fen>,
}

#[test]
fn a_number_or_its_text() {
    let json = r#"{"count":"12","rest":-3,"many":[1,"2"],"by_day":{"mon":["3",4]},"price":"648"}"#;
    let amounts = Amounts {
        count: 12,
        rest: Some(-3),
        many: Some(vec![1, 2]),
        by_day: Some(BTreeMap::from([("mon".to_owned(), vec![3, 4])])),
        price: Some(Fen(648)),
    };
    assert_eq!(read::<Amounts>(json), amounts);
}

#[test]
fn an_optional_one_may_be_null_or_absent() {
    let nothing = Amounts { count: 0, rest: None, many: None, by_day: None, price: None };
    assert_eq!(read::<Amounts>(r#"{"count":0,"rest":null,"many":null,"price":null}"#), nothing);
    assert_eq!(read::<Amounts>(r#"{"count":"0"}"#), nothing);
}

#[test]
fn nothing_else_is_a_whole_number() {
    for value in ["1.5", "1.0", "1e3", r#""1.5""#, r#""1e3""#, r#""""#, "true", "null", "[1]", "{}"]
    {
        let fault = fault::<Amounts>(&format!(r#"{{"count":{value}}}"#));
        assert!(fault.contains("expected a whole number of 64 bits"), "{value}: {fault}");
    }
}

#[test]
fn in_text_zeros_behind_a_point_and_blanks_around_it_do_not_matter() {
    for value in [r#""1.0""#, r#""1.00""#, r#"" 1""#, r#""+1""#] {
        assert_eq!(read::<Amounts>(&format!(r#"{{"count":{value}}}"#)).count, 1, "{value}");
    }
}

#[test]
fn more_than_64_bits_are_refused() {
    for value in ["9223372036854775808", "-9223372036854775809", r#""9223372036854775808""#] {
        let fault = fault::<Amounts>(&format!(r#"{{"count":{value}}}"#));
        assert!(fault.contains("expected a whole number of 64 bits"), "{value}: {fault}");
    }
}

#[test]
fn a_number_that_must_be_there_is_named() {
    assert_eq!(fault::<Amounts>("{}"), "missing field `count`");
}

proptest! {
    #[test]
    fn every_number_of_64_bits_is_read(number in prop_oneof![any::<i64>(), Just(i64::MIN), Just(i64::MAX)]) {
        prop_assert_eq!(read::<Amounts>(&format!(r#"{{"count":{number}}}"#)).count, number);
        prop_assert_eq!(read::<Amounts>(&format!(r#"{{"count":"{number}"}}"#)).count, number);
    }
}
