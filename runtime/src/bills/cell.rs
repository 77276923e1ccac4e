//! One cell: bytes in, a number, amount, time or word out. Money never meets a float.

use csv::ByteRecord;
use jiff::civil::{Date, DateTime};

use super::error::CellFault;
use super::mapping::{Format, Separators, Unit, Words};
use super::number::Number;
use super::row::{Direction, State};
use crate::{Diamonds, Fen};

/// What is wrong with which cell of a row.
pub struct AtCell {
    pub(super) column: usize,
    pub(super) fault: CellFault,
}

type Parsed<T> = Result<T, CellFault>;
type Cell<T> = Result<T, AtCell>;

/// The cells of one row.
pub struct Cells<'a> {
    pub(super) record: &'a ByteRecord,
    pub(super) format: Format,
}

impl<'a> Cells<'a> {
    /// Without what a spreadsheet puts around.
    #[inline]
    pub(super) fn text(&self, column: usize) -> &'a [u8] {
        plain(self.record.get(column).unwrap_or_default())
    }

    #[inline]
    fn parse<T>(&self, column: usize, parse: impl FnOnce(&'a [u8]) -> Parsed<T>) -> Cell<T> {
        parse(self.text(column)).map_err(|fault| AtCell { column, fault })
    }

    pub(super) fn number(&self, column: usize) -> Cell<Number> {
        self.parse(column, |text| if is_none(text) { Err(CellFault::Empty) } else { number(text) })
    }

    pub(super) fn number_or_empty(&self, column: usize) -> Cell<Number> {
        self.parse(column, |text| number(if is_none(text) { &[] } else { text }))
    }

    pub(super) fn number_if(&self, column: Option<usize>) -> Cell<Option<Number>> {
        let Some(column) = column else { return Ok(None) };
        self.number_or_empty(column).map(|number| Some(number).filter(|number| !number.is_empty()))
    }

    /// An amount that may be less than zero.
    pub(super) fn signed(&self, column: usize) -> Cell<Fen> {
        self.parse(column, |text| amount(text, self.format)).map(Fen)
    }

    pub(super) fn amount(&self, column: usize) -> Cell<Fen> {
        let parse = |text| amount(text, self.format).and_then(not_negative);
        self.parse(column, parse).map(Fen)
    }

    /// Nothing if the file has no such column, or the cell is empty.
    pub(super) fn amount_or_zero(&self, column: Option<usize>) -> Cell<Fen> {
        match column {
            Some(column) if !is_none(self.text(column)) => self.amount(column),
            _ => Ok(Fen(0)),
        }
    }

    pub(super) fn signed_if(&self, column: usize) -> Cell<Option<Fen>> {
        if is_none(self.text(column)) { Ok(None) } else { self.signed(column).map(Some) }
    }

    pub(super) fn diamonds(&self, column: usize) -> Cell<Diamonds> {
        let whole = Format { unit: Unit::Fen, ..self.format };
        let parse = |text| amount(text, whole).and_then(not_negative);
        self.parse(column, parse).map(Diamonds)
    }

    pub(super) fn time(&self, column: usize) -> Cell<DateTime> {
        self.parse(column, time)
    }

    /// The time a record was done, which is there at least when it has succeeded.
    pub(super) fn finished(&self, column: usize, state: &State) -> Cell<Option<DateTime>> {
        match is_none(self.text(column)) && *state != State::Succeeded {
            true => Ok(None),
            false => self.time(column).map(Some),
        }
    }

    pub(super) fn date(&self, column: usize) -> Cell<Date> {
        self.parse(column, date)
    }

    pub(super) fn date_if(&self, column: usize) -> Cell<Option<Date>> {
        if is_none(self.text(column)) { Ok(None) } else { self.date(column).map(Some) }
    }

    /// What the word means, or the word itself.
    #[inline]
    pub(super) fn word<T: Clone>(
        &self,
        column: usize,
        words: &Vocabulary<T>,
        other: impl FnOnce(Box<str>) -> T,
    ) -> T {
        let text = self.text(column);
        words.find(text).cloned().unwrap_or_else(|| other(String::from_utf8_lossy(text).into()))
    }

    pub(super) fn state(&self, column: usize, words: &Vocabulary<State>) -> State {
        self.word(column, words, State::Other)
    }

    /// Which way, and how much: not negative.
    pub(super) fn movement(
        &self,
        direction: usize,
        amount: usize,
        words: &Vocabulary<Option<Direction>>,
    ) -> Cell<(Direction, Fen)> {
        let said = words.find(self.text(direction));
        match said {
            None => Err(AtCell { column: direction, fault: CellFault::Word }),
            Some(Some(said)) => Ok((*said, self.amount(amount)?)),
            Some(None) => match self.signed(amount)? {
                Fen(sum @ 0..) => Ok((Direction::In, Fen(sum))),
                Fen(sum) => match sum.checked_neg() {
                    Some(sum) => Ok((Direction::Out, Fen(sum))),
                    None => Err(AtCell { column: amount, fault: CellFault::TooLarge }),
                },
            },
        }
    }
}

