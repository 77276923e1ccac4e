//! How a file is written: its encoding, its amounts, and where in it the rows are.

use std::collections::BTreeMap;

use super::check;
use super::yaml::{self, Faults, FromYaml, Map, Node};

/// A list of words that mean the same.
pub type Words = Vec<String>;

keys! {
    /// How the cells of a file are written.
    #[derive(Copy)]
    Format {
        /// The encoding of the file.
        encoding: Encoding,
        /// The unit of its amounts.
        unit: AmountUnit,
        /// Whether amounts may be written as `1,234.56`.
        thousands_separators: Separators,
        /// What is between cells; a comma if left out.
        delimiter: Delimiter [optional],
        /// What becomes of decimals beyond whole fen; refused if left out. Zeros are always fine.
        excess_decimals: ExcessDecimals [optional],
        /// How amounts that go out are written; without a sign if left out.
        outward: Outward [optional],
    }
}

choices! {
    /// How characters are written in bytes.
    ///
    /// A byte order mark, of UTF-8 or UTF-16, takes precedence.
    Encoding {
        /// UTF-8.
        Utf8 = "utf-8",
        /// GBK, and GB 18030, which contains it.
        Gbk = "gbk",
        /// UTF-8, with a hint when that is wrong. Nothing is guessed.
        Auto = "auto",
        /// UTF-16, the lower byte first.
        Utf16Le = "utf-16le",
        /// UTF-16, the higher byte first.
        Utf16Be = "utf-16be",
    }
}

choices! {
    /// The unit of the amounts of a file.
    AmountUnit {
        /// Whole fen.
        Fen = "fen",
        /// Yuan, with at most two decimals.
        Yuan = "yuan",
    }
}

choices! {
    /// Whether amounts have thousands separators.
    Separators {
        /// `1,234.56` is refused.
        Refused = "refused",
        /// `1,234.56` is read; `12,34.56` is refused all the same.
        Allowed = "allowed",
    }
}

choices! {
    /// What is between cells.
    #[derive(Default)]
    Delimiter {
        /// `,`
        #[default]
        Comma = "comma",
        /// A tab.
        Tab = "tab",
        /// `;`
        Semicolon = "semicolon",
        /// `|`
        Pipe = "pipe",
    }
}

choices! {
    /// What becomes of decimals beyond the two of yuan. `0.23000` is 0.23 either way.
    #[derive(Default)]
    ExcessDecimals {
        /// `0.235` is refused.
        #[default]
        Refused = "refused",
        /// `0.235` is 0.24: half a fen is rounded away from zero.
        Rounded = "rounded",
    }
}

choices! {
    /// How the amounts of refunds, returns, withdrawals and outward movements are written.
    #[derive(Default)]
    Outward {
        /// `5.00`: another column, or the kind of file, says that it goes out. A minus sign is refused.
        #[default]
        Unsigned = "unsigned",
        /// `-5.00`, beside the word or in the column that says that it goes out. An amount without a minus sign is refused.
        Negative = "negative",
    }
}

choices! {
    /// How the rows of an account are sorted, which the chain of its balances depends on.
    RowOrder {
        /// The first row is the oldest.
        OldestFirst = "oldest_first",
        /// The first row is the newest.
        NewestFirst = "newest_first",
    }
}

keys! {
    /// Where in a file the rows are.
    ///
    /// The header is the first line that has all columns of the mapping. Lines before it are passed over, unless they have
    /// about as many cells as the header and may be rows, and so are lines that repeat it.
    #[derive(Default)]
    Layout {
        /// Lines that begin with this character are passed over, wherever they are, but for what may be a row that begins with
        /// `#N/A` or the like. It is not a letter, digit, sign, quotation mark or delimiter.
        comment: Option<char> [optional],
        /// The header is after the first line whose first filled cell begins with this.
        starts_after: Option<String> [optional],
        /// The rows end before the first line whose first filled cell begins with one of these. What follows is passed over,
        /// but must not be rows of this kind, unless there is a `starts_after`, or they are under another header; where the
        /// header is repeated, more rows follow.
        ends_at: Words [optional],
        /// Rows that have one of these words in the column of this header are passed over.
        skip: BTreeMap<String, Words> [optional],
        /// Whether rows, but not the header, end with a delimiter.
        trailing_delimiter: TrailingDelimiter [optional],
        /// Whether rows may have fewer cells than the header.
        missing_cells: MissingCells [optional],
        /// Whether the last line of the file needs a line end.
        final_line_end: FinalLineEnd [optional],
        /// In a zip archive of several files, how the name of the right one ends.
        entry: Option<String> [optional],
    } check check::layout
}

choices! {
    /// Whether rows, but not the header, end with a delimiter.
    #[derive(Default)]
    TrailingDelimiter {
        /// Rows have no more cells than the header.
        #[default]
        Absent = "absent",
        /// Rows have an empty cell more than the header.
        Present = "present",
    }
}

choices! {
    /// Whether rows may have fewer cells than the header, as of programs that leave out empty cells at the end of a row.
    #[derive(Default)]
    MissingCells {
        /// Such a row is refused.
        #[default]
        Refused = "refused",
        /// The cells of columns that the mapping does not name may be left out. Beside an amount of up to three digits
        /// without decimals there may be no cell of three digits then, with or without decimals: a thousands separator may
        /// have split one amount in two, and the row has no cell too many that would show it.
        Empty = "empty",
    }
}

choices! {
    /// Whether the last line of a file needs a line end.
    #[derive(Default)]
    FinalLineEnd {
        /// Without it, the row is refused if its last cell is one that is read: it may have been cut off.
        #[default]
        Required = "required",
        /// The row is read.
        Optional = "optional",
    }
}

impl Delimiter {
    pub(crate) const ALL: [Self; 4] = [Self::Comma, Self::Tab, Self::Semicolon, Self::Pipe];

    /// The name in a mapping.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Tab => "tab",
            Self::Semicolon => "semicolon",
            Self::Pipe => "pipe",
        }
    }

    pub(crate) const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::Semicolon => b';',
            Self::Pipe => b'|',
        }
    }
}
