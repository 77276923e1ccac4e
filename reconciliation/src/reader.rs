//! A file in, its rows out, one at a time.

use std::cell::Cell;
use std::io;
use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder, Terminator};

use super::cell::{AtCell, Cells};
use super::error::{BillError, BillFault, shorten};
use super::header::{
    self, Header, begins_with, check_bytes, first_line, hides_rows, is_blank, is_comment,
};
use super::mapping::{FinalLineEnd, Format, Layout, MissingCells, TrailingDelimiter};
use super::moment::is_time;
use super::number::{Numeral, RecordNumber};
use super::row::RowPlace;
use super::section::Section;
use super::spreadsheet::plain;
use super::text::Text;
use super::usual::Day;

/// The rows of a file, in its order, by the section of the mapping for its kind.
///
/// Holds one row at a time, whatever the length of the file. A row that cannot be read is an `Err`, and the next follows;
/// what ends the reading ([`BillError::is_one_row`] tells) is the last item. Rows without any text are passed over, and so
/// is what the [`Layout`] of the section says.
///
/// A file in gzip or zip is unpacked. A quoted cell may have line breaks, unless it has so many delimiters as well that
/// rows could be inside.
pub struct Rows<S: Section, R> {
    csv: csv::Reader<Text<R>>,
    record: ByteRecord,
    header: Header<S::Plan>,
    format: Format,
    layout: Layout,
    /// Whether rows may be passed over.
    is_laid_out: bool,
    /// Whether the rows have ended, by the layout.
    after_end: bool,
    /// Whether what follows them has a header of its own.
    under_other_header: bool,
    /// Whether the row is the last line of the file and has no line end.
    is_open: bool,
    /// Whether the row has more bytes in the file than its cells and what is between them: quotation marks.
    is_quoted: bool,
    /// Whether a cell of the row has text behind its closing quotation mark.
    is_joined: bool,
    /// How many cells a row must have.
    fewest: usize,
    /// How many cells a row may have.
    most: usize,
    day: Cell<Day>,
    file: Arc<str>,
    number: u16,
    ended: bool,
}

/// Why a row cannot be read.
enum RowFault {
    Short,
    Missing,
    Wide,
    Joined,
    Swallowed,
    CutOff,
    Cell(AtCell),
}

impl<S: Section, R: io::Read> Rows<S, R> {
    /// Finds the header. `file` is what errors call the file, and `number` what the places of its rows call it.
    ///
    /// # Errors
    ///
    /// If there is no header, it has columns of the mapping twice, rows may be before it, or the beginning of the file is
    /// not in its encoding.
    pub fn open(section: &S, file: Arc<str>, number: u16, input: R) -> Result<Self, BillError> {
        let (format, layout) = (section.format(), section.layout().clone());
        let delimiter = format.delimiter.byte();
        let text = Text::new(input, format.encoding, delimiter, layout.entry.as_deref());
        let text = text.map_err(|error| BillError::new(&file, BillFault::of_io(error, 1)))?;
        let mut csv = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            // A carriage return at the end is taken off with the blanks, so that lines are counted right.
            .terminator(Terminator::Any(b'\n'))
            .delimiter(delimiter)
            .buffer_capacity(64 << 10)
            .from_reader(text);
        let header = header::find(section, &mut csv, &file)?;
        let (fewest, most) = match layout.trailing_delimiter {
            TrailingDelimiter::Absent => (header.needed, header.names.len()),
            TrailingDelimiter::Present => (header.names.len() + 1, header.names.len() + 1),
        };
        Ok(Self {
            csv,
            record: ByteRecord::new(),
            is_laid_out: layout.comment.is_some()
                || !layout.ends_at.is_empty()
                || !header.skip.is_empty(),
            after_end: false,
            under_other_header: false,
            is_open: false,
            is_quoted: false,
            is_joined: false,
            fewest,
            most,
            header,
            format,
            layout,
            day: Cell::new(Day::FIRST),
            file,
            number,
            ended: false,
        })
    }

    /// Shows the next row, whose numbers are those of the file, so that nothing is copied.
    #[inline]
    pub(super) fn show<T>(
        &mut self,
        see: impl FnOnce(&S::Row<&[u8]>) -> T,
    ) -> Option<Result<T, BillError>> {
        loop {
            let line = match self.advance()? {
                Ok(line) => line,
                Err(error) => return Some(Err(error)),
            };
            let fault = match self.check_width() {
                Err(fault) => fault,
                Ok(()) => {
                    let cells = Cells::new(&self.record, &self.header.shape, &self.day);
                    let row = S::row(&self.header.plan, &cells, self.place(line));
                    // Not moved, not even into a result, since rows are large.
                    match cells.finish() {
                        Ok(()) => return Some(Ok(see(&row))),
                        Err(at) => RowFault::Cell(at),
                    }
                }
            };
            if !self.is_header() {
                return Some(Err(self.error(line, &fault)));
            }
        }
    }

