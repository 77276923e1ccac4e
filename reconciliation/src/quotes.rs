//! Finds text behind closing quotation marks, which the reader of CSV takes for a part of the cell: `"1"00`, `"1" "2"`.

use std::collections::VecDeque;

/// Follows the quotation marks of a file, piece by piece.
pub(super) struct Quotes {
    delimiter: u8,
    state: State,
    /// The byte before the piece.
    last: u8,
    /// Where such text begins.
    found: VecDeque<u64>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Outside,
    Inside,
    /// Behind a quotation mark in a quoted cell, which closes it unless another follows.
    Behind,
    /// Behind blanks after a closing quotation mark.
    Blank,
}

impl Quotes {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, state: State::Outside, last: b'\n', found: VecDeque::new() }
    }

    /// `offset` is where the piece begins.
    pub(super) fn examine(&mut self, piece: &[u8], offset: u64) {
        let mut at = 0;
        while let Some(next) = self.step(piece, at, offset) {
            at = next;
        }
        self.last = piece.last().copied().unwrap_or(self.last);
    }

    /// Goes on from a place; where to, unless the piece has ended.
    #[inline]
    fn step(&mut self, piece: &[u8], at: usize, offset: u64) -> Option<usize> {
        match self.state {
            State::Outside => {
                let mark = at + memchr::memchr(b'"', &piece[at..])?;
                if self.begins_cell(piece, mark) {
                    self.state = State::Inside;
                }
                Some(mark + 1)
            }
            // Most quoted cells are short.
            State::Inside => {
                let length = piece[at..].iter().position(|byte| *byte == b'"')?;
                self.state = State::Behind;
                Some(at + length + 1)
            }
            State::Behind | State::Blank => {
                self.state = self.behind(*piece.get(at)?, offset + at as u64);
                Some(at + 1)
            }
        }
    }

    /// What a byte behind a quoted cell means.
    #[inline]
    fn behind(&mut self, byte: u8, place: u64) -> State {
        match byte {
            b'"' if self.state == State::Behind => State::Inside,
            b'\n' | b'\r' => State::Outside,
            _ if byte == self.delimiter => State::Outside,
            b' ' | b'\t' => State::Blank,
            _ => {
                self.found.push_back(place);
                State::Outside
            }
        }
    }

    /// Elsewhere a quotation mark is a character like others.
    fn begins_cell(&self, piece: &[u8], mark: usize) -> bool {
        let before = mark.checked_sub(1).map_or(self.last, |before| piece[before]);
        before == b'\n' || before == self.delimiter
    }

    /// Whether there is any that was not asked for.
    #[inline]
    pub(super) fn has_found(&self) -> bool {
        !self.found.is_empty()
    }

    /// Whether there is any before this place; it is not told of again.
    pub(super) fn take_before(&mut self, end: u64) -> bool {
        let before = self.found.partition_point(|place| *place < end);
        self.found.drain(..before).count() > 0
    }
}
