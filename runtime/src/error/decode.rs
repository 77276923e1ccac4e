//! The response is not what the documents say.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::Attempts;
use super::effect::{fmt_effect, is_elsewhere, is_turned_away};
use super::server_text::{NAME, OneLine, SHOWN};
#[cfg(feature = "signature")]
use crate::signature::Unverified;

/// A response that could not be read, whole, with the place at fault.
#[non_exhaustive]
pub struct DecodeError {
    /// Name of the endpoint.
    pub endpoint: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// The id under which the platform finds the call in its log, if that much could be read.
    pub log_id: Option<String>,
    /// The value at fault, as `data[3].amount`; empty if it is the whole body.
    pub path: String,
    pub fault: DecodeFault,
    /// The attempts before this one.
    pub attempts: Attempts,
    /// The headers of the response.
    pub headers: HeaderMap,
    /// The whole body, as it came. It may hold what is nobody else's business, so `Debug` gives its length only.
    pub body: Bytes,
    /// What a person needs to see of a body that is not the platform's.
    pub(crate) excerpt: String,
    /// It says success in the form of the envelope, so that the platform wrote it.
    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "only the client sends again"))]
    pub(crate) says_success: bool,
    /// The body ends inside a value.
    #[cfg_attr(
        not(feature = "client"),
        expect(dead_code, reason = "only the client knows lengths")
    )]
    pub(crate) is_cut_off: bool,
}

/// What is wrong with a response.
#[derive(Debug)]
#[non_exhaustive]
pub enum DecodeFault {
    /// There is no body, under a status that says success.
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
    /// JSON without the code, or the boolean, that tells success from failure.
    NoCode {
        /// Where it should be, as `code`, `data.error_code` or `ok`.
        key: &'static str,
    },
    /// JSON that says two things at once: a boolean and a code of which one means success and the other does not. Whether the
    /// request took effect is open, and another attempt would not tell.
    Contradiction {
        /// What stands there, as `` `ok` is true, but `error` is `not_found` ``.
        says: String,
    },
    /// A success without data, where data is documented.
    NoData {
        /// Where the data should be, as `data`; empty if they are the whole body.
        key: &'static str,
    },
    /// A body that says success under an HTTP status that says failure.
    Status,
    /// An HTTP status other than success, and nothing in the body by which the platform says why: the answer of a
    /// proxy, a gateway or a server that is down.
    Http,
    /// A redirect, which is not followed, because the token would be sent on.
    Redirect {
        /// Where to, without the query.
        to: String,
    },
    /// The client has a `verifier`, and does not take the response for the platform's. Nothing in it was believed, its status
    /// and its headers neither; what it says is in [`DecodeError::body`].
    #[cfg(feature = "signature")]
    Unverified(Unverified),
}

impl DecodeError {
    /// The body as text.
    pub fn body_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Whether the request may have taken effect, in this attempt or one before. Always false for a request that
    /// changes nothing.
    pub fn may_have_taken_effect(&self) -> bool {
        self.attempts.leave_effect_open(self.leaves_effect_open())
    }

    pub(super) fn leaves_effect_open(&self) -> bool {
        match self.fault {
            // Whoever wrote the status need not know.
            #[cfg(feature = "signature")]
            DecodeFault::Unverified(_) => true,
            DecodeFault::Http => !is_turned_away(self.status),
            DecodeFault::Redirect { .. } => !is_elsewhere(self.status),
            _ => self.status != StatusCode::TOO_MANY_REQUESTS,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: HTTP {}", self.endpoint, self.status.as_u16())?;
        if let Some(log_id) = &self.log_id {
            write!(f, ", log_id {}", OneLine(log_id, NAME))?;
        }
        f.write_str(": ")?;
        self.fmt_fault(f)?;
        fmt_effect(self.may_have_taken_effect(), f)?;
        write!(f, "{}", self.attempts)
    }
}

impl DecodeError {
    fn fmt_fault(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let excerpt = OneLine(&self.excerpt, SHOWN);
        match &self.fault {
            DecodeFault::Empty => f.write_str("the body is empty"),
            DecodeFault::Json { message, line, column } => {
                let (what, message) = (OneLine(&self.path, NAME), OneLine(message, SHOWN));
                match self.path.is_empty() {
                    true => write!(
                        f,
                        "not the documented JSON: {message} at line {line}, column {column}: {excerpt}"
                    ),
                    false => write!(f, "{what}: {message} at line {line}, column {column}"),
                }
            }
            DecodeFault::NoCode { key } => write!(f, "`{key}` is missing: {excerpt}"),
            DecodeFault::Contradiction { says } => {
                write!(f, "the body contradicts itself: {}", OneLine(says, SHOWN))
            }
            DecodeFault::NoData { key: "" } => f.write_str("a success without data"),
            DecodeFault::NoData { key } => write!(f, "`{key}` is missing from a success"),
            DecodeFault::Status => f.write_str("the body says success, the status says failure"),
            DecodeFault::Http => {
                f.write_str(meaning(self.status))?;
                if self.body.is_empty() { Ok(()) } else { write!(f, ": {excerpt}") }
            }
            DecodeFault::Redirect { to } => write!(
                f,
                "a redirect to `{}`, not followed because the token would be sent on; check the base URL",
                OneLine(to, NAME)
            ),
            #[cfg(feature = "signature")]
            DecodeFault::Unverified(why) => {
                write!(f, "not verified as the platform's response: {why}; ")?;
                match self.status.is_success() {
                    true => write!(f, "what came is not trusted, and kept in `body`"),
                    false => write!(f, "what came is not trusted: {}, {excerpt}", self.claim()),
                }
            }
        }
    }
}

#[cfg(feature = "signature")]
impl DecodeError {
    /// What a response would mean if it were believed.
    fn claim(&self) -> &'static str {
        match self.status.is_redirection() {
            true => "a redirect, so check the base URL",
            false => meaning(self.status),
        }
    }
}

/// What a status means that comes without a word of the platform, and what to look at first.
fn meaning(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 => "the server, or a proxy, does not accept the credentials; check the token",
        403 => "the server, or a proxy, forbids the request; check permissions and IP allowlists",
        404 => "the server does not know the path; check the base URL",
        405 => "the server does not accept the method; check the base URL",
        407 => "the proxy asks for credentials",
        408 => "the server did not wait for the whole request",
        413 => "the request is too large for the server, or for a proxy",
        429 => "too many requests; call less often",
        502..=504 => "the server cannot be reached, or is overloaded; try later",
        500..=599 => "the server failed",
        400..=499 => "the server, or a proxy, refuses the request",
        _ => "neither a success nor a documented error",
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
            .field("headers", &format_args!("{} headers", self.headers.len()))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl std::error::Error for DecodeError {}

#[cfg(feature = "signature")]
impl From<Unverified> for DecodeFault {
    fn from(why: Unverified) -> Self {
        Self::Unverified(why)
    }
}
