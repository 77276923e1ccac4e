//! What is wrong with a file of bills, in words, with what to do about it.

use std::fmt::{self, Display, Formatter};

use super::{BillError, BillFault, CellFault, MissingColumn, shorten};
use crate::mapping::{AmountUnit, Delimiter, Encoding};
use crate::unpack::PackFault;

impl Display for BillError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line() {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.fault)
    }
}

impl Display for BillFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Encoding { offset, encoding } => write_encoding(f, *offset, *encoding),
            Self::Packed(fault) => write!(f, "{fault}"),
            Self::NotText { what } => write!(f, "the file is {what}"),
            Self::Unmarked { encoding } => write_unmarked(f, *encoding),
            Self::LongRow { .. } => f.write_str(LONG_ROW),
            Self::UnclosedQuote { .. } => f.write_str(UNCLOSED_QUOTE),
            Self::NoHeader => f.write_str("the file has no header"),
            Self::NoStart { marker } => {
                write!(f, "no line begins with `{marker}`, which the header follows")
            }
            Self::NotMapped { section } => write!(f, "the mapping has no section `{section}`"),
            Self::MissingColumns { header, columns, delimiter, .. } => {
                write_missing(f, columns, header, *delimiter)
            }
            Self::ColumnTwice { header, columns: (first, second), .. } => {
                write!(f, "columns {first} and {second} both have the header `{header}`")
            }
            Self::RowBeforeHeader { header, .. } => write_row_before(f, *header),
            Self::RowInHeader { .. } => f.write_str(ROW_IN_HEADER),
            Self::RowAfterEnd { .. } => f.write_str(ROW_AFTER_END),
            Self::ShortRow { cells, needed, .. } => {
                write!(f, "the row has {cells} cells, and needs {needed}")
            }
            Self::MissingCells { cells, header, .. } => {
                write_cells(f, *cells, *header, MISSING_CELLS)
            }
            Self::WideRow { cells, header, .. } => write_cells(f, *cells, *header, WIDE_ROW),
            Self::SwallowedCells { cells, header, .. } => write_swallowed(f, *cells, *header),
            Self::TextAfterQuote { .. } => f.write_str(TEXT_AFTER_QUOTE),
            Self::HiddenRows { last, .. } => write_hidden(f, *last),
            Self::LineBreak { .. } => f.write_str(LINE_BREAK),
            Self::Nul { .. } => {
                f.write_str("there is a NUL byte in the line; the file may be damaged")
            }
            Self::CutOff { .. } => f.write_str(CUT_OFF),
            Self::Cell { column, text, fault, .. } => write_cell(f, column, text, *fault),
        }
    }
}

const LONG_ROW: &str = "a row of more than 1 MiB; a quotation mark may never be closed";
const UNCLOSED_QUOTE: &str = "the file ends inside quotation marks that are opened in this row";
const ROW_IN_HEADER: &str = "a cell of the header is a time; there may be a row in the same line";
const ROW_AFTER_END: &str = "this is a row, but the mapping says that the rows have ended";
const MISSING_CELLS: &str =
    "if empty cells at the end of rows are left out, say `missing_cells: empty`";
const WIDE_ROW: &str = "an amount may have a comma and no quotation marks";
const TEXT_AFTER_QUOTE: &str = "a cell has text behind its closing quotation mark; a quotation mark inside a cell is written twice";
const LINE_BREAK: &str = "there is a carriage return or another line break inside the line; save the file with CRLF or LF at \
                          the end of lines";
const CUT_OFF: &str = "the file ends without a line end, so its last cell may be cut off; if it is whole, say \
                       `final_line_end: optional`";

fn write_encoding(f: &mut Formatter<'_>, offset: u64, encoding: Encoding) -> fmt::Result {
    match encoding {
        Encoding::Gbk => write!(f, "byte {offset} is not GBK; the mapping says `encoding: gbk`"),
        Encoding::Utf8 => {
            write!(f, "byte {offset} is not UTF-8, which the mapping or a byte order mark says")
        }
        Encoding::Utf16Le | Encoding::Utf16Be => write!(f, "byte {offset} is no UTF-16"),
        Encoding::Auto => {
            write!(f, "byte {offset} is not UTF-8; if the file is in GBK, say `encoding: gbk`")
        }
    }
}

