//! The attempts of a call before the last one.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use http::StatusCode;

use super::retry_after::Spoken;
use crate::code::RawCode;
use crate::meta::EndpointMeta;

/// The attempts of a call before the one that its error is about, in their order. Empty if there was only one.
///
/// Derefs to a slice. `Display` is the end of an error's sentence, empty where the list is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempts {
    list: Vec<Attempt>,
    /// The request changes nothing on the platform, so that there is no effect to be in doubt about.
    is_safe: bool,
    /// What is not verified is not believed, a status alone neither.
    are_verified: bool,
    /// The pause that the server asks for, if that is why there was no further attempt.
    held_back: Option<Duration>,
}

impl Attempts {
    pub(crate) fn of(meta: &EndpointMeta) -> Self {
        Self { list: Vec::new(), is_safe: meta.is_safe(), are_verified: false, held_back: None }
    }

    /// The same of a call whose responses are verified.
    #[cfg(all(feature = "client", feature = "signature"))]
    pub(crate) fn verified(self) -> Self {
        Self { are_verified: true, ..self }
    }

    pub(super) fn are_verified(&self) -> bool {
        self.are_verified
    }

    #[cfg(feature = "client")]
    pub(crate) fn push(&mut self, attempt: Attempt) {
        self.list.push(attempt);
    }

    #[cfg(feature = "client")]
    pub(crate) fn hold_back(&mut self, asked: Duration) {
        self.held_back = Some(asked);
    }

    #[cfg(feature = "client")]
    pub(super) fn disregard_effect(&mut self) {
        self.is_safe = true;
    }

    /// Whether the request may have taken effect in one of them. Always false for a request that changes nothing.
    pub fn may_have_taken_effect(&self) -> bool {
        self.leave_effect_open(false)
    }

    /// The same with the last attempt, which leaves it open or not.
    pub(super) fn leave_effect_open(&self, last: bool) -> bool {
        !self.is_safe && self.may_have_counted(last)
    }

    /// Whether the platform may have acted on one of the attempts, be it only by counting it.
    pub(super) fn may_have_counted(&self, last: bool) -> bool {
        last || self.iter().any(|attempt| attempt.outcome.may_have_taken_effect())
    }
}

impl Deref for Attempts {
    type Target = [Attempt];

    fn deref(&self) -> &[Attempt] {
        &self.list
    }
}

impl fmt::Display for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(asked) = self.held_back {
            let asked = Spoken(asked);
            write!(f, "; the server asks to wait {asked}, so no further attempt was made")?;
        }
        for (index, attempt) in self.iter().enumerate() {
            f.write_str(if index == 0 { "; earlier attempts: " } else { ", " })?;
            write!(f, "{} after {:.0?}", attempt.outcome, attempt.took)?;
        }
        Ok(())
    }
}

/// One attempt of a call that was followed by another.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    pub outcome: Outcome,
    /// From its first byte until it failed.
    pub took: Duration,
    /// The pause before the next.
    pub pause: Duration,
}

impl Attempt {
    #[cfg(feature = "client")]
    pub(crate) fn new(outcome: Outcome, took: Duration, pause: Duration) -> Self {
        Self { outcome, took, pause }
    }
}

/// How an attempt failed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// No connection was made, so nothing was sent.
    NotSent,
    /// It was sent, at least in part, and no complete response came.
    Lost,
    /// The platform answered with an error that a later attempt may not meet.
    Failed {
        /// The error's code.
        code: RawCode,
        status: StatusCode,
    },
    /// The platform refused the token, before it looked at the request.
    TokenRefused {
        /// The error's code.
        code: RawCode,
    },
    /// The server asked for fewer requests, with HTTP status 429.
    TooMany,
    /// Something answered that does not speak as the platform does, as a proxy's error page.
    Unreadable { status: StatusCode },
    /// Something answered that is not known to be the platform, see [`DecodeFault::Unverified`](super::DecodeFault).
    Unverified { status: StatusCode },
}

impl Outcome {
    /// Whether the request may have taken effect all the same.
    pub fn may_have_taken_effect(&self) -> bool {
        match self {
            Self::NotSent | Self::TokenRefused { .. } | Self::TooMany => false,
            Self::Lost
            | Self::Failed { .. }
            | Self::Unreadable { .. }
            | Self::Unverified { .. } => true,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSent => f.write_str("no connection"),
            Self::Lost => f.write_str("no complete response"),
            Self::Failed { code, status } => write!(f, "error {code} (HTTP {})", status.as_u16()),
            Self::TokenRefused { code } => write!(f, "the token was refused with {code}"),
            Self::TooMany => f.write_str("too many requests (HTTP 429)"),
            Self::Unreadable { status } => write!(f, "unreadable (HTTP {})", status.as_u16()),
            Self::Unverified { status } => write!(f, "not verified (HTTP {})", status.as_u16()),
        }
    }
}
