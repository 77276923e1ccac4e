//! A length is in bytes, characters or UTF-16 units. 中 is 3 bytes, 1 character, 1 unit; 😀 is 4, 1 and 2.

use apiscribe::Validate;

use super::api::demo::{Nick, SaveRequest};

fn save(change: impl FnOnce(&mut SaveRequest)) -> Result<(), String> {
    let mut request = SaveRequest::new();
    change(&mut request);
    request.validate().map_err(|violations| violations.to_string())
}

#[test]
fn bytes_are_those_of_utf8() {
    assert!(save(|request| request.in_bytes = Some("中中".to_owned())).is_ok());
    let fault = save(|request| request.in_bytes = Some("中中a".to_owned()));
    assert_eq!(fault.unwrap_err(), "in_bytes: 7 bytes, at most 6 allowed");
}

#[test]
fn a_character_counts_once_whatever_it_is() {
    assert!(save(|request| request.in_chars = Some("中😀".to_owned())).is_ok());
    let fault = save(|request| request.in_chars = Some("中😀a".to_owned()));
    assert_eq!(fault.unwrap_err(), "in_chars: 3 characters, at most 2 allowed");
}

#[test]
fn an_emoji_is_two_units_of_utf16() {
    assert!(save(|request| request.in_utf16 = Some("😀".to_owned())).is_ok());
    let fault = save(|request| request.in_utf16 = Some("😀中".to_owned()));
    assert_eq!(fault.unwrap_err(), "in_utf16: 3 UTF-16 units, at most 2 allowed");
}

#[test]
fn a_text_may_have_limits_in_all_units() {
    let in_all = |text: &str| save(|request| request.in_all = Some(text.to_owned()));
    assert!(in_all("😀😀").is_ok());
    assert_eq!(in_all("中").unwrap_err(), "in_all: 3 bytes, at least 4 needed");
    assert_eq!(in_all("abcd").unwrap_err(), "in_all: 4 characters, at most 2 allowed");
}

#[test]
fn a_named_text_brings_its_limits_along() {
    let fault = save(|request| request.nick = Some(Nick::from("three")));
    assert_eq!(fault.unwrap_err(), "nick: 5 characters, at most 2 allowed");
}
