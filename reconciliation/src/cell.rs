//! One cell: bytes in, a number, amount, time or word out. Money never meets a float.

use std::cell::Cell;

use csv::ByteRecord;
use jiff::civil::{Date, DateTime};
use runtime::{Diamonds, Fen};

use super::amount::amount;
use super::error::CellFault;
use super::mapping::{AmountUnit, Format, MissingCells, Outward, Words};
use super::number::Numeral;
use super::row::{Direction, State};
use super::usual::{self, Day};

/// What is wrong with which cell of a row.
#[derive(Clone, Copy)]
pub(super) struct AtCell {
    pub(super) column: usize,
    pub(super) fault: CellFault,
}

type Parsed<T> = Result<T, CellFault>;

/// What of a file's shape its cells are read by.
pub(super) struct Shape {
    pub(super) format: Format,
    pub(super) missing_cells: MissingCells,
    /// Of each column whether the mapping names it.
    pub(super) is_named: Box<[bool]>,
}

/// The cells of one row.
///
/// What cannot be read is noted, and read as nothing: so a row is put together without a question after each cell, and
/// [`Cells::finish`] tells at its end whether it is one.
pub struct Cells<'a> {
    record: &'a ByteRecord,
    shape: &'a Shape,
    format: Format,
    day: &'a Cell<Day>,
    fault: Cell<Option<AtCell>>,
}

impl<'a> Cells<'a> {
    /// `day` is for what was read last, since most rows are of the day of the row before.
    #[inline]
    pub(super) fn new(record: &'a ByteRecord, shape: &'a Shape, day: &'a Cell<Day>) -> Self {
        Self { record, shape, format: shape.format, day, fault: Cell::new(None) }
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
        let number: N = self.number_or_empty(Some(column));
        if number.as_ref().is_empty() { self.fail(column, CellFault::Empty) } else { number }
    }

