//! Money, times, lenient numbers and JSON text, on the wire and off it.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use apiscribe::time::{Millis, Seconds, UnixMillis, UnixSeconds};
use apiscribe::wire::{JsonText, Lenient, lenient};
use generated_client::platform::{Diamonds, Fen, Yuan};
use insta::assert_snapshot;
use serde_json::{Value, from_str, json, to_string};

/// Reads `json` leniently, or says why not.
fn read<T: Lenient>(json: &str) -> Result<T, String> {
    lenient(&mut serde_json::Deserializer::from_str(json)).map_err(|error| error.to_string())
}

#[test]
fn a_whole_number_is_read_from_a_number_or_text() {
    for (json, int) in [
        ("12", 12),
        (r#""12""#, 12),
        (r#""-12""#, -12),
        (r#"" 12.00 ""#, 12),
        ("9223372036854775807", i64::MAX),
        (r#""-9223372036854775808""#, i64::MIN),
    ] {
        assert_eq!(read(json), Ok(int), "{json}");
    }
    assert_eq!(read(r#"["1", 2]"#), Ok(vec![1_i64, 2]));
    assert_eq!(read(r#""1""#), Ok(Some(1_i64)));
    assert_eq!(read::<Option<i64>>("null"), Ok(None));
    assert_eq!(read(r#"["1"]"#), Ok(Some(vec![1_i64])));
}

#[test]
fn anything_else_is_no_whole_number() {
    for json in ["1.0", "1e3", "9223372036854775808", "null", "true", "[1]", "{}"] {
        assert!(read::<i64>(json).is_err(), "{json}");
    }
    for text in ["", "- 1", "1.5", "1e3", "0x1", "１", "9223372036854775808"] {
        assert!(read::<i64>(&json!(text).to_string()).is_err(), "{text}");
    }
    assert_snapshot!(read::<i64>("1.5").unwrap_err(), @"invalid type: floating point `1.5`, expected a whole number of 64 bits, as a number or as text at line 1 column 3");
    assert_snapshot!(read::<i64>(r#""1.5""#).unwrap_err(), @r#"invalid value: string "1.5", expected a whole number of 64 bits, as a number or as text at line 1 column 5"#);
}

#[test]
fn units_are_lenient_numbers_and_show_their_unit() {
    assert_eq!(from_str::<Fen>(r#""1050""#).unwrap(), Fen(1050));
    assert_eq!(to_string(&Fen(1050)).unwrap(), "1050");
    assert_snapshot!(Fen(1050), @"1050 fen");
    assert_snapshot!(Diamonds(-1), @"-1 diamonds");
    assert_snapshot!(Yuan(6), @"6 yuan");
    assert_snapshot!(Millis(20), @"20 ms");
}

#[test]
fn money_is_never_rounded_and_never_wraps() {
    assert_eq!(Yuan(6).to_fen(), Some(Fen(600)));
    assert_eq!(Yuan(i64::MAX).to_fen(), None);
    assert_eq!(Fen(-600).to_yuan(), Some(Yuan(-6)));
    assert_eq!(Fen(601).to_yuan(), None);
    assert_eq!(Fen(1).checked_add(Fen(2)), Some(Fen(3)));
    assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), None);
    assert_eq!(Diamonds(i64::MIN).checked_sub(Diamonds(1)), None);
    assert_eq!(Yuan(i64::MAX).checked_mul(2), None);
}

#[test]
fn times_become_those_of_std() {
    let second = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
    assert_eq!(UnixMillis(1000).to_system_time(), Some(second));
    assert_eq!(UnixSeconds(1).to_system_time(), Some(second));
    let before = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
    assert_eq!(UnixSeconds(-1).to_system_time(), Some(before));
    assert_eq!(Seconds(2).to_duration(), Some(Duration::from_secs(2)));
    assert_eq!(Millis(-2).to_duration(), None);
}

#[test]
fn json_text_is_a_string_that_holds_json() {
    let text = r#""{\"a\":\"\\\"账🙂\\n\"}""#;
    let value = JsonText(json!({"a": "\"账🙂\n"}));
    assert_eq!(to_string(&value).unwrap(), text);
    assert_eq!(from_str::<JsonText<Value>>(text).unwrap(), value);
    let twice = JsonText(value);
    assert_eq!(from_str::<JsonText<JsonText<Value>>>(&to_string(&twice).unwrap()).unwrap(), twice);
}

#[test]
fn json_text_is_written_without_a_copy() {
    let value = JsonText(vec![1_i64; 100]);
    let mut buffer = Vec::with_capacity(1000);
    let cost = allocation_counter::measure(|| serde_json::to_writer(&mut buffer, &value).unwrap());
    assert_eq!(cost.count_total, 0);
}

#[test]
fn what_is_no_json_is_an_error_and_no_panic() {
    let no_key = JsonText(BTreeMap::from([(vec![1], 1)]));
    assert_snapshot!(to_string(&no_key).unwrap_err(), @"key must be a string");
    assert!(from_str::<JsonText<Value>>(r#""{""#).is_err());
    assert!(from_str::<JsonText<Value>>("{}").is_err());
}
