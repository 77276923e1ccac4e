//! Whether a try that failed is followed by another, and when.

use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBuilder};
use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

use crate::endpoint::EndpointMeta;
use crate::error::{DecodeError, DecodeFault, Error, Outcome, TransportFault};
use crate::error_code::{ErrorRow, Retry};

/// How often and how fast a call that failed is tried again.
///
/// Only what is safe is sent again: a request that has not been sent, one that changes nothing on the platform, and one
/// with an idempotency key, always with the very same bytes. The pauses double and are drawn at random, so that clients
/// that failed together do not come back together; where the server says when (`Retry-After`), it is not asked sooner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    tries: u32,
    first_pause: Duration,
    longest_pause: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

impl RetryPolicy {
    /// Three tries, with pauses from 0.2 to at most 5 s.
    pub const fn new() -> Self {
        Self {
            tries: 3,
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_secs(5),
        }
    }

    /// One try only.
    pub const fn never() -> Self {
        Self::new().tries(1)
    }

    /// How often a request is sent at most, the first time counted; at least once.
    pub const fn tries(mut self, tries: u32) -> Self {
        self.tries = if tries == 0 { 1 } else { tries };
        self
    }

    /// The shortest the first pause may be, and the longest that any may be. Each is drawn between one and two times
    /// its value.
    pub const fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first_pause = first;
        self.longest_pause = longest;
        self
    }

    /// The pauses before the second try and those after it.
    pub(super) fn schedule(&self) -> impl Iterator<Item = Duration> + Send + use<> {
        ExponentialBuilder::new()
            .with_min_delay(self.first_pause)
            .with_max_delay(self.longest_pause)
            .with_max_times(self.tries.saturating_sub(1) as usize)
            .with_jitter()
            .build()
    }
}

/// What to do about a try that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing; the error is the call's.
    Final,
    /// Try again after a pause.
    Again(Outcome),
    /// Try again at once, with another token.
    FreshToken(Outcome),
}

/// What is known of a request when one of its tries has failed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    pub(super) meta: &'static EndpointMeta,
    /// Sending the request a second time does no harm.
    pub(super) is_repeatable: bool,
    /// What the documents say of the endpoint's codes.
    pub(super) errors: &'static [ErrorRow],
}

impl Case {
    pub(super) fn judge(&self, error: &Error<i64>) -> Verdict {
        match error {
            Error::Transport(error) => self.judge_transport(&error.fault),
            Error::Api(error) => self.judge_code(error.code, error.status),
            Error::Decode(error) => self.judge_unreadable(error),
            _ => Verdict::Final,
        }
    }

    fn retry(&self, code: i64) -> Option<Retry> {
        self.errors.iter().find(|row| row.code == code)?.retry
    }

    fn judge_transport(&self, fault: &TransportFault) -> Verdict {
        match fault {
            TransportFault::Connect(_) => Verdict::Again(Outcome::NotSent),
            TransportFault::Timeout { .. } | TransportFault::Broken(_) => {
                self.if_repeatable(Outcome::Lost)
            }
            TransportFault::BodyTooLarge { .. } => Verdict::Final,
        }
    }

    fn judge_code(&self, code: i64, status: StatusCode) -> Verdict {
        if self.meta.auth.is_some_and(|auth| auth.refused.contains(&code)) {
            return Verdict::FreshToken(Outcome::TokenRefused { code });
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Verdict::Again(Outcome::TooMany);
        }
        match self.retry(code) {
            Some(Retry::Same) => self.if_repeatable(Outcome::Failed { code, status }),
            _ => Verdict::Final,
        }
    }

    /// What is not the platform's own answer may be gone the next time; what it says otherwise than documented is not.
    fn judge_unreadable(&self, error: &DecodeError) -> Verdict {
        let status = error.status;
        let is_foreign = match &error.fault {
            DecodeFault::Empty | DecodeFault::NoCode { .. } | DecodeFault::Http => true,
            DecodeFault::Json { .. } => error.path.is_empty(),
            _ => false,
        };
        match status {
            StatusCode::TOO_MANY_REQUESTS => Verdict::Again(Outcome::TooMany),
            _ if !is_foreign || status.is_client_error() || status.is_redirection() => {
                Verdict::Final
            }
            _ => self.if_repeatable(Outcome::Unreadable { status }),
        }
    }

    /// Whether the platform may have acted on the request although the call failed, be it only by counting it.
    pub(super) fn may_have_counted(&self, error: &Error<i64>) -> bool {
        error.may_have_counted(|code| self.retry(*code))
    }

    fn if_repeatable(&self, outcome: Outcome) -> Verdict {
        if self.is_repeatable { Verdict::Again(outcome) } else { Verdict::Final }
    }
}

/// When the server wants to be asked again: `Retry-After`, in seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}