    #[inline]
    pub(super) fn number_or_empty<N: Numeral<'a>>(&self, column: Option<usize>) -> N {
        let Some(column) = column else { return N::default() };
        match visible(self.text(column)) {
            text if is_none(text) => N::default(),
            text if may_be_spoiled(text) => match spoiled(text) {
                Some(fault) => self.fail(column, fault),
                None => N::keep(text),
            },
            text => N::keep(text),
        }
    }

    #[inline]
    pub(super) fn number_if<N: Numeral<'a>>(&self, column: Option<usize>) -> Option<N> {
        Some(self.number_or_empty(column)).filter(|number: &N| !number.as_ref().is_empty())
    }

    /// An amount that may be less than zero.
    #[inline]
    pub(super) fn signed(&self, column: usize) -> Fen {
        match self.usual_amount(self.text(column)) {
            Some(fen) => fen,
            None => Fen(self.unusual(column, self.format)),
        }
    }

    #[inline]
    fn usual_amount(&self, text: &[u8]) -> Option<Fen> {
        let Format { unit, thousands_separators, .. } = self.format;
        match unit {
            AmountUnit::Yuan => usual::yuan(text, thousands_separators).map(Fen),
            AmountUnit::Fen => None,
        }
    }

    #[inline]
    pub(super) fn amount(&self, column: usize) -> Fen {
        match self.usual_amount(self.text(column)) {
            Some(fen) => fen,
            None => Fen(self.not_negative(column, self.format)),
        }
    }

    #[cold]
    fn not_negative(&self, column: usize, format: Format) -> i64 {
        match self.unusual(column, format) {
            ..0 => self.fail(column, CellFault::Negative),
            amount => amount,
        }
    }

    /// An amount of any form, unless it may be a part of one.
    #[cold]
    fn unusual(&self, column: usize, format: Format) -> i64 {
        let sum = self.parse(column, |text| amount(text, format));
        if self.may_be_split(column) { self.fail(column, CellFault::Split) } else { sum }
    }

    /// Whether the cell and those behind it may be one amount that its thousands separator has split.
    ///
    /// Whole amounts beside each other are usual, and one that the mapping names is read and checked itself, so that only
    /// decimals behind an amount without any are suspect; but everything is where missing cells hide one too many.
    fn may_be_split(&self, column: usize) -> bool {
        let Shape { missing_cells, is_named, .. } = self.shape;
        let is_next_named = is_named.get(column + 1).copied().unwrap_or(false);
        let Some(has_decimals) = self.groups_behind(column) else { return false };
        *missing_cells == MissingCells::Empty || (has_decimals && !is_next_named)
    }

    /// Whether there are decimals at the end of the groups of three digits that continue the amount; `None` without groups.
    fn groups_behind(&self, column: usize) -> Option<bool> {
        let first = digits_at_end(self.text(column))?;
        let mut groups = (column + 1..self.record.len()).map_while(|at| group(self.text(at)));
        let has_decimals = groups.next().filter(|_| (1..=3).contains(&first))?;
        Some(has_decimals || groups.any(|has_decimals| has_decimals))
    }

    /// Nothing if the file has no such column, or the cell is empty.
    #[inline]
    pub(super) fn amount_or_zero(&self, column: Option<usize>) -> Fen {
        let Some(column) = column else { return Fen(0) };
        let text = self.text(column);
        match self.usual_amount(text) {
            Some(fen) => fen,
            None if is_none(text) => Fen(0),
            None => Fen(self.not_negative(column, self.format)),
        }
    }

    pub(super) fn signed_if(&self, column: usize) -> Option<Fen> {
        (!is_none(self.text(column))).then(|| self.signed(column))
    }

    /// An amount that goes out, which the mapping may say has a minus sign.
    #[inline]
    pub(super) fn outward(&self, column: usize) -> Fen {
        match self.format.outward {
            Outward::Unsigned => self.amount(column),
            Outward::Negative => self.negated(column),
        }
    }

    fn negated(&self, column: usize) -> Fen {
        match self.signed(column) {
            Fen(sum @ ..=0) => Fen(-sum),
            Fen(_) => self.fail(column, CellFault::Positive),
        }
    }

    /// Nothing if both cells are empty.
    pub(super) fn are_none(&self, one: usize, other: usize) -> bool {
        is_none(self.text(one)) && is_none(self.text(other))
    }

    pub(super) fn diamonds(&self, column: usize) -> Diamonds {
        let whole = Format { unit: AmountUnit::Fen, ..self.format };
        Diamonds(self.not_negative(column, whole))
    }

    #[inline]
    pub(super) fn time(&self, column: usize) -> DateTime {
        match usual::time(self.text(column), self.day) {
            Some(time) => time,
            None => self.parse(column, time),
        }
    }

    /// When a record was started and done. It is done at least when it has succeeded, and only then if one column has both.
    #[inline]
    pub(super) fn times(&self, columns: Times, state: &State) -> (DateTime, Option<DateTime>) {
        let started = self.time(columns.first);
        let Some(second) = columns.second else {
            return (started, (*state == State::Succeeded).then_some(started));
        };
        let is_open = *state != State::Succeeded && is_none(self.text(second));
        (started, (!is_open).then(|| self.time(second)))
    }

    /// Two times that are both there.
    #[inline]
    pub(super) fn both_times(&self, columns: Times) -> (DateTime, DateTime) {
        let first = self.time(columns.first);
        (first, columns.second.map_or(first, |second| self.time(second)))
    }

    pub(super) fn date(&self, column: usize) -> Date {
        self.parse(column, date)
    }

    pub(super) fn date_if(&self, column: Option<usize>) -> Option<Date> {
        column.filter(|column| !is_none(self.text(*column))).map(|column| self.date(column))
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
        let other = || other(String::from_utf8_lossy(trim_unseen(text)).into());
        words.find(text).cloned().unwrap_or_else(other)
    }

    /// Without a column for it, all has succeeded.
    #[inline]
    pub(super) fn state(&self, column: Option<usize>, words: &Vocabulary<State>) -> State {
        column.map_or(State::Succeeded, |column| self.word(column, words, State::Other))
    }

    /// Which way, and how much: not negative.
    #[inline]
    pub(super) fn movement(
        &self,
        columns: Moved,
        words: &Vocabulary<Option<Direction>>,
    ) -> (Direction, Fen) {
        match columns {
            Moved::Worded { direction, amount } => match words.find(self.text(direction)) {
                Some(Some(Direction::In)) => (Direction::In, self.amount(amount)),
                Some(Some(Direction::Out)) => (Direction::Out, self.outward(amount)),
                Some(None) => self.by_sign(amount),
                None if visible(self.text(direction)).is_empty() => {
                    (Direction::In, self.fail(direction, CellFault::Empty))
                }
                None => (Direction::In, self.fail(direction, CellFault::Word)),
            },
            Moved::Signed { amount } => self.by_sign(amount),
            Moved::TwoColumns { income, expense } => self.income_or_expense(income, expense),
        }
    }

    fn by_sign(&self, amount: usize) -> (Direction, Fen) {
        match self.signed(amount) {
            Fen(sum @ 0..) => (Direction::In, Fen(sum)),
            Fen(sum) => match sum.checked_neg() {
                Some(sum) => (Direction::Out, Fen(sum)),
                None => (Direction::Out, self.fail(amount, CellFault::TooLarge)),
            },
        }
    }

    fn income_or_expense(&self, income: usize, expense: usize) -> (Direction, Fen) {
        if self.are_none(income, expense) {
            return (Direction::In, self.fail(income, CellFault::Empty));
        }
        let sum = |column| if is_none(self.text(column)) { Fen(0) } else { self.signed(column) };
        match (sum(income), sum(expense)) {
            (Fen(0), Fen(0)) => (Direction::In, Fen(0)),
            (sum @ Fen(1..), Fen(0)) => (Direction::In, sum),
            (Fen(0), _) => (Direction::Out, self.outward(expense)),
            (_, Fen(0)) => (Direction::In, self.fail(income, CellFault::Negative)),
            _ => (Direction::In, self.fail(expense, CellFault::BothWays)),
        }
    }
}

