//! What is wrong with a file of bills, and where.

use std::fmt;
use std::io;
use std::sync::Arc;

use super::mapping::{Encoding, Unit};
use super::text::TextFault;

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
    /// A row of more than a megabyte: most likely a quotation mark that is never closed. Ends the reading.
    LongRow {
        /// The line it begins on.
        line: u64,
    },
    /// There is no header. Ends the reading.
    NoHeader,
    /// The mapping has no section for this kind of file.
    NotMapped {
        /// The section.
        section: &'static str,
    },
    /// Columns that the mapping names and the file does not have, all of them. Ends the reading.
    MissingColumns(Vec<MissingColumn>),
    /// A column that the mapping names, twice. Ends the reading.
    ColumnTwice {
        /// Its header.
        header: String,
        /// Which columns have it, counted from 1.
        columns: (usize, usize),
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
    /// A row with more cells than the header.
    WideRow {
        /// Its line.
        line: u64,
        /// How many cells it has.
        cells: usize,
        /// How many the header has.
        header: usize,
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
    /// It is no amount in this unit.
    Amount(Unit),
    /// It is an amount in yuan with more than two decimals.
    Decimals,
    /// It is an amount less than zero.
    Negative,
    /// It is an amount that 64 bits cannot hold in fen.
    TooLarge,
    /// It has thousands separators, which the mapping refuses.
    Separator,
    /// It has thousands separators at the wrong places.
    Groups,
    /// It is no time.
    Time,
    /// It is no day.
    Date,
    /// It is a number that a spreadsheet has rounded, `7.29E+18`.
    Rounded,
    /// It is none of the mapping's words, and must be.
    Word,
}

impl BillError {
    pub(super) fn new(file: &Arc<str>, fault: BillFault) -> Self {
        Self { file: Arc::clone(file), fault }
    }

    /// What came of reading; `line` is that of the row being read.
    pub(super) fn of_csv(file: &Arc<str>, error: csv::Error, line: u64) -> Self {
        let fault = match error.into_kind() {
            csv::ErrorKind::Io(error) => BillFault::of_io(error, line),
            other => BillFault::Io(io::Error::other(format!("{other:?}"))),
        };
        Self::new(file, fault)
    }

    /// The line of the row at fault, if it is a row.
    pub fn line(&self) -> Option<u64> {
        match &self.fault {
            BillFault::LongRow { line }
            | BillFault::ShortRow { line, .. }
            | BillFault::WideRow { line, .. }
            | BillFault::Cell { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// Whether only one row is at fault, and the next can be read.
    pub fn is_one_row(&self) -> bool {
        use BillFault::{Cell, ShortRow, WideRow};
        matches!(self.fault, ShortRow { .. } | WideRow { .. } | Cell { .. })
    }
}

impl BillFault {
    pub(super) fn of_io(error: io::Error, line: u64) -> Self {
        let fault = error.get_ref().and_then(|inner| inner.downcast_ref::<TextFault>()).copied();
        match fault {
            Some(TextFault::Encoding { offset, encoding }) => Self::Encoding { offset, encoding },
            Some(TextFault::LongRow) => Self::LongRow { line },
            None => Self::Io(error),
        }
    }
}

impl fmt::Display for BillError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line() {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.fault)
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

impl fmt::Display for BillFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Encoding { offset, encoding } => write_encoding(f, *offset, *encoding),
            Self::LongRow { .. } => {
                f.write_str("a row of more than 1 MiB; a quotation mark may never be closed")
            }
            Self::NoHeader => f.write_str("the file has no header"),
            Self::NotMapped { section } => write!(f, "the mapping has no section `{section}`"),
            Self::MissingColumns(columns) => write_missing(f, columns),
            Self::ColumnTwice { header, columns: (first, second) } => {
                write!(f, "columns {first} and {second} both have the header `{header}`")
            }
            Self::ShortRow { cells, needed, .. } => {
                write!(f, "the row has {cells} cells, and needs {needed}")
            }
            Self::WideRow { cells, header, .. } => write!(
                f,
                "the row has {cells} cells, and the header {header}; an amount may have a comma and no quotation marks"
            ),
            Self::Cell { column, text, fault, .. } => {
                write!(f, "column `{column}`: ")?;
                if *fault == CellFault::Empty {
                    return write!(f, "{fault}");
                }
                write!(f, "`{text}` {fault}")
            }
        }
    }
}

fn write_encoding(f: &mut fmt::Formatter<'_>, offset: u64, encoding: Encoding) -> fmt::Result {
    match encoding {
        Encoding::Gbk => write!(f, "byte {offset} is no GBK; the mapping says `encoding: gbk`"),
        Encoding::Utf8 => {
            write!(f, "byte {offset} is no UTF-8; the mapping says `encoding: utf-8`")
        }
        Encoding::Auto => {
            write!(f, "byte {offset} is no UTF-8; if the file is in GBK, say `encoding: gbk`")
        }
    }
}

fn write_missing(f: &mut fmt::Formatter<'_>, columns: &[MissingColumn]) -> fmt::Result {
    f.write_str("no column ")?;
    for (index, MissingColumn { field, header, nearest }) in columns.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        write!(f, "{separator}`{header}` ({field}")?;
        if let Some(nearest) = nearest {
            write!(f, "; there is `{nearest}`")?;
        }
        f.write_str(")")?;
    }
    Ok(())
}

impl fmt::Display for CellFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the cell is empty",
            Self::Amount(Unit::Fen) => "is no whole number",
            Self::Amount(Unit::Yuan) => "is no amount in yuan",
            Self::Decimals => "has more than two decimals",
            Self::Negative => "is less than zero",
            Self::TooLarge => "is more than 64 bits hold",
            Self::Separator => {
                "has thousands separators; if they are right, say `thousands_separators: allowed`"
            }
            Self::Groups => "has thousands separators at the wrong places",
            Self::Time => "is no time; write `2026-03-31 23:45:00`",
            Self::Date => "is no day; write `2026-03-31`",
            Self::Rounded => "was rounded by a spreadsheet; its digits are lost, export it as text",
            Self::Word => "is a word that the mapping does not have",
        })
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
