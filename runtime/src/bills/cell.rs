//! One cell: bytes in, a number, amount, time or word out. Money never meets a float.

use std::cell::Cell;

use csv::ByteRecord;
use jiff::civil::{Date, DateTime};

use super::error::CellFault;
use super::mapping::{Format, Separators, Unit, Words};
use super::number::Numeral;
use super::row::{Direction, State};
use super::usual::{self, Day};
use crate::{Diamonds, Fen};

/// What is wrong with which cell of a row.
#[derive(Clone, Copy)]
pub(super) struct AtCell {
    pub(super) column: usize,
    pub(super) fault: CellFault,
}

type Parsed<T> = Result<T, CellFault>;

/// The cells of one row.
///
/// What cannot be read is noted, and read as nothing: so a row is put together without a question after each cell, and
/// [`Cells::finish`] tells at its end whether it is one.
pub struct Cells<'a> {
    record: &'a ByteRecord,
    format: Format,
    day: &'a Cell<Day>,
    fault: Cell<Option<AtCell>>,
}

impl<'a> Cells<'a> {
    /// `day` is for what was read last, since most rows are of the day of the row before.
    #[inline]
    pub(super) fn new(record: &'a ByteRecord, format: Format, day: &'a Cell<Day>) -> Self {
        Self { record, format, day, fault: Cell::new(None) }
    }

    /// The first fault, if there was one.
    #[inline]
    pub(super) fn finish(self) -> Result<(), AtCell> {
        self.fault.into_inner().map_or(Ok(()), Err)
    }

    #[cold]
    fn fail<T: Default>(&self, column: usize, fault: CellFault) -> T {
        self.fault.set(self.fault.get().or(Some(AtCell { column, fault })));
        T::default()
    }

    /// Without what a spreadsheet puts around.
    #[inline]
    pub(super) fn text(&self, column: usize) -> &'a [u8] {
        plain(self.record.get(column).unwrap_or_default())
    }

    fn parse<T: Default>(&self, column: usize, parse: impl FnOnce(&'a [u8]) -> Parsed<T>) -> T {
        parse(self.text(column)).unwrap_or_else(|fault| self.fail(column, fault))
    }

    #[inline]
    pub(super) fn number<N: Numeral<'a>>(&self, column: usize) -> N {
        let number: N = self.number_or_empty(column);
        if number.as_ref().is_empty() { self.fail(column, CellFault::Empty) } else { number }
    }

    #[inline]
    pub(super) fn number_or_empty<N: Numeral<'a>>(&self, column: usize) -> N {
        match self.text(column) {
            text if is_none(text) => N::default(),
            text if is_rounded(text) => self.fail(column, CellFault::Rounded),
            text => N::keep(text),
        }
    }

    #[inline]
    pub(super) fn number_if<N: Numeral<'a>>(&self, column: Option<usize>) -> Option<N> {
        column
            .map(|column| self.number_or_empty(column))
            .filter(|number: &N| !number.as_ref().is_empty())
    }

    /// An amount that may be less than zero.
    #[inline]
    pub(super) fn signed(&self, column: usize) -> Fen {
        match self.usual_amount(self.text(column)) {
            Some(fen) => fen,
            None => Fen(self.parse(column, |text| amount(text, self.format))),
        }
    }

    #[inline]
    fn usual_amount(&self, text: &[u8]) -> Option<Fen> {
        let Format { unit, thousands_separators, .. } = self.format;
        match unit {
            Unit::Yuan => usual::yuan(text, thousands_separators).map(Fen),
            Unit::Fen => None,
        }
    }

    #[inline]
    pub(super) fn amount(&self, column: usize) -> Fen {
        match self.usual_amount(self.text(column)) {
            Some(fen) => fen,
            None => self.unusual_amount(column),
        }
    }

    #[cold]
    fn unusual_amount(&self, column: usize) -> Fen {
        Fen(self.parse(column, |text| amount(text, self.format).and_then(not_negative)))
    }

    /// Nothing if the file has no such column, or the cell is empty.
    #[inline]
    pub(super) fn amount_or_zero(&self, column: Option<usize>) -> Fen {
        let Some(column) = column else { return Fen(0) };
        let text = self.text(column);
        match self.usual_amount(text) {
            Some(fen) => fen,
            None if is_none(text) => Fen(0),
            None => self.unusual_amount(column),
        }
    }

    pub(super) fn signed_if(&self, column: usize) -> Option<Fen> {
        (!is_none(self.text(column))).then(|| self.signed(column))
    }

    pub(super) fn diamonds(&self, column: usize) -> Diamonds {
        let whole = Format { unit: Unit::Fen, ..self.format };
        Diamonds(self.parse(column, |text| amount(text, whole).and_then(not_negative)))
    }

    #[inline]
    pub(super) fn time(&self, column: usize) -> DateTime {
        match usual::time(self.text(column), self.day) {
            Some(time) => time,
            None => self.parse(column, time),
        }
    }

    /// The time a record was done, which is there at least when it has succeeded.
    #[inline]
    pub(super) fn finished(&self, column: usize, state: &State) -> Option<DateTime> {
        let is_open = *state != State::Succeeded && is_none(self.text(column));
        (!is_open).then(|| self.time(column))
    }

    pub(super) fn date(&self, column: usize) -> Date {
        self.parse(column, date)
    }

    pub(super) fn date_if(&self, column: usize) -> Option<Date> {
        (!is_none(self.text(column))).then(|| self.date(column))
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

    #[inline]
    pub(super) fn state(&self, column: usize, words: &Vocabulary<State>) -> State {
        self.word(column, words, State::Other)
    }

    /// Which way, and how much: not negative.
    #[inline]
    pub(super) fn movement(
        &self,
        direction: usize,
        amount: usize,
        words: &Vocabulary<Option<Direction>>,
    ) -> (Direction, Fen) {
        match words.find(self.text(direction)) {
            Some(Some(said)) => (*said, self.amount(amount)),
            Some(None) => match self.signed(amount) {
                Fen(sum @ 0..) => (Direction::In, Fen(sum)),
                Fen(sum) => match sum.checked_neg() {
                    Some(sum) => (Direction::Out, Fen(sum)),
                    None => (Direction::Out, self.fail(amount, CellFault::TooLarge)),
                },
            },
            None => (Direction::In, self.fail(direction, CellFault::Word)),
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

/// `7.29E+18`: what a spreadsheet makes of a long number, whose digits are gone.
#[inline]
fn is_rounded(text: &[u8]) -> bool {
    matches!(text.get(1), Some(b'.' | b'E' | b'e')) && is_scientific(text)
}

fn is_scientific(text: &[u8]) -> bool {
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
#[cold]
fn amount(text: &[u8], format: Format) -> Parsed<i64> {
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
#[cold]
fn time(text: &[u8]) -> Parsed<DateTime> {
    if text.is_empty() {
        return Err(CellFault::Empty);
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