/// Words and what they mean.
pub struct Vocabulary<T>(Vec<(Box<[u8]>, T)>);

impl<T> Vocabulary<T> {
    pub(super) fn new<const N: usize>(meanings: [(&Words, T); N]) -> Self
    where
        T: Clone,
    {
        let words = meanings.into_iter().flat_map(|(words, meaning)| {
            words.iter().map(move |word| (word.trim().as_bytes().into(), meaning.clone()))
        });
        Self(words.collect())
    }

    #[inline]
    fn find(&self, text: &[u8]) -> Option<&T> {
        self.0.iter().find(|(word, _)| **word == *text).map(|(_, meaning)| meaning)
    }
}

/// Spreadsheets keep long numbers from being rounded by a tab, a quotation mark or a formula around them: `="123"`.
#[inline]
pub(super) fn plain(cell: &[u8]) -> &[u8] {
    let is_plain = |byte: Option<&u8>| byte.is_none_or(|byte| *byte > b'\'' && *byte != b'`');
    if is_plain(cell.first()) && is_plain(cell.last()) && cell.first() != Some(&b'=') {
        return cell;
    }
    undress(cell)
}

fn undress(cell: &[u8]) -> &[u8] {
    let mut text = cell.trim_ascii();
    if let Some(formula) = text.strip_prefix(b"=\"").and_then(|text| text.strip_suffix(b"\"")) {
        text = formula.trim_ascii();
    }
    while let [b'`' | b'\'' | b'"', rest @ ..] = text {
        text = rest.trim_ascii();
    }
    while let [rest @ .., b'`' | b'\'' | b'"'] = text {
        text = rest.trim_ascii();
    }
    text
}

/// Empty, or a dash that stands for it.
#[inline]
fn is_none(text: &[u8]) -> bool {
    text.len() <= 6 && is_dash(text)
}

fn is_dash(text: &[u8]) -> bool {
    matches!(text, b"" | b"-" | b"--") || text == "——".as_bytes() || text == "—".as_bytes()
}

#[inline]
fn number(text: &[u8]) -> Parsed<Number> {
    let is_suspect = matches!(text.get(1), Some(b'.' | b'E' | b'e'));
    if is_suspect && is_rounded(text) {
        return Err(CellFault::Rounded);
    }
    Ok(Number::new(text))
}

/// `7.29E+18`: what a spreadsheet makes of a long number, whose digits are gone.
fn is_rounded(text: &[u8]) -> bool {
    let digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let Some(at) = text.iter().position(|byte| byte.eq_ignore_ascii_case(&b'E')) else {
        return false;
    };
    let (mantissa, exponent) = (&text[..at], &text[at + 1..]);
    let mut parts = mantissa.splitn(2, |byte| *byte == b'.');
    parts.all(digits) && exponent.strip_prefix(b"+").is_some_and(digits)
}

fn not_negative(amount: i64) -> Parsed<i64> {
    if amount < 0 { Err(CellFault::Negative) } else { Ok(amount) }
}

/// An amount in fen, or in diamonds.
#[inline]
fn amount(text: &[u8], format: Format) -> Parsed<i64> {
    match (format.unit, usual_yuan(text)) {
        (Unit::Yuan, Some(fen)) => Ok(fen),
        _ => any_amount(text, format),
    }
}

/// The form that bills have: digits, a point, two digits.
#[inline]
fn usual_yuan(text: &[u8]) -> Option<i64> {
    let (yuan, [b'.', tenths, rest]) = text.split_last_chunk::<3>()? else { return None };
    // So few digits that the sum fits.
    if yuan.is_empty() || yuan.len() > 15 {
        return None;
    }
    let mut fen: i64 = 0;
    for digit in yuan.iter().chain([tenths, rest]) {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        fen = fen * 10 + i64::from(digit);
    }
    Some(fen)
}

