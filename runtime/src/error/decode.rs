//! The response is not what the documents say.

use std::borrow::Cow;
use std::fmt;

use http::StatusCode;

use super::Attempts;

/// A response that could not be read, whole, with the place at fault.
#[non_exhaustive]
pub struct DecodeError {
    /// Name of the endpoint.
    pub endpoint: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// The id under which the platform finds the call in its log, if that much could be read.
    pub log_id: Option<String>,
    /// The value at fault, as `data[3].settle_amount`; empty if it is the whole body.
    pub path: String,
    pub fault: DecodeFault,
    /// The tries before this one.
    pub attempts: Attempts,
    /// The whole body, as it came. It may hold what is nobody else's business, so `Debug` gives its length only.
    pub body: Vec<u8>,
}

/// What is wrong with a response.
#[derive(Debug)]
#[non_exhaustive]
pub enum DecodeFault {
    /// There is no body.
    Empty,
    /// Not JSON, cut off, or a value of another type.
    Json {
        /// What is wrong, as `invalid type: integer `17`, expected a string`; cut short, for the value can be as long
        /// as the body.
        message: String,
        /// From 1.
        line: usize,
        /// From 1, in bytes; where the reader gave up, which is the end of a value of another type.
        column: usize,
    },
    /// JSON without the code that tells success from failure.
    NoCode {
        /// Where the code should be, as `err_no` or `data.error_code`.
        key: String,
    },
    /// A success without data, where data is documented.
    NoData {
        /// The data's key, as `data`.
        key: &'static str,
    },
    /// A body that says success under an HTTP status that says failure.
    Status,
    /// A redirect, which is not followed, because the token would be sent on.
    Redirect {
        /// Where to, without the query.
        to: String,
    },
}

impl DecodeError {
    /// The body as text.
    pub fn body_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: HTTP {}", self.endpoint, self.status.as_u16())?;
        if let Some(log_id) = &self.log_id {
            write!(f, ", log_id {log_id}")?;
        }
        f.write_str(": ")?;
        self.fmt_fault(f)?;
        write!(
            f,
            "; the request may have taken effect, so ask for its result before sending it again{}",
            self.attempts
        )
    }
}

impl DecodeError {
    fn fmt_fault(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fault {
            DecodeFault::Empty => f.write_str("the body is empty"),
            DecodeFault::Json { message, line, column } => {
                let what =
                    if self.path.is_empty() { "not the documented JSON" } else { &self.path };
                write!(f, "{what}: {message} at line {line}, column {column}")?;
                if self.path.is_empty() { write!(f, ": {}", Excerpt(&self.body)) } else { Ok(()) }
            }
            DecodeFault::NoCode { key } => write!(f, "`{key}` is missing: {}", Excerpt(&self.body)),
            DecodeFault::NoData { key } => write!(f, "`{key}` is missing from a success"),
            DecodeFault::Status => f.write_str("the body says success, the status says failure"),
            DecodeFault::Redirect { to } => {
                write!(
                    f,
                    "a redirect to `{to}`, not followed because the token would be sent on; check the base URL"
                )
            }
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("endpoint", &self.endpoint)
            .field("status", &self.status)
            .field("log_id", &self.log_id)
            .field("path", &self.path)
            .field("fault", &self.fault)
            .field("attempts", &self.attempts)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl std::error::Error for DecodeError {}

/// How much of what came is shown, in bytes.
const SHOWN: usize = 200;

/// A message without most of the value that it shows.
pub(crate) fn cut(mut message: String) -> String {
    let shown = message.floor_char_boundary(SHOWN);
    if shown < message.len() {
        message.truncate(shown);
        message.push('…');
    }
    message
}

/// The start of a page of a proxy; of a JSON body, which may hold a secret, its length only.
struct Excerpt<'a>(&'a [u8]);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = String::from_utf8_lossy(&self.0[..self.0.len().min(SHOWN)]);
        if text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with(['{', '[', '"'])
        {
            return write!(f, "{} bytes, kept in `body`", self.0.len());
        }
        write!(f, "`{}`", text.split_whitespace().collect::<Vec<_>>().join(" "))?;
        if self.0.len() > SHOWN {
            write!(f, " (the first of {} bytes)", self.0.len())
        } else {
            Ok(())
        }
    }
}
