//! The platform refuses.

use std::fmt;

use http::StatusCode;

use super::Attempts;
use crate::error_code::{ErrorCase, ErrorCode, Retry};

/// What the platform answered instead of data.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ApiError<E> {
    /// The endpoint's own error; an undocumented code is kept in its `Unknown`.
    pub code: E,
    /// The platform's text, as it came.
    pub message: String,
    /// The id under which the platform finds the call in its log.
    pub log_id: Option<String>,
    /// The HTTP status, which may well be 200.
    pub status: StatusCode,
    /// An earlier request with the same idempotency key took effect: ask for its result, send no other. It may have been
    /// an earlier try of the same call, see `attempts`.
    pub duplicate: bool,
    /// The tries before this one.
    pub attempts: Attempts,
}

impl ApiError<i64> {
    pub(super) fn named<E: ErrorCode<Code = i64>>(self) -> ApiError<E> {
        let Self { code, message, log_id, status, duplicate, attempts } = self;
        ApiError { code: E::from_code(code), message, log_id, status, duplicate, attempts }
    }
}

impl<E: ErrorCode> ApiError<E> {
    /// What has happened, in plain words, if documented.
    pub fn meaning(&self) -> Option<&'static str> {
        self.case().and_then(|case| case.meaning).or_else(|| self.code.meaning())
    }

    /// What to do about it, if documented.
    pub fn advice(&self) -> Option<&'static str> {
        self.case().and_then(|case| case.advice).or_else(|| self.code.advice())
    }

    /// Whether sending again can help, if documented.
    pub fn retry(&self) -> Option<Retry> {
        self.code.retry()
    }

    /// The platform's text; where it gave none, the documented one.
    fn text(&self) -> Option<&str> {
        Some(self.message.as_str()).filter(|text| !text.is_empty()).or_else(|| self.code.message())
    }

    /// Which of several errors it is, where the platform uses one code for all of them and only the text tells.
    fn case(&self) -> Option<&'static ErrorCase> {
        self.code.case(&self.message)
    }
}

/// As `23117 order … settlement (HTTP 400, log_id 2023…). What to do.`
impl<E: ErrorCode<Code = i64>> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code.code())?;
        if let Some(message) = self.text() {
            write!(f, " {message}")?;
        }
        write!(f, " (HTTP {}", self.status.as_u16())?;
        if let Some(log_id) = &self.log_id {
            write!(f, ", log_id {log_id}")?;
        }
        f.write_str(")")?;
        match (self.advice().or_else(|| self.meaning()), &self.log_id) {
            (Some(advice), _) => write!(f, ": {advice}")?,
            (None, Some(_)) => {
                f.write_str(": not documented; ask the platform, giving it the log_id")?;
            }
            (None, None) => f.write_str(": not documented; ask the platform")?,
        }
        write!(f, "{}", self.attempts)
    }
}

impl<E: ErrorCode<Code = i64>> std::error::Error for ApiError<E> {}
