//! The tries of a call before the last one.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use http::StatusCode;

/// The tries of a call before the one that its error is about, the first one first. Empty if there was one only.
///
/// Derefs to a slice. `Display` is a half sentence for the end of an error, empty where the list is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempts(Vec<Attempt>);

impl Attempts {
    #[cfg(feature = "client")]
    pub(crate) fn push(&mut self, attempt: Attempt) {
        self.0.push(attempt);
    }

    /// Whether the request may have taken effect in one of them.
    pub fn may_have_taken_effect(&self) -> bool {
        self.iter().any(|attempt| attempt.outcome.may_have_taken_effect())
    }
}

impl Deref for Attempts {
    type Target = [Attempt];

    fn deref(&self) -> &[Attempt] {
        &self.0
    }
}

impl fmt::Display for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, attempt) in self.iter().enumerate() {
            f.write_str(if index == 0 { "; tried before: " } else { ", " })?;
            write!(f, "{} after {:.0?}", attempt.outcome, attempt.took)?;
        }
        Ok(())
    }
}

/// One try of a call that was followed by another.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    pub outcome: Outcome,
    /// From its first byte until it was known to have failed.
    pub took: Duration,
    /// How long was waited before the next.
    pub pause: Duration,
}

impl Attempt {
    #[cfg(feature = "client")]
    pub(crate) fn new(outcome: Outcome, took: Duration, pause: Duration) -> Self {
        Self { outcome, took, pause }
    }
}

/// How a try failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// No connection was made, so nothing was sent.
    NotSent,
    /// It was sent, at least in part, and no whole answer came.
    Lost,
    /// The platform answered with an error that a later try may not meet.
    Failed {
        /// The error's code.
        code: i64,
        status: StatusCode,
    },
    /// The platform refused the token, before it looked at the request.
    TokenRefused {
        /// The error's code.
        code: i64,
    },
    /// The server asked for fewer requests, with HTTP status 429.
    TooMany,
    /// Something answered that does not speak as the platform does, as a proxy's error page.
    Unreadable { status: StatusCode },
}

impl Outcome {
    /// Whether the request may have taken effect all the same.
    pub fn may_have_taken_effect(self) -> bool {
        match self {
            Self::NotSent | Self::TokenRefused { .. } | Self::TooMany => false,
            Self::Lost | Self::Failed { .. } | Self::Unreadable { .. } => true,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSent => f.write_str("no connection"),
            Self::Lost => f.write_str("no whole answer"),
            Self::Failed { code, status } => write!(f, "error {code} (HTTP {})", status.as_u16()),
            Self::TokenRefused { code } => write!(f, "the token was refused with {code}"),
            Self::TooMany => f.write_str("too many requests (HTTP 429)"),
            Self::Unreadable { status } => write!(f, "unreadable (HTTP {})", status.as_u16()),
        }
    }
}
