//! The network failed.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::Attempts;

/// What was under way when a call failed, and what was tried before.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportError {
    pub fault: TransportFault,
    /// The tries before this one.
    pub attempts: Attempts,
}

/// What was under way when a try failed, and why.
#[derive(Debug)]
#[non_exhaustive]
pub enum TransportFault {
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
    /// Whether the request may have reached the server and taken effect, in this try or one before. If not, sending it
    /// again is safe.
    pub fn may_have_arrived(&self) -> bool {
        self.fault.may_have_arrived() || self.attempts.may_have_taken_effect()
    }

    /// The HTTP status, if the answer got that far.
    pub fn status(&self) -> Option<StatusCode> {
        match self.fault {
            TransportFault::BodyTooLarge { status, .. } => Some(status),
            _ => None,
        }
    }
}

impl From<TransportFault> for TransportError {
    fn from(fault: TransportFault) -> Self {
        Self { fault, attempts: Attempts::default() }
    }
}

impl TransportFault {
    /// Whether the request may have reached the server.
    pub fn may_have_arrived(&self) -> bool {
        !matches!(self, Self::Connect(_))
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let advice = match (self.fault.may_have_arrived(), self.may_have_arrived()) {
            (_, false) => "nothing was sent, so it is safe to try again",
            (true, true) => "the request may have taken effect, so do not just send it again",
            (false, true) => {
                "this time nothing was sent, but the request may have taken effect before, so do not just send it again"
            }
        };
        write!(f, "{}; {advice}{}", self.fault, self.attempts)
    }
}

impl fmt::Display for TransportFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(error) => write!(f, "no connection: {}", Innermost(&**error)),
            Self::Timeout { after } => write!(f, "no answer within {after:?}"),
            Self::Broken(error) => write!(f, "the connection broke: {}", Innermost(&**error)),
            Self::BodyTooLarge { limit, declared: Some(length), .. } => {
                write!(f, "the answer's body of {length} bytes is over the limit of {limit}")
            }
            Self::BodyTooLarge { limit, declared: None, .. } => {
                write!(f, "the answer's body is over the limit of {limit} bytes")
            }
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.fault.source()
    }
}

impl std::error::Error for TransportFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Connect(error) | Self::Broken(error) => Some(&**error),
            Self::Timeout { .. } | Self::BodyTooLarge { .. } => None,
        }
    }
}

/// The innermost cause, which is the one that a person can act on.
struct Innermost<'a>(&'a (dyn std::error::Error + 'static));

impl fmt::Display for Innermost<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let innermost = std::iter::successors(Some(self.0), |error| error.source()).last();
        fmt::Display::fmt(innermost.unwrap_or(self.0), f)
    }
}
