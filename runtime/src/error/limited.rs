//! A documented rate limit is used up.

use std::fmt;
use std::time::Duration;

use super::Attempts;
use super::effect::fmt_effect;

/// Why a request was held back by the client.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RateLimited {
    /// Name of the endpoint.
    pub endpoint: &'static str,
    /// How many calls are allowed.
    pub calls: u32,
    /// In which time.
    pub per: Duration,
    /// When the next call is allowed, as far as this client knows.
    pub retry_after: Duration,
    /// The attempts before this one.
    pub attempts: Attempts,
}

impl fmt::Display for RateLimited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { endpoint, calls, per, retry_after, attempts } = self;
        write!(
            f,
            "{endpoint} may be called {calls} times in {per:?}; the next call is possible in {retry_after:.0?}"
        )?;
        fmt_effect(attempts.may_have_taken_effect(), f)?;
        write!(f, "{attempts}")
    }
}

impl std::error::Error for RateLimited {}
