//! There is no token to call with.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::Attempts;
use super::effect::fmt_effect;

/// Why there is no token for a call, which was therefore not sent, or not again.
///
/// No variant holds a token or a secret.
#[derive(Debug)]
#[non_exhaustive]
pub struct TokenError {
    /// Name of the way to authenticate.
    pub auth: &'static str,
    pub fault: TokenFault,
    /// The attempts of the call before.
    pub attempts: Attempts,
    answered: Option<Box<Answered>>,
}

/// What is known of the request for a token, if that failed.
#[derive(Debug, Clone)]
pub(crate) struct Answered {
    pub(crate) endpoint: &'static str,
    pub(crate) status: Option<StatusCode>,
    pub(crate) log_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
}

/// What went wrong while a token was fetched.
#[derive(Debug)]
#[non_exhaustive]
pub enum TokenFault {
    /// The call that fetches one failed; the error is that call's.
    Issue(Box<dyn std::error::Error + Send + Sync>),
    /// Fetching one failed a moment ago, and is not tried again at once, so that the platform's limit is kept.
    Recently {
        /// What went wrong then.
        message: String,
        /// When it is tried again.
        again_in: Duration,
    },
    /// A fresh one was refused too: the key may be in use by another system, or lack the right to this endpoint.
    RefusedWhenFresh {
        /// When the next one is fetched.
        again_in: Duration,
    },
    /// The call's time was up before there was one.
    Timeout {
        /// The time allowed.
        after: Duration,
    },
    /// The store that keeps it failed.
    Store(Box<dyn std::error::Error + Send + Sync>),
}

impl TokenError {
    /// For token sources.
    pub fn new(auth: &'static str, fault: TokenFault) -> Self {
        Self { auth, fault, attempts: Attempts::default(), answered: None }
    }

    #[cfg(feature = "client")]
    pub(crate) fn answered_by(mut self, answered: Option<Box<Answered>>) -> Self {
        self.answered = answered;
        self
    }

    pub(super) fn answered(&self) -> Option<&Answered> {
        self.answered.as_deref()
    }

    /// What the server asked for, or else how long none is fetched.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        let asked = self.answered().and_then(|answered| answered.retry_after);
        asked.or(match self.fault {
            TokenFault::Recently { again_in, .. } | TokenFault::RefusedWhenFresh { again_in } => {
                Some(again_in)
            }
            _ => None,
        })
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "could not obtain {}: {}", self.auth, self.fault)?;
        fmt_effect(self.attempts.may_have_taken_effect(), f)?;
        write!(f, "{}", self.attempts)
    }
}

impl fmt::Display for TokenFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Issue(error) => write!(f, "{error}"),
            Self::Recently { message, again_in } => {
                write!(f, "{message} (a moment ago; fetched again in {again_in:.0?})")
            }
            Self::RefusedWhenFresh { again_in } => write!(
                f,
                "the platform refuses a fresh one too; see whether another system fetches tokens with the same key, \
                 and whether the app holds the permission (fetched again in {again_in:.0?})"
            ),
            Self::Timeout { after } => write!(f, "no response within {after:?}"),
            Self::Store(error) => write!(f, "its store failed: {error}"),
        }
    }
}

impl std::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.fault {
            // What they display is in our own display already.
            TokenFault::Issue(error) | TokenFault::Store(error) => error.source(),
            _ => None,
        }
    }
}
