//! One cell: bytes in, a number, amount, time or word out. Money never meets a float.

use std::cell::Cell;

use csv::ByteRecord;
use jiff::civil::{Date, DateTime};

use super::amount::amount;
use super::error::CellFault;
use super::mapping::{AmountUnit, Format, MissingCells, Outward, Words};
use super::moment::{date, time};
use super::number::Numeral;
use super::row::{Direction, State};
use super::spreadsheet::{is_none, may_be_spoiled, plain, spoiled, trim_unseen, visible};
use super::usual::{self, Day};
use generated_client::platform::{Diamonds, Fen};

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
