//! Codes by which a platform says what has become of a request.

use std::fmt;

use crate::json::int;

/// A documented code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// As `23117`; or an HTTP status.
    Int(i64),
    /// As `PARAM_ERROR`.
    Text(&'static str),
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(code) => code.fmt(f),
            Self::Text(code) => f.write_str(code),
        }
    }
}

/// A code as it came.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RawCode {
    Int(i64),
    Text(Box<str>),
}

impl From<i64> for RawCode {
    fn from(code: i64) -> Self {
        Self::Int(code)
    }
}

impl From<&str> for RawCode {
    fn from(code: &str) -> Self {
        Self::Text(code.into())
    }
}

impl RawCode {
    /// The number that it is, be it as text.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(code) => Some(*code),
            Self::Text(text) => int(text),
        }
    }

    /// The code as text.
    pub fn into_text(self) -> Box<str> {
        match self {
            Self::Int(code) => code.to_string().into(),
            Self::Text(text) => text,
        }
    }
}

/// Whether it is the documented code: a number may come as text, and the other way round.
impl PartialEq<Code> for RawCode {
    fn eq(&self, other: &Code) -> bool {
        match (self, other) {
            (Self::Int(code), Code::Int(other)) => code == other,
            (Self::Text(code), Code::Text(other)) => **code == **other,
            (Self::Text(_), Code::Int(other)) => self.as_int() == Some(*other),
            (Self::Int(code), Code::Text(other)) => other.parse() == Ok(*code),
        }
    }
}

impl fmt::Display for RawCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(code) => code.fmt(f),
            Self::Text(code) => f.write_str(code),
        }
    }
}