fn any_amount(text: &[u8], format: Format) -> Parsed<i64> {
    let (is_negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if digits.is_empty() {
        return Err(CellFault::Empty);
    }
    let sum = match format.unit {
        Unit::Fen => whole(digits, format.thousands_separators)?,
        Unit::Yuan => yuan(digits, format.thousands_separators)?,
    };
    Ok(if is_negative { -sum } else { sum })
}

fn yuan(text: &[u8], separators: Separators) -> Parsed<i64> {
    let point = text.iter().position(|byte| *byte == b'.');
    let (yuan, decimals) = match point {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, &b"0"[..]),
    };
    let fen = match *decimals {
        [tenths] if tenths.is_ascii_digit() => 10 * i64::from(tenths - b'0'),
        [tenths, rest] if tenths.is_ascii_digit() && rest.is_ascii_digit() => {
            10 * i64::from(tenths - b'0') + i64::from(rest - b'0')
        }
        [_, _, _, ..] if decimals.iter().all(u8::is_ascii_digit) => {
            return Err(CellFault::Decimals);
        }
        _ => return Err(CellFault::Amount(Unit::Yuan)),
    };
    let yuan = whole(yuan, separators).map_err(|fault| match fault {
        CellFault::Amount(_) => CellFault::Amount(Unit::Yuan),
        fault => fault,
    })?;
    let sum = yuan.checked_mul(100).and_then(|sum| sum.checked_add(fen));
    sum.ok_or(CellFault::TooLarge)
}

/// Digits, in groups of three if they are in groups at all.
fn whole(text: &[u8], separators: Separators) -> Parsed<i64> {
    if text.is_empty() {
        return Err(CellFault::Amount(Unit::Fen));
    }
    let mut sum: i64 = 0;
    for byte in text {
        match byte {
            b'0'..=b'9' => {
                let grown =
                    sum.checked_mul(10).and_then(|sum| sum.checked_add(i64::from(byte - b'0')));
                sum = grown.ok_or(CellFault::TooLarge)?;
            }
            b',' => {}
            _ => return Err(CellFault::Amount(Unit::Fen)),
        }
    }
    if text.contains(&b',') {
        check_groups(text, separators)?;
    }
    Ok(sum)
}

fn check_groups(text: &[u8], separators: Separators) -> Parsed<()> {
    let mut groups = text.split(|byte| *byte == b',');
    let first = groups.next().unwrap_or_default().len();
    if !(1..=3).contains(&first) || !groups.all(|group| group.len() == 3) {
        return Err(CellFault::Groups);
    }
    match separators {
        Separators::Allowed => Ok(()),
        Separators::Refused => Err(CellFault::Separator),
    }
}

/// `2026-03-31 23:45:00`; as well with slashes, a `T`, single digits, and without seconds, as spreadsheets write it.
fn time(text: &[u8]) -> Parsed<DateTime> {
    if text.is_empty() {
        return Err(CellFault::Empty);
    }
    if let Some(time) = usual_time(text) {
        return Ok(time);
    }
    let at = text.iter().position(|byte| matches!(byte, b' ' | b'T'));
    let at = at.ok_or(CellFault::Time)?;
    let (day, clock) = (civil_date(&text[..at])?, text[at + 1..].trim_ascii_start());
    let mut parts = clock.split(|byte| *byte == b':');
    let mut part = || parts.next().map(|text| digits(text, 1..=2)).transpose();
    let (hour, minute, second) = (part()?, part()?, part()?.unwrap_or(0));
    let (Some(hour), Some(minute), None) = (hour, minute, parts.next()) else {
        return Err(CellFault::Time);
    };
    day_time(day, hour, minute, second).ok_or(CellFault::Time)
}

/// The form that bills have, without a search for its parts.
#[inline]
fn usual_time(text: &[u8]) -> Option<DateTime> {
    let text: &[u8; 19] = text.try_into().ok()?;
    let marks = [text[4], text[7], text[10], text[13], text[16]];
    if marks != *b"-- ::" {
        return None;
    }
    let two = |at: usize| -> Option<i8> {
        let (tens, ones) = (text[at].wrapping_sub(b'0'), text[at + 1].wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then_some((tens * 10 + ones) as i8)
    };
    let year = i16::from(two(0)?) * 100 + i16::from(two(2)?);
    DateTime::new(year, two(5)?, two(8)?, two(11)?, two(14)?, two(17)?, 0).ok()
}

/// A day, with or without a time after it.
fn date(text: &[u8]) -> Parsed<Date> {
    if text.is_empty() {
        return Err(CellFault::Empty);
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

fn digits(text: &[u8], length: std::ops::RangeInclusive<usize>) -> Parsed<i16> {
    if !length.contains(&text.len()) || !text.iter().all(u8::is_ascii_digit) {
        return Err(CellFault::Time);
    }
    Ok(text.iter().fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0')))
}
