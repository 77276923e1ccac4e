//! The network failed.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::Attempts;
use super::effect::fmt_effect;

/// What was in progress when a call failed, and the attempts before.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportError {
    /// Name of the endpoint, as `create_order`; empty if the fault was not a call's.
    pub endpoint: &'static str,
    pub fault: TransportFault,
    /// The attempts before this one.
    pub attempts: Attempts,
}

/// What was in progress when an attempt failed, and why.
#[derive(Debug)]
#[non_exhaustive]
pub enum TransportFault {
    /// No connection was made, so nothing was sent.
    Connect(Box<dyn std::error::Error + Send + Sync>),
    /// No complete response within the time allowed.
    Timeout {
        /// The time allowed.
        after: Duration,
    },
    /// The connection broke after the request, or a part of it, was sent.
    Broken(Box<dyn std::error::Error + Send + Sync>),
    /// The response's body is over the limit set for the client, and was not read further.
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
    /// Whether the request may have reached the server, in this attempt or one before. If not, sending it again is safe.
    pub fn may_have_arrived(&self) -> bool {
        self.attempts.may_have_counted(self.fault.may_have_arrived())
    }

    /// Whether the request may have taken effect, in this attempt or one before. Always false for a request that
    /// changes nothing.
    pub fn may_have_taken_effect(&self) -> bool {
        self.attempts.leave_effect_open(self.leaves_effect_open())
    }

    pub(super) fn leaves_effect_open(&self) -> bool {
        // A body that did not come whole cannot be verified, so that its status is believed only if none is.
        let was_turned_away =
            self.status() == Some(StatusCode::TOO_MANY_REQUESTS) && !self.attempts.are_verified();
        !was_turned_away && self.fault.may_have_arrived()
    }

    /// The HTTP status, if the response got that far and the transport says so.
    pub fn status(&self) -> Option<StatusCode> {
        self.fault.status()
    }
}

impl From<TransportFault> for TransportError {
    fn from(fault: TransportFault) -> Self {
        Self { endpoint: "", fault, attempts: Attempts::default() }
    }
}

impl TransportFault {
    /// [`TransportFault::Broken`] inside the body of a response with this status. For transports.
    pub fn cut_off(
        status: StatusCode,
        error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Broken(Box::new(CutOff { status, error: error.into() }))
    }

    fn status(&self) -> Option<StatusCode> {
        match self {
            Self::BodyTooLarge { status, .. } => Some(*status),
            Self::Broken(error) => Some(error.downcast_ref::<CutOff>()?.status),
            _ => None,
        }
    }

    /// Whether the request may have reached the server.
    pub fn may_have_arrived(&self) -> bool {
        !matches!(self, Self::Connect(_))
    }
}

/// What happened to a body whose head had come.
#[derive(Debug)]
struct CutOff {
    status: StatusCode,
    error: Box<dyn std::error::Error + Send + Sync>,
}

impl fmt::Display for CutOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the body of HTTP {} was cut off", self.status.as_u16())
    }
}

impl std::error::Error for CutOff {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.error)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.endpoint.is_empty() {
            write!(f, "{}: ", self.endpoint)?;
        }
        write!(f, "{}", self.fault)?;
        if !self.fault.may_have_arrived() {
            f.write_str(match self.may_have_arrived() {
                false => "; nothing was sent, so it is safe to try again",
                true => "; nothing was sent in this attempt",
            })?;
        }
        fmt_effect(self.may_have_taken_effect(), f)?;
        write!(f, "{}", self.attempts)
    }
}

impl fmt::Display for TransportFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(error) => write!(f, "no connection: {}", Innermost(&**error)),
            Self::Timeout { after } => write!(f, "no response within {after:?}"),
            Self::Broken(error) => write!(f, "the connection broke: {}", Innermost(&**error)),
            Self::BodyTooLarge { limit, declared: Some(length), .. } => {
                write!(f, "the response's body of {length} bytes is over the limit of {limit}")
            }
            Self::BodyTooLarge { limit, declared: None, .. } => {
                write!(f, "the response's body is over the limit of {limit} bytes")
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