fn write_unmarked(f: &mut Formatter<'_>, encoding: Encoding) -> fmt::Result {
    let encoding = if encoding == Encoding::Utf16Le { "utf-16le" } else { "utf-16be" };
    write!(f, "the file is UTF-16 without byte order mark; say `encoding: {encoding}`")
}

fn write_missing(
    f: &mut Formatter<'_>,
    columns: &[MissingColumn],
    header: &str,
    delimiter: Option<Delimiter>,
) -> fmt::Result {
    f.write_str("no column ")?;
    for (index, MissingColumn { field, header, nearest }) in columns.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        write!(f, "{separator}`{header}` ({field}")?;
        if let Some(nearest) = nearest {
            write!(f, "; there is `{}`", shorten(nearest.as_bytes()))?;
        }
        f.write_str(")")?;
    }
    write!(f, " in what was taken for the header: `{header}`")?;
    match delimiter {
        Some(delimiter) => write!(f, "; say `delimiter: {}`", delimiter.name()),
        None => Ok(()),
    }
}

fn write_row_before(f: &mut Formatter<'_>, header: u64) -> fmt::Result {
    write!(
        f,
        "this may be a row, but the header is on line {header}; if it is not, say which line the header follows by \
         `starts_after`"
    )
}

fn write_cells(f: &mut Formatter<'_>, cells: usize, header: usize, advice: &str) -> fmt::Result {
    write!(f, "the row has {cells} cells, and the header {header}; {advice}")
}

fn write_swallowed(f: &mut Formatter<'_>, cells: usize, header: usize) -> fmt::Result {
    write!(
        f,
        "the row has {cells} cells, the header {header}, and one of them has a delimiter inside; a quotation mark may be \
         too many"
    )
}

fn write_hidden(f: &mut Formatter<'_>, last: u64) -> fmt::Result {
    write!(
        f,
        "a quoted cell goes on until line {last} and may have rows inside; a quotation mark may be too many"
    )
}

fn write_cell(f: &mut Formatter<'_>, column: &str, text: &str, fault: CellFault) -> fmt::Result {
    write!(f, "column `{column}`: ")?;
    if matches!(fault, CellFault::Empty | CellFault::BothWays) {
        return write!(f, "{fault}");
    }
    write!(f, "`{text}` {fault}")
}

impl Display for PackFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entries(names) => {
                write!(f, "the zip archive has {} files", names.len())?;
                for (index, name) in names.iter().take(5).enumerate() {
                    let separator = if index == 0 { ": " } else { ", " };
                    write!(f, "{separator}`{}`", name.escape_debug())?;
                }
                f.write_str("; say by `entry` how the name of the right one ends")
            }
            Self::Encrypted => f.write_str("the zip archive is encrypted; unpack it first"),
            Self::Method => {
                f.write_str("the zip archive is not packed by deflate; unpack it first")
            }
            Self::TooLarge => f.write_str("the zip archive has more than 256 MiB; unpack it first"),
            Self::TooDense => f.write_str("the file expands to more than 250 times its size"),
            Self::Damaged(what) => {
                write!(f, "the packed file is damaged or cut off: {what}")
            }
        }
    }
}

impl Display for CellFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the cell is empty",
            Self::Amount(AmountUnit::Fen) => "is no whole number",
            Self::Amount(AmountUnit::Yuan) => "is no amount in yuan",
            Self::Decimals => {
                "has more than two decimals; if they are to be rounded, say `excess_decimals: rounded`"
            }
            Self::Negative => {
                "is less than zero; if what goes out has a minus sign, say `outward: negative`"
            }
            Self::Positive => "is not less than zero, though the mapping says `outward: negative`",
            Self::BothWays => "there is income and expense in one row",
            Self::TooLarge => "is more than 64 bits hold",
            Self::Separator => {
                "has thousands separators; if they are right, say `thousands_separators: allowed`"
            }
            Self::Groups => "has thousands separators at the wrong places",
            Self::Split => {
                "and the next cell may be one amount with a thousands separator and no quotation marks; export it without \
                 separators, and with two decimals"
            }
            Self::Time => "is no time; write `2026-03-31 23:45:00`",
            Self::Date => "is no day; write `2026-03-31`",
            Self::Rounded => "was rounded by a spreadsheet; its digits are lost, export it as text",
            Self::Spreadsheet => {
                "is what a spreadsheet shows instead of a value; widen the column or mend the formula, and export again"
            }
            Self::Word => "is a word that the mapping does not have",
        })
    }
}
