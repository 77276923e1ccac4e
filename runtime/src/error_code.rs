//! The codes by which the platform says what went wrong, and what the documents say of each.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use http::StatusCode;

use crate::code::{Code, RawCode};

/// The documented errors of an endpoint or a JS API, and a variant that keeps any other code.
///
/// The derive of the same name implements it.
pub trait ErrorCode: fmt::Debug + fmt::Display + Error + Send + Sync + Sized + 'static {
    /// `i64`; `Cow<'static, str>` where codes are text; or `(i64, i64)` where there are two.
    type Code: WireCode;

    /// What the documents say, a row for each code, in their order.
    const ROWS: &'static [ErrorRow];

    /// The error of a code; never fails, as an undocumented code is kept. Of several errors of one code, the first.
    fn from_code(code: Self::Code) -> Self;

    /// The error of a code in a response of this HTTP status. Where documents list a code under several statuses, each with an
    /// error of its own, the status decides; under any other, the error is not documented.
    fn from_response(code: Self::Code, status: u16) -> Self {
        let _ = status;
        Self::from_code(code)
    }

    /// The place of the error's row, or the code itself if the documents have none. For derived code.
    #[doc(hidden)]
    fn place(&self) -> Result<usize, Self::Code>;

    /// The code on the wire.
    fn code(&self) -> Self::Code {
        match self.place() {
            Ok(place) => Self::Code::of(&Self::ROWS[place]),
            Err(code) => code,
        }
    }

    /// What the documents say of this error; `None` for an undocumented code.
    fn row(&self) -> Option<&'static ErrorRow> {
        self.place().ok().map(|place| &Self::ROWS[place])
    }

    /// The platform's own text, as documented; what a response carries may differ.
    fn message(&self) -> Option<&'static str> {
        self.row()?.message
    }

    /// What has gone wrong.
    fn meaning(&self) -> Option<&'static str> {
        self.row()?.meaning
    }

    /// What to do about it.
    fn advice(&self) -> Option<&'static str> {
        self.row()?.advice
    }

    /// Whether sending again can help; `None` if the documents do not say.
    fn retry(&self) -> Option<Retry> {
        self.row()?.retry
    }

    /// Which of several errors of this code `message` describes: the one whose documented text it begins with, since
    /// the platform adds details behind; of several, the longest.
    fn case(&self, message: &str) -> Option<&'static ErrorCase> {
        let cases =
            self.row()?.cases.iter().filter(|case| message.trim().starts_with(case.message));
        cases.max_by_key(|case| case.message.len())
    }
}

/// What the documents say of one error. A cell that they leave empty is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorRow {
    /// The code; of a pair, the first.
    pub code: Code,
    /// The second of a pair.
    pub no: Option<i64>,
    /// HTTP status that the response has.
    pub http: Option<u16>,
    /// The platform's own text.
    pub message: Option<&'static str>,
    /// What has gone wrong.
    pub meaning: Option<&'static str>,
    /// What to do about it.
    pub advice: Option<&'static str>,
    /// Whether sending again can help.
    pub retry: Option<Retry>,
    /// The errors that share the code and differ by their text.
    pub cases: &'static [ErrorCase],
}

/// In derived code. An empty text is an empty cell: a call of few words is less to compile than as many fields.
#[doc(hidden)]
impl ErrorRow {
    pub const fn int(
        code: i64,
        message: &'static str,
        meaning: &'static str,
        advice: &'static str,
    ) -> Self {
        ErrorRow::new(Code::Int(code), message, meaning, advice)
    }

    pub const fn text(
        code: &'static str,
        message: &'static str,
        meaning: &'static str,
        advice: &'static str,
    ) -> Self {
        ErrorRow::new(Code::Text(code), message, meaning, advice)
    }

    const fn new(
        code: Code,
        message: &'static str,
        meaning: &'static str,
        advice: &'static str,
    ) -> Self {
        ErrorRow {
            code,
            no: None,
            http: None,
            message: cell(message),
            meaning: cell(meaning),
            advice: cell(advice),
            retry: None,
            cases: &[],
        }
    }

    pub const fn no(self, no: i64) -> Self {
        ErrorRow { no: Some(no), ..self }
    }

    pub const fn http(self, status: u16) -> Self {
        ErrorRow { http: Some(status), ..self }
    }

    pub const fn never(self) -> Self {
        ErrorRow { retry: Some(Retry::Never), ..self }
    }

    pub const fn same(self) -> Self {
        ErrorRow { retry: Some(Retry::Same), ..self }
    }

    pub const fn changed(self) -> Self {
        ErrorRow { retry: Some(Retry::Changed), ..self }
    }

    pub const fn cases(self, cases: &'static [ErrorCase]) -> Self {
        ErrorRow { cases, ..self }
    }
}

const fn cell(text: &'static str) -> Option<&'static str> {
    if text.is_empty() { None } else { Some(text) }
}

/// The row of a code in a response of this HTTP status: see [`ErrorCode::from_response`].
#[cfg(feature = "client")]
pub(crate) fn row_of(
    rows: &'static [ErrorRow],
    code: &RawCode,
    status: StatusCode,
) -> Option<&'static ErrorRow> {
    let of_code = || rows.iter().filter(|row| *code == row.code);
    match of_code().nth(1) {
        None => of_code().next(),
        Some(_) => of_code().find(|row| row.http == Some(status.as_u16())),
    }
}