/// The columns of two times; one column may have both.
#[derive(Clone, Copy)]
pub(super) struct Times {
    first: usize,
    second: Option<usize>,
}

impl Times {
    pub(super) fn new(first: Option<usize>, second: Option<usize>) -> Self {
        match (first, second) {
            (Some(first), second) => Self { first, second: second.filter(|at| *at != first) },
            (None, Some(only)) => Self { first: only, second: None },
            (None, None) => Self { first: NOWHERE, second: None },
        }
    }
}

/// The columns that say how much moved which way.
#[derive(Clone, Copy)]
pub(super) enum Moved {
    Worded { direction: usize, amount: usize },
    Signed { amount: usize },
    TwoColumns { income: usize, expense: usize },
}

impl Moved {
    pub(super) fn new(
        (direction, amount): (Option<usize>, Option<usize>),
        (income, expense): (Option<usize>, Option<usize>),
    ) -> Self {
        let nowhere = |column: Option<usize>| column.unwrap_or(NOWHERE);
        match (direction, amount) {
            (Some(direction), Some(amount)) => Self::Worded { direction, amount },
            (None, Some(amount)) => Self::Signed { amount },
            _ => Self::TwoColumns { income: nowhere(income), expense: nowhere(expense) },
        }
    }
}

/// The column of a field that a mapping leaves out though it is needed: its cells are empty, which is refused.
pub(super) const NOWHERE: usize = usize::MAX;

/// Words and what they mean.
pub struct Vocabulary<T>(Vec<(Box<[u8]>, T)>);

