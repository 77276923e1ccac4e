//! What is wrong with a file of bills, and where.

mod display;

use std::io;
use std::sync::Arc;

use super::mapping::{AmountUnit, Delimiter, Encoding};
use super::text::TextFault;
use super::unpack::{PackFault, UnpackFault};

/// A file of bills, or one of its rows, that cannot be read.
///
/// Displayed as `file:line: what is wrong`. Of a cell's text no more is kept than shows what it is: the first 24
/// characters, and of a long run of digits the first three, since a shifted column may hold anything.
#[derive(Debug)]
pub struct BillError {
    /// The name of the file, as its reader was given it.
    pub file: Arc<str>,
    /// What is wrong.
    pub fault: BillFault,
}

/// What can be wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum BillFault {
    /// The file could not be read. Ends the reading.
    Io(io::Error),
    /// A byte is none of the encoding. Ends the reading.
    Encoding {
        /// How many bytes are before it.
        offset: u64,
        /// The encoding the mapping says.
        encoding: Encoding,
    },
    /// The file is packed, and cannot be unpacked. Ends the reading.
    Packed(PackFault),
    /// The file holds something else than text. Ends the reading.
    NotText {
        /// What it seems to be, and what to do about it.
        what: &'static str,
    },
    /// The file is in UTF-16, and neither a byte order mark nor the mapping says so. Ends the reading.
    Unmarked {
        /// The encoding that it seems to have.
        encoding: Encoding,
    },
    /// A row of more than a megabyte: most likely a quotation mark that is never closed. Ends the reading.
    LongRow {
        /// The line it begins on.
        line: u64,
    },
    /// The file ends inside quotation marks. Ends the reading, since rows may be among what is quoted.
    UnclosedQuote {
        /// The line of the row they are opened in.
        line: u64,
    },
    /// There is no header. Ends the reading.
    NoHeader,
    /// No line begins with what the header follows. Ends the reading.
    NoStart {
        /// The `starts_after` of the mapping.
        marker: String,
    },
    /// The mapping has no section for this kind of file.
    NotMapped {
        /// The section.
        section: &'static str,
    },
    /// No line has all columns that the mapping names. Ends the reading.
    MissingColumns {
        /// The line that has most of them.
        line: u64,
        /// What that line has, shortened.
        header: String,
        /// Those it does not have, all of them.
        columns: Vec<MissingColumn>,
        /// The delimiter by which there would be a header.
        delimiter: Option<Delimiter>,
    },
    /// A column that the mapping names, twice. Ends the reading.
    ColumnTwice {
        /// The line of the header.
        line: u64,
        /// Its header.
        header: String,
        /// Which columns have it, counted from 1.
        columns: (usize, usize),
    },
    /// A line before the header with so many cells that it may be a row. Ends the reading.
    RowBeforeHeader {
        /// Its line.
        line: u64,
        /// The line of the header.
        header: u64,
    },
    /// A header with a time in a cell: a row may be in the same line. Ends the reading.
    RowInHeader {
        /// Its line.
        line: u64,
    },
    /// A row after the end of the rows, as the mapping says it.
    RowAfterEnd {
        /// Its line.
        line: u64,
    },
    /// A row with fewer cells than are needed.
    ShortRow {
        /// Its line.
        line: u64,
        /// How many cells it has.
        cells: usize,
        /// How many it needs.
        needed: usize,
    },
    /// A row with fewer cells than the header, where the mapping does not allow it.
    MissingCells {
        /// Its line.
        line: u64,
        /// How many cells it has.
        cells: usize,
        /// How many the header has.
        header: usize,
    },
    /// A row with more cells than the header.
    WideRow {
        /// Its line.
        line: u64,
        /// How many cells it has.
        cells: usize,
        /// How many it may have.
        header: usize,
    },
    /// A row with fewer cells than the header, and one with a delimiter inside: a quotation mark may have swallowed cells,
    /// and the rest would be read by the wrong columns.
    SwallowedCells {
        /// Its line.
        line: u64,
        /// How many cells it has.
        cells: usize,
        /// How many the header has.
        header: usize,
    },
    /// A cell with text behind its closing quotation mark, which may be another cell or another row.
    TextAfterQuote {
        /// The line of its row.
        line: u64,
    },
    /// A quoted cell with line breaks and so many delimiters that rows may be inside.
    HiddenRows {
        /// The line of its row.
        line: u64,
        /// The last line that belongs to the row.
        last: u64,
    },
    /// A carriage return that no line feed follows, or another character that some programs take for a line end.
    LineBreak {
        /// The line of its row.
        line: u64,
    },
    /// A NUL byte.
    Nul {
        /// The line of its row.
        line: u64,
    },
    /// The file ends without a line end, in a cell that may have been longer.
    CutOff {
        /// The line.
        line: u64,
    },
    /// A cell that cannot be read.
    Cell {
        /// The line of its row.
        line: u64,
        /// The header of its column.
        column: String,
        /// Its text, shortened.
        text: String,
        /// What is wrong with it.
        fault: CellFault,
    },
}

/// A column that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingColumn {
    /// The field in the mapping.
    pub field: &'static str,
    /// The header that the mapping says.
    pub header: String,
    /// A header of the file that is much like it.
    pub nearest: Option<String>,
}

