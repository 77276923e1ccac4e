//! Amounts and times of every form, read as a simple model reads them, one character at a time.

use douyin_reconciliation::{Mapping, RecordNumber, TradeRow};
use generated_client::platform::Fen;
use jiff::civil::DateTime;
use proptest::prelude::*;

use super::files::*;

/// Payments of these amounts, done at these times, in one file; of each what was read, if it was.
fn read(cells: &[(String, String)]) -> Vec<Option<TradeRow<RecordNumber>>> {
    let line = |(amount, time): &(String, String)| {
        format!("order-1,PAY1,42,支付成功,{time},{time},\"{amount}\",,\n")
    };
    let lines: String = cells.iter().map(line).collect();
    let text = format!("{PAYMENTS}\n{lines}");
    let separated = Mapping::EXAMPLE.replace("separators: refused", "separators: allowed");
    let mapping = Mapping::from_yaml(&separated).unwrap();
    rows(&mapping.payments, text.as_bytes()).unwrap().into_iter().map(Result::ok).collect()
}

fn amounts(texts: &[String]) -> Vec<Option<Fen>> {
    let cells: Vec<_> = texts.iter().map(|text| (text.clone(), usual_time())).collect();
    read(&cells).into_iter().map(|row| row.map(|row| row.amount)).collect()
}

fn times(texts: &[String]) -> Vec<Option<DateTime>> {
    let cells: Vec<_> = texts.iter().map(|text| ("1.00".to_owned(), text.clone())).collect();
    read(&cells).into_iter().map(|row| row.map(|row| row.started)).collect()
}

fn usual_time() -> String {
    "2026-03-31 23:45:07".to_owned()
}

/// Digits in one group, or in groups of three, and up to two decimals that are not zeros.
fn fen(text: &str) -> Option<Fen> {
    let (yuan, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let groups: Vec<&str> = yuan.split(',').collect();
    let are_groups = match groups[..] {
        [only] => !only.is_empty(),
        [first, ref rest @ ..] => {
            (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3)
        }
        [] => false,
    };
    let (decimals, zeros) = decimals.split_at(decimals.len().min(2));
    let digits = groups.concat() + decimals;
    let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = zeros.bytes().all(|byte| byte == b'0');
    if !are_groups || !are_digits || !is_whole || !(1..=2).contains(&decimals.len()) {
        return None;
    }
    let tens = if decimals.len() == 1 { 10 } else { 1 };
    digits.parse::<i64>().ok()?.checked_mul(tens).map(Fen)
}

/// An amount, often with a character too many, too few or out of place.
fn amount() -> impl Strategy<Value = String> {
    let good = "[0-9]{1,18}(\\.[0-9]{1,2})?|[0-9]{1,3}(,[0-9]{3}){1,5}(\\.[0-9]{2})?";
    prop_oneof![
        2 => good,
        2 => (good, "[0-9,.x/:]", any::<prop::sample::Index>()).prop_map(|(text, other, at)| {
            let at = at.index(text.len());
            format!("{}{other}{}", &text[..at], &text[at + 1..])
        }),
        1 => "[0-9,.]{1,9}",
    ]
}

/// Some of a date and a time, also of months and hours that there are none of.
fn moment() -> impl Strategy<Value = [i16; 6]> {
    (2025..2029i16, 0..15i16, 0..34i16, 0..27i16, 0..63i16, 0..63i16).prop_map(<[i16; 6]>::from)
}

fn text([year, month, day, hour, minute, second]: [i16; 6]) -> String {
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

fn civil([year, rest @ ..]: [i16; 6]) -> Option<DateTime> {
    let [month, day, hour, minute, second] = rest.map(|part| i8::try_from(part).unwrap());
    DateTime::new(year, month, day, hour, minute, second, 0).ok()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn amounts_are_those_of_the_model(texts in prop::collection::vec(amount(), 1..40)) {
        let expected: Vec<Option<Fen>> = texts.iter().map(|text| fen(text)).collect();
        prop_assert_eq!(amounts(&texts), expected, "{:?}", texts);
    }

    #[test]
    fn times_are_those_of_the_calendar(moments in prop::collection::vec(moment(), 1..40)) {
        let texts: Vec<String> = moments.iter().copied().map(text).collect();
        let expected: Vec<Option<DateTime>> = moments.iter().copied().map(civil).collect();
        prop_assert_eq!(times(&texts), expected, "{:?}", texts);
    }
}

/// Each character of a text that may not be another, replaced by each that is no digit, no sign, and that no spreadsheet puts
/// around.
fn spoiled(good: &str) -> Vec<String> {
    let others = (b'!'..=b'~').filter(|byte| !byte.is_ascii_digit() && !b"'\"`=,+".contains(byte));
    let spoiled = others.flat_map(|other| {
        let places = good.bytes().enumerate().filter(move |(_, byte)| *byte != other);
        places
            .map(move |(at, _)| format!("{}{}{}", &good[..at], char::from(other), &good[at + 1..]))
    });
    spoiled.collect()
}

#[test]
fn no_character_but_a_digit_is_one() {
    for good in ["1.23", "12345.67", "1234567.89", "123456789012.34", "123,456,789.01"] {
        let texts = spoiled(good);
        let expected: Vec<Option<Fen>> = texts.iter().map(|text| fen(text)).collect();
        assert_eq!(amounts(&texts), expected, "{good}");
    }
    // A `T` before the time of day is read as well.
    let texts = spoiled(&usual_time());
    let read: Vec<&String> = texts
        .iter()
        .zip(times(&texts))
        .filter(|(_, time)| time.is_some())
        .map(|(text, _)| text)
        .collect();
    assert_eq!(read, ["2026-03-31T23:45:07"]);
}