/// One of several errors that share a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorCase {
    /// The platform's own text, by which the case is known.
    pub message: &'static str,
    /// What has gone wrong.
    pub meaning: Option<&'static str>,
    /// What to do about it.
    pub advice: Option<&'static str>,
}

/// Whether sending again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// It cannot.
    Never,
    /// The same request can succeed later.
    Same,
    /// Only after something has been changed.
    Changed,
}

/// What tells one error from another on the wire. Implemented for `i64`, a pair of them, and text.
pub trait WireCode: Clone + fmt::Debug + PartialEq + sealed::Sealed + 'static {
    /// The code of a row.
    #[doc(hidden)]
    fn of(row: &ErrorRow) -> Self;

    /// Whether the code is this very text.
    #[doc(hidden)]
    fn is_text(&self, _: &str) -> bool {
        false
    }

    /// Writes the code for people: `23117`, `-15002/20000`.
    #[doc(hidden)]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// What tells one error of an endpoint from another. Implemented for `i64` and text.
pub trait ResponseCode: WireCode {
    /// The code of a response; its HTTP status, if a number is documented and none came.
    #[doc(hidden)]
    fn from_raw(code: RawCode, status: StatusCode) -> Self;
}

impl ResponseCode for i64 {
    fn from_raw(code: RawCode, status: StatusCode) -> Self {
        code.as_int().unwrap_or_else(|| status.as_u16().into())
    }
}

impl ResponseCode for Cow<'static, str> {
    fn from_raw(code: RawCode, _: StatusCode) -> Self {
        Cow::Owned(code.into_text().into_string())
    }
}

impl WireCode for Cow<'static, str> {
    fn of(row: &ErrorRow) -> Self {
        match row.code {
            Code::Text(code) => Cow::Borrowed(code),
            Code::Int(code) => Cow::Owned(code.to_string()),
        }
    }

    fn is_text(&self, text: &str) -> bool {
        **self == *text
    }

    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl WireCode for i64 {
    fn of(row: &ErrorRow) -> Self {
        match row.code {
            Code::Int(code) => code,
            Code::Text(code) => unreachable!("`{code}` in a table of numbers"),
        }
    }

    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl WireCode for (i64, i64) {
    fn of(row: &ErrorRow) -> Self {
        (i64::of(row), row.no.unwrap_or_default())
    }

    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0, self.1)
    }
}

mod sealed {
    use std::borrow::Cow;

    pub trait Sealed {}
    impl Sealed for i64 {}
    impl Sealed for Cow<'static, str> {}
    impl Sealed for (i64, i64) {}
}

/// The error of an endpoint that documents none: the code alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UndocumentedError(pub i64);

impl ErrorCode for UndocumentedError {
    type Code = i64;
    const ROWS: &'static [ErrorRow] = &[];

    fn from_code(code: i64) -> Self {
        Self(code)
    }

    fn place(&self) -> Result<usize, i64> {
        Err(self.0)
    }
}

impl fmt::Display for UndocumentedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_error(self, f)
    }
}

impl Error for UndocumentedError {}

/// The error of an endpoint that documents none, where codes are text: the code alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndocumentedText(pub String);

impl ErrorCode for UndocumentedText {
    type Code = Cow<'static, str>;
    const ROWS: &'static [ErrorRow] = &[];

    fn from_code(code: Cow<'static, str>) -> Self {
        Self(code.into_owned())
    }

    fn place(&self) -> Result<usize, Cow<'static, str>> {
        Err(Cow::Owned(self.0.clone()))
    }
}

impl fmt::Display for UndocumentedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_error(self, f)
    }
}

impl Error for UndocumentedText {}

/// The error of a JS API that documents none: both codes alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UndocumentedPair(pub i64, pub i64);

impl ErrorCode for UndocumentedPair {
    type Code = (i64, i64);
    const ROWS: &'static [ErrorRow] = &[];

    fn from_code(code: (i64, i64)) -> Self {
        Self(code.0, code.1)
    }

    fn place(&self) -> Result<usize, (i64, i64)> {
        Err((self.0, self.1))
    }
}

impl fmt::Display for UndocumentedPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_error(self, f)
    }
}

impl Error for UndocumentedPair {}

/// Writes an error for people: code, message, meaning and advice, as far as documented.
#[doc(hidden)]
pub fn fmt_error<E: ErrorCode>(error: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    error.code().fmt(f)?;
    match error.row() {
        Some(row) => fmt_row(row, f),
        None => f.write_str(" (not documented)"),
    }
}

fn fmt_row(row: &ErrorRow, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match (row.message, row.meaning) {
        (Some(message), Some(meaning)) => write!(f, " {message}: {meaning}")?,
        (Some(text), None) | (None, Some(text)) => write!(f, " {text}")?,
        (None, None) => {}
    }
    row.advice.map_or(Ok(()), |advice| write!(f, "; {advice}"))
}

#[doc(hidden)]
impl ErrorCase {
    pub const fn new(message: &'static str, meaning: &'static str, advice: &'static str) -> Self {
        ErrorCase { message, meaning: cell(meaning), advice: cell(advice) }
    }
}