/// What can be wrong with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CellFault {
    /// It is empty, and must not be.
    Empty,
    /// It is not an amount in this unit.
    Amount(AmountUnit),
    /// It is an amount in yuan with more than two decimals.
    Decimals,
    /// It is an amount less than zero.
    Negative,
    /// It is an amount that goes out, without the minus sign that the mapping says such amounts have.
    Positive,
    /// There is income and expense in the same row.
    BothWays,
    /// It is an amount that 64 bits cannot hold in fen.
    TooLarge,
    /// It has thousands separators, which the mapping refuses.
    Separator,
    /// It has thousands separators at the wrong places.
    Groups,
    /// It may be the beginning of an amount with a thousands separator, and the next cell the rest.
    Split,
    /// It is not a time.
    Time,
    /// It is not a day.
    Date,
    /// It is a number that a spreadsheet has rounded, `7.29E+18`.
    Rounded,
    /// It is what a spreadsheet shows instead of a value, `#N/A` or `########`.
    Spreadsheet,
    /// It is none of the mapping's words, and must be.
    Word,
}

impl BillError {
    pub(super) fn new(file: &Arc<str>, fault: BillFault) -> Self {
        Self { file: Arc::clone(file), fault }
    }

    /// The line of the row or header at fault, if it is one.
    pub fn line(&self) -> Option<u64> {
        use BillFault::*;
        match &self.fault {
            LongRow { line }
            | UnclosedQuote { line }
            | MissingColumns { line, .. }
            | ColumnTwice { line, .. }
            | RowBeforeHeader { line, .. }
            | RowInHeader { line }
            | RowAfterEnd { line }
            | ShortRow { line, .. }
            | MissingCells { line, .. }
            | WideRow { line, .. }
            | SwallowedCells { line, .. }
            | TextAfterQuote { line }
            | HiddenRows { line, .. }
            | LineBreak { line }
            | Nul { line }
            | CutOff { line }
            | Cell { line, .. } => Some(*line),
            Io(_)
            | Encoding { .. }
            | Packed(_)
            | NotText { .. }
            | Unmarked { .. }
            | NoHeader
            | NoStart { .. }
            | NotMapped { .. } => None,
        }
    }

    /// Whether only one row is at fault, and the next can be read. What [`Rows::open`](super::Rows::open) fails with ends the
    /// reading whatever it is.
    pub fn is_one_row(&self) -> bool {
        use BillFault::*;
        match &self.fault {
            RowAfterEnd { .. }
            | ShortRow { .. }
            | MissingCells { .. }
            | WideRow { .. }
            | SwallowedCells { .. }
            | TextAfterQuote { .. }
            | HiddenRows { .. }
            | LineBreak { .. }
            | Nul { .. }
            | CutOff { .. }
            | Cell { .. } => true,
            Io(_)
            | Encoding { .. }
            | Packed(_)
            | NotText { .. }
            | Unmarked { .. }
            | LongRow { .. }
            | UnclosedQuote { .. }
            | NoHeader
            | NoStart { .. }
            | NotMapped { .. }
            | MissingColumns { .. }
            | ColumnTwice { .. }
            | RowBeforeHeader { .. }
            | RowInHeader { .. } => false,
        }
    }
}

impl BillFault {
    /// What came of reading; `line` is that of the row being read.
    pub(super) fn of_csv(error: csv::Error, line: u64) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::of_io(error, line),
            other => Self::Io(io::Error::other(format!("{other:?}"))),
        }
    }

    pub(super) fn of_io(error: io::Error, line: u64) -> Self {
        let inner = error.get_ref();
        if let Some(fault) = inner.and_then(|inner| inner.downcast_ref::<UnpackFault>()) {
            return match fault.clone() {
                UnpackFault::Packed(fault) => Self::Packed(fault),
                UnpackFault::NotText(what) => Self::NotText { what },
            };
        }
        match inner.and_then(|inner| inner.downcast_ref::<TextFault>()).copied() {
            Some(TextFault::Encoding { offset, encoding }) => Self::Encoding { offset, encoding },
            Some(TextFault::LongRow) => Self::LongRow { line },
            Some(TextFault::Unmarked(encoding)) => Self::Unmarked { encoding },
            None => Self::Io(error),
        }
    }
}

impl std::error::Error for BillError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.fault {
            BillFault::Io(error) => Some(error),
            _ => None,
        }
    }
}

/// At most 24 characters, and of a run of more than six digits the first three.
pub(super) fn shorten(cell: &[u8]) -> String {
    const LONGEST: usize = 24;
    let text = String::from_utf8_lossy(cell.get(..400).unwrap_or(cell));
    let mut short = String::new();
    let mut rest = &*text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let taken = if digits > 0 { digits } else { first.len_utf8() };
        match digits {
            7.. => short.extend(rest[..3].chars().chain(['…'])),
            1.. => short.push_str(&rest[..digits]),
            0 => short.extend(first.escape_debug()),
        }
        rest = &rest[taken..];
        if short.chars().count() > LONGEST {
            return short.chars().take(LONGEST).chain(['…']).collect();
        }
    }
    short
}
