//! The network failed.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

/// What was under way when a call failed, and why.
#[derive(Debug)]
#[non_exhaustive]
pub enum TransportError {
    /// No connection was made, so nothing was sent.
    Connect(Box<dyn std::error::Error + Send + Sync>),
    /// No whole answer within the time allowed.
    Timeout {
        /// The time allowed.
        after: Duration,
    },
    /// The connection broke after the request, or a part of it, was sent.
    Broken(Box<dyn std::error::Error + Send + Sync>),
    /// The answer's body is over the limit set for the client, and was not read further.
    BodyTooLarge {
        /// The limit, in bytes.
        limit: usize,
        /// The length that the server declared, in bytes, if it did.
        declared: Option<u64>,
        /// The HTTP status.
        status: StatusCode,
    },
}

impl TransportError {
    /// Whether the request may have reached the server and taken effect. If not, sending it again is safe.
    pub fn may_have_arrived(&self) -> bool {
        !matches!(self, Self::Connect(_))
    }

    /// The HTTP status, if the answer got that far.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::BodyTooLarge { status, .. } => Some(*status),
            _ => None,
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(error) => {
                write!(
                    f,
                    "no connection: {}; nothing was sent, so it is safe to try again",
                    Causes(&**error)
                )
            }
            Self::Timeout { after } => write!(f, "no answer within {after:?}; {UNSURE}"),
            Self::Broken(error) => {
                write!(f, "the connection broke: {}; {UNSURE}", Causes(&**error))
            }
            Self::BodyTooLarge { limit, declared: Some(length), .. } => {
                write!(
                    f,
                    "the answer's body of {length} bytes is over the limit of {limit}; {UNSURE}"
                )
            }
            Self::BodyTooLarge { limit, declared: None, .. } => {
                write!(f, "the answer's body is over the limit of {limit} bytes; {UNSURE}")
            }
        }
    }
}

const UNSURE: &str = "the request may have taken effect, so do not just send it again";

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Connect(error) | Self::Broken(error) => Some(&**error),
            Self::Timeout { .. } | Self::BodyTooLarge { .. } => None,
        }
    }
}

/// The innermost cause, which is the one that a person can act on.
struct Causes<'a>(&'a (dyn std::error::Error + 'static));

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let innermost = std::iter::successors(Some(self.0), |error| error.source()).last();
        fmt::Display::fmt(innermost.unwrap_or(self.0), f)
    }
}
