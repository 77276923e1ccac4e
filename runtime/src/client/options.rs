//! Overrides for one call.

use std::time::Duration;

use http::Uri;

use super::RetryPolicy;
use crate::secret::Secret;

/// Overrides for one call.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct CallOptions {
    pub(super) validate: Option<bool>,
    pub(super) timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) token: Option<Secret<String>>,
    /// Where to, if not to the address of the request.
    pub(super) target: Option<Box<Uri>>,
}

impl CallOptions {
    /// No overrides.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends the request without checking it first: the platform may lift a limit before its documents do.
    pub fn without_validation(mut self) -> Self {
        self.validate = Some(false);
        self
    }

    /// Checks the request before it is sent, though the client is built
    /// [without validation](super::ClientBuilder::without_validation).
    pub fn with_validation(mut self) -> Self {
        self.validate = Some(true);
        self
    }

    /// Time for the call in all: the token, every try and every pause; no limit with `Duration::MAX`.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How often and how fast it is tried again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// The token to send, as that of one user. It is not replaced when it is refused. With an empty one the call fails and nothing is sent.
    pub fn token(mut self, token: impl Into<Secret<String>>) -> Self {
        self.token = Some(token.into());
        self
    }
}
