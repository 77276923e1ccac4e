//! Days and times of any form: slower than `usual`, which reads the form that most have.

use std::ops::RangeInclusive;

use jiff::civil::{Date, DateTime};

use super::error::CellFault;
use super::spreadsheet::{is_error, visible};

type Parsed<T> = Result<T, CellFault>;

/// `2026-03-31 23:45:00`; as well with slashes, a `T`, single digits, and without seconds, as spreadsheets write it.
#[cold]
pub(super) fn time(text: &[u8]) -> Parsed<DateTime> {
    let text = visible(text);
    if text.is_empty() {
        return Err(CellFault::Empty);
    }
    if is_error(text) {
        return Err(CellFault::Spreadsheet);
    }
    let at = text.iter().position(|byte| matches!(byte, b' ' | b'T'));
    let at = at.ok_or(CellFault::Time)?;
    let (day, mut clock) = (civil_date(&text[..at])?, &text[at + 1..]);
    if text[at] == b' ' {
        clock = clock.trim_ascii_start();
    }
    let mut parts = clock.split(|byte| *byte == b':');
    let mut part = || parts.next().map(|text| digits(text, 1..=2)).transpose();
    let (hour, minute, second) = (part()?, part()?, part()?.unwrap_or(0));
    let (Some(hour), Some(minute), None) = (hour, minute, parts.next()) else {
        return Err(CellFault::Time);
    };
    day_time(day, hour, minute, second).ok_or(CellFault::Time)
}

/// Whether it is a day or a time.
pub(super) fn is_time(text: &[u8]) -> bool {
    date(text).is_ok()
}

/// A day, with or without a time after it.
pub(super) fn date(text: &[u8]) -> Parsed<Date> {
    let text = visible(text);
    if text.is_empty() {
        return Err(CellFault::Empty);
    }
    if is_error(text) {
        return Err(CellFault::Spreadsheet);
    }
    match text.contains(&b':') {
        true => time(text).map(DateTime::date),
        false => civil_date(text),
    }
    .map_err(|_| CellFault::Date)
}

fn civil_date(text: &[u8]) -> Parsed<Date> {
    let mark = if text.contains(&b'/') { b'/' } else { b'-' };
    let mut parts = text.split(|byte| *byte == mark);
    let mut part =
        |length| parts.next().ok_or(CellFault::Time).and_then(|text| digits(text, length));
    let (year, month, day) = (part(4..=4)?, part(1..=2)?, part(1..=2)?);
    if parts.next().is_some() {
        return Err(CellFault::Time);
    }
    let (month, day) = (i8::try_from(month), i8::try_from(day));
    let (Ok(month), Ok(day)) = (month, day) else { return Err(CellFault::Time) };
    Date::new(year, month, day).map_err(|_| CellFault::Time)
}

fn day_time(day: Date, hour: i16, minute: i16, second: i16) -> Option<DateTime> {
    let part = |value: i16| i8::try_from(value).ok();
    DateTime::new(day.year(), day.month(), day.day(), part(hour)?, part(minute)?, part(second)?, 0)
        .ok()
}

fn digits(text: &[u8], length: RangeInclusive<usize>) -> Parsed<i16> {
    if !length.contains(&text.len()) || !text.iter().all(u8::is_ascii_digit) {
        return Err(CellFault::Time);
    }
    Ok(text.iter().fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0')))
}