impl<T> Default for Vocabulary<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

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
        self.exactly(text).or_else(|| self.exactly(visible(text)))
    }

    #[inline]
    fn exactly(&self, text: &[u8]) -> Option<&T> {
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

/// Without what shows as nothing around it.
#[inline]
fn visible(text: &[u8]) -> &[u8] {
    match text {
        [0x80..=0xFF, ..] | [.., 0x80..=0xFF] => trim_unseen(text),
        _ => text,
    }
}

/// Without blanks of Unicode around it, byte order marks of files that were put together, and marks of direction, which
/// programs add to what is copied from them; nor what a spreadsheet has put inside of them.
#[cold]
pub(super) fn trim_unseen(text: &[u8]) -> &[u8] {
    let Ok(text) = str::from_utf8(text) else { return text };
    plain(text.trim_matches(is_unseen).as_bytes())
}

fn is_unseen(char: char) -> bool {
    char.is_whitespace()
        || matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Empty, or dashes that stand for it.
#[inline]
pub(super) fn is_none(text: &[u8]) -> bool {
    text.len() <= 6 && is_dashes(text)
}

fn is_dashes(text: &[u8]) -> bool {
    let text = visible(text);
    let dashes: [&[u8]; 6] = ["-", "－", "—", "–", "―", "−"].map(str::as_bytes);
    text.is_empty()
        || dashes.iter().any(|dash| {
            text == *dash
                || (text.len() == 2 * dash.len()
                    && text.chunks(dash.len()).all(|part| part == *dash))
        })
}

/// What only few numbers are: a digit or sign at the beginning and, at the end, what an exponent or decimals have.
#[inline]
fn may_be_spoiled(text: &[u8]) -> bool {
    let tail = &text[text.len().saturating_sub(6)..];
    match text.first() {
        Some(b'0'..=b'9') => tail.iter().any(|byte| matches!(byte, b'E' | b'e' | b'.')),
        Some(b'#' | b'+' | b'-') => true,
        Some(b'E' | b'e') => text.get(3) == Some(&b':'),
        _ => false,
    }
}

/// What a spreadsheet has made of a number, whose digits are gone.
#[cold]
pub(super) fn spoiled(text: &[u8]) -> Option<CellFault> {
    if is_error(text) {
        return Some(CellFault::Spreadsheet);
    }
    (is_scientific(text) || is_decimal(text)).then_some(CellFault::Rounded)
}

/// What a spreadsheet shows instead of a value: `########`, `#N/A`, `#NAME?`, `#SPILL!`, and LibreOffice `Err:502`.
fn is_error(text: &[u8]) -> bool {
    const OTHERS: [&[u8]; 3] = [b"#N/A", b"#DIV/0!", b"#GETTING_DATA"];
    let is_coded = |text: &[u8]| text.len() == 7 && text[4..].iter().all(u8::is_ascii_digit);
    match text {
        [b'#', name @ .., b'!' | b'?'] if name.iter().all(u8::is_ascii_alphabetic) => {
            !name.is_empty()
        }
        [b'#', rest @ ..] if rest.iter().all(|byte| *byte == b'#') => true,
        [b'E' | b'e', b'r', b'r', b':', ..] => is_coded(text),
        _ => OTHERS.iter().any(|error| text.eq_ignore_ascii_case(error)),
    }
}

/// `7.29E+18`, `7.29E18`, `1e5`. But `20260301E001` may well be a number as it is.
fn is_scientific(text: &[u8]) -> bool {
    let text = unsigned(text);
    let (mantissa, point, rest) = digits_and_decimals(text);
    let [b'E' | b'e', exponent @ ..] = rest else { return false };
    let digits = unsigned(exponent);
    let is_exponent = (1..=3).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    let is_number = point || digits.len() < exponent.len() || mantissa == 1;
    mantissa > 0 && is_exponent && is_number
}

/// `4200001.0`: a number of digits that was a decimal number in between.
fn is_decimal(text: &[u8]) -> bool {
    let (whole, point, rest) = digits_and_decimals(text);
    let decimals = text.iter().rev().take_while(|byte| **byte == b'0').count();
    whole > 0 && point && rest.is_empty() && decimals > 0 && text.len() == whole + 1 + decimals
}

fn unsigned(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"+").or_else(|| text.strip_prefix(b"-")).unwrap_or(text)
}

/// How many digits there are, whether a decimal point follows, and what is after its digits.
fn digits_and_decimals(text: &[u8]) -> (usize, bool, &[u8]) {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(text);
    match &text[whole..] {
        [b'.' | b',', rest @ ..] => (whole, true, &rest[digits(rest)..]),
        rest => (whole, false, rest),
    }
}

/// How many digits there are at the end; `None` if there are others, or a point, before them.
fn digits_at_end(text: &[u8]) -> Option<usize> {
    let is_digit = |byte: &&u8| byte.is_ascii_digit();
    let digits = text.iter().rev().take_while(is_digit).count();
    let before = &text[..text.len() - digits];
    let is_other = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
    (!before.iter().any(is_other)).then_some(digits)
}

/// Whether there are decimals, if this is three digits, perhaps with decimals and with what closes an amount.
fn group(text: &[u8]) -> Option<bool> {
    let (digits, rest) = text.split_first_chunk::<3>()?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let point = rest.strip_prefix(b".").unwrap_or_default();
    let decimals = point.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let end = if decimals > 0 { &point[decimals..] } else { rest };
    let closes = ["", "元", ")", "）", "-", "+"].map(str::as_bytes).contains(&end.trim_ascii());
    closes.then_some(decimals > 0)
}

/// `2026-03-31 23:45:00`; as well with slashes, a `T`, single digits, and without seconds, as spreadsheets write it.
#[cold]
fn time(text: &[u8]) -> Parsed<DateTime> {
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
fn date(text: &[u8]) -> Parsed<Date> {
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

fn digits(text: &[u8], length: std::ops::RangeInclusive<usize>) -> Parsed<i16> {
    if !length.contains(&text.len()) || !text.iter().all(u8::is_ascii_digit) {
        return Err(CellFault::Time);
    }
    Ok(text.iter().fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0')))
}