    #[inline]
    fn row<'a, N: Numeral<'a>>(&'a self, line: u64) -> Result<S::Row<N>, RowFault> {
        self.check_width()?;
        let cells = Cells::new(&self.record, &self.header.shape, &self.day);
        let row = S::row(&self.header.plan, &cells, self.place(line));
        cells.finish().map_err(RowFault::Cell)?;
        Ok(row)
    }

    fn place(&self, line: u64) -> RowPlace {
        RowPlace { file: self.number, line: u32::try_from(line).unwrap_or(u32::MAX) }
    }

    /// The next row that is not passed over, and its line.
    #[inline]
    fn advance(&mut self) -> Option<Result<u64, BillError>> {
        while !self.ended {
            let (before, start) = (self.csv.position().line(), self.csv.position().byte());
            match self.csv.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    let fault = BillFault::of_csv(error, before);
                    return Some(Err(BillError::new(&self.file, fault)));
                }
            }
            self.csv.get_mut().row_ended();
            if self.ended {
                break;
            }
            let after = self.csv.position();
            let plain_length = (self.record.as_slice().len() + self.record.len()) as u64;
            self.is_quoted = after.byte() - start > plain_length;
            let line = first_line(&self.record, before, after.line());
            let text = self.csv.get_ref();
            let is_suspect = text.is_odd() || text.has_text_after_quote();
            self.is_joined = false;
            if (after.line() != line + 1 || after.byte() > text.end() || is_suspect)
                && let Err(fault) = self.examine(line)
            {
                return Some(Err(BillError::new(&self.file, fault)));
            }
            if is_blank(&self.record) || (self.is_laid_out && self.is_passed_over(line)) {
                continue;
            }
            if self.after_end {
                return Some(Err(BillError::new(&self.file, BillFault::RowAfterEnd { line })));
            }
            return Some(Ok(line));
        }
        None
    }

    /// Looks closely at a row of several lines, the last one, and one that may have bytes that no text has.
    #[cold]
    fn examine(&mut self, line: u64) -> Result<(), BillFault> {
        let end = self.csv.position().byte();
        self.is_open = end > self.csv.get_ref().end();
        self.is_joined = self.csv.get_mut().take_text_after_quote(end);
        if header::is_unclosed(&self.csv) {
            self.ended = true;
            return Err(BillFault::UnclosedQuote { line });
        }
        if self.csv.get_ref().is_odd() {
            check_bytes(&self.record, line)?;
        }
        if hides_rows(&self.record, self.format.delimiter, self.fewest_hidden()) {
            let last = header::last_line(&self.record, line);
            return Err(BillFault::HiddenRows { line, last });
        }
        Ok(())
    }

    /// How many delimiters a cell has at the least if rows are inside.
    ///
    /// Of a row of `m` cells, opened in cell `i` and closed in cell `j` of a later row, `m - 1 - i + j` are swallowed, and
    /// `m + i - j` cells are left, which are no more than the header has; and `m` is no less than what is needed.
    fn fewest_hidden(&self) -> usize {
        (2 * self.header.needed).saturating_sub(self.most + 1).max(1)
    }

    /// Whether the layout says that this is not a row.
    fn is_passed_over(&mut self, line: u64) -> bool {
        if is_comment(&self.record, self.layout.comment, self.fewest_of_row()) {
            return true;
        }
        let is_end = self.layout.ends_at.iter().any(|marker| begins_with(&self.record, marker));
        self.after_end |= is_end;
        if self.after_end {
            if self.layout.starts_after.is_some() {
                return true;
            }
            if self.is_header() {
                (self.after_end, self.under_other_header) = (false, false);
                return true;
            }
            return self.row::<&[u8]>(line).is_err() && (is_end || !self.may_be_row());
        }
        let is_skipped = |(column, words): &(usize, Vec<String>)| {
            let cell = plain(self.record.get(*column).unwrap_or_default());
            words.iter().any(|word| word.trim().as_bytes() == cell)
        };
        self.header.skip.iter().any(is_skipped)
    }

    /// How many cells a line has at the least that may be a row.
    fn fewest_of_row(&self) -> usize {
        self.fewest.min(self.header.names.len().saturating_sub(2)).max(3)
    }

    /// Whether a line behind the rows may be one of them that cannot be read: it has a time, and there was no other header.
    #[cold]
    fn may_be_row(&mut self) -> bool {
        if self.under_other_header || self.record.len() < self.fewest_of_row() {
            return false;
        }
        let is_number = |cell: &[u8]| plain(cell).first().is_some_and(u8::is_ascii_digit);
        self.under_other_header = !self.record.iter().any(is_number);
        self.record.iter().any(|cell| is_time(plain(cell)))
    }

    /// Whether the header is there again.
    #[cold]
    fn is_header(&self) -> bool {
        let cells = self.record.iter().map(header::name);
        self.record.len() == self.header.names.len() && cells.eq(self.header.names.iter().cloned())
    }

    #[inline]
    fn check_width(&self) -> Result<(), RowFault> {
        let cells = self.record.len();
        if cells < self.fewest {
            return Err(RowFault::Short);
        }
        if cells > self.header.names.len() && !self.ends_with_delimiter() {
            return Err(RowFault::Wide);
        }
        if self.is_joined {
            return Err(RowFault::Joined);
        }
        if (cells < self.header.names.len() && self.has_swallowed())
            || (self.is_quoted && self.has_row_inside())
        {
            return Err(RowFault::Swallowed);
        }
        if self.is_open && self.may_be_cut_off() {
            return Err(RowFault::CutOff);
        }
        if cells < self.header.names.len() && self.layout.missing_cells == MissingCells::Refused {
            return Err(RowFault::Missing);
        }
        Ok(())
    }

    /// Whether the row has the one empty cell more that the layout says.
    #[cold]
    fn ends_with_delimiter(&self) -> bool {
        let last = self.record.iter().next_back();
        self.record.len() == self.most && last.is_some_and(|cell| cell.trim_ascii().is_empty())
    }

    /// Whether a cell has a delimiter that is none between digits: what is missing at the end may be inside.
    #[cold]
    fn has_swallowed(&self) -> bool {
        let delimiter = self.format.delimiter.byte();
        let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        self.record.iter().any(|cell| {
            let mut places = (0..cell.len()).filter(|at| cell[*at] == delimiter);
            places.any(|at| at == 0 || !is_digit(cell.get(at - 1)) || !is_digit(cell.get(at + 1)))
        })
    }

    /// Whether a quoted cell has about as many delimiters as a row, and a time between two of them, as rows have: a row of the
    /// same line, from one of its cells to the same one of the next.
    #[cold]
    fn has_row_inside(&self) -> bool {
        let delimiter = self.format.delimiter.byte();
        let fewest = self.header.needed.saturating_sub(1).max(3);
        // Of all cells together, which are one piece of memory; few rows have so many.
        if memchr::memchr_iter(delimiter, self.record.as_slice()).count() < fewest {
            return false;
        }
        let may_hide =
            |cell: &&[u8]| cell.iter().filter(|byte| **byte == delimiter).count() >= fewest;
        let mut suspects = self.record.iter().filter(may_hide);
        suspects
            .any(|cell| cell.split(|byte| *byte == delimiter).any(|piece| is_time(plain(piece))))
    }

    /// Whether the last cell is one that is read.
    #[cold]
    fn may_be_cut_off(&self) -> bool {
        self.layout.final_line_end == FinalLineEnd::Required
            && self.record.len() <= self.header.needed
    }

    #[cold]
    fn error(&self, line: u64, fault: &RowFault) -> BillError {
        let cells = self.record.len();
        let fault = match fault {
            RowFault::Short => BillFault::ShortRow { line, cells, needed: self.fewest },
            RowFault::Missing => {
                BillFault::MissingCells { line, cells, header: self.header.names.len() }
            }
            RowFault::Joined => BillFault::TextAfterQuote { line },
            RowFault::Wide => BillFault::WideRow { line, cells, header: self.header.names.len() },
            RowFault::Swallowed => {
                BillFault::SwallowedCells { line, cells, header: self.header.names.len() }
            }
            RowFault::CutOff => BillFault::CutOff { line },
            RowFault::Cell(AtCell { column, fault }) => BillFault::Cell {
                line,
                column: self.header.names.get(*column).cloned().unwrap_or_default(),
                text: shorten(self.record.get(*column).unwrap_or_default().trim_ascii()),
                fault: *fault,
            },
        };
        BillError::new(&self.file, fault)
    }
}

impl<S: Section, R: io::Read> Iterator for Rows<S, R> {
    type Item = Result<S::Row<RecordNumber>, BillError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = match self.advance()? {
                Ok(line) => line,
                Err(error) => return Some(Err(error)),
            };
            match self.row(line) {
                Ok(row) => return Some(Ok(row)),
                Err(_) if self.is_header() => {}
                Err(fault) => return Some(Err(self.error(line, &fault))),
            }
        }
    }
}

impl<S: Section, R> std::iter::FusedIterator for Rows<S, R> where R: io::Read {}
