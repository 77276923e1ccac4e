//! Whether a try that failed is followed by another, and when.

use std::iter;
use std::time::Duration;

use http::StatusCode;

use crate::code::RawCode;
use crate::error::{DecodeError, DecodeFault, Error, Outcome, TransportFault};
use crate::error_code::{ErrorRow, Retry, row_of};
use crate::meta::EndpointMeta;
#[cfg(feature = "signature")]
use crate::signature::Unverified;

/// The least pause before the fourth try. It doubles with each further one, up to the longest.
const LEAST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_LEAST_PAUSE: Duration = Duration::from_millis(500);
/// The second and third try may follow without a pause.
const QUICK_TRIES: usize = 2;

/// If the server asks for a longer pause, the call fails instead.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(3600);

/// How often and how fast a call that failed is tried again.
///
/// A request is sent again, with the very same bytes, only where that is safe: if it was not sent, if it changes nothing on
/// the platform (`GET`, `HEAD`, or documented as safe), if its method makes a second time harmless (`PUT`, `DELETE`), or if
/// it has an idempotency key. A `DELETE` whose first response was lost may find nothing the second time, and fail with what
/// the platform says then: [`Error::attempts`] lists the first. The pauses double and are drawn at random, so that clients
/// that failed together do not come back together. A pause is at least as long as the server asks for (`Retry-After`); if that
/// is more than an hour, or more than the call has left, the call fails instead.
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

    /// The shortest and the longest pause; if `first` is longer than `longest`, both are `longest`. A pause is drawn between one
    /// and two times its base, which is `first` and doubles each time.
    ///
    /// So that many tries cannot flood the server, the pause before the fourth is at least 10 ms, whatever is set here, and this
    /// minimum doubles with each further try, up to 0.5 s.
    pub const fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first_pause = first;
        self.longest_pause = longest;
        self
    }

    /// The pauses before the second try and those after it.
    pub(super) fn schedule(&self) -> impl Iterator<Item = Duration> + Send + use<> {
        let (longest, shortest) = (self.longest_pause, self.first_pause.min(self.longest_pause));
        let most = doubling(self.first_pause.saturating_mul(2)).map(move |most| most.min(longest));
        let drawn = most.map(move |most| draw(shortest.max(most / 2), most));
        let pauses = drawn.zip(least_pauses()).map(|(pause, least)| pause.max(least));
        pauses.take(self.tries.saturating_sub(1) as usize)
    }
}

fn least_pauses() -> impl Iterator<Item = Duration> {
    let quick = iter::repeat_n(Duration::ZERO, QUICK_TRIES);
    quick.chain(doubling(LEAST_PAUSE).map(|pause| pause.min(LONGEST_LEAST_PAUSE)))
}

fn doubling(first: Duration) -> impl Iterator<Item = Duration> {
    iter::successors(Some(first), |pause| Some(pause.saturating_mul(2)))
}

/// A random pause, so that clients that failed together do not come back together.
fn draw(least: Duration, most: Duration) -> Duration {
    let nanos = u64::try_from(most.saturating_sub(least).as_nanos()).unwrap_or(u64::MAX);
    least.saturating_add(Duration::from_nanos(fastrand::u64(0..=nanos)))
}

/// The pause before the next try; none if the server asks for too long a one.
pub(super) fn next_pause(pause: Duration, retry_after: Option<Duration>) -> Option<Duration> {
    let retry_after = retry_after.unwrap_or_default();
    (retry_after <= LONGEST_RETRY_AFTER).then(|| pause.max(retry_after))
}

/// What to do about a try that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    pub(super) fn judge(&self, error: &Error<RawCode>) -> Verdict {
        match error {
            Error::Transport(error) => self.judge_transport(&error.fault),
            Error::Api(error) => self.judge_code(&error.code, error.status),
            Error::Decode(error) => self.judge_unreadable(error),
            _ => Verdict::Final,
        }
    }

    fn row(&self, code: &RawCode, status: StatusCode) -> Option<&'static ErrorRow> {
        row_of(self.errors, code, status)
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

    fn judge_code(&self, code: &RawCode, status: StatusCode) -> Verdict {
        if self.meta.refuses_token(code) {
            return Verdict::FreshToken(Outcome::TokenRefused { code: code.clone() });
        }
        match self.row(code, status).and_then(|row| row.retry) {
            // What the documents say of the code tells more than the status.
            Some(Retry::Never | Retry::Changed) => Verdict::Final,
            _ if status == StatusCode::TOO_MANY_REQUESTS => Verdict::Again(Outcome::TooMany),
            // Where the status alone says what is wrong, the server failed without a word on whether it may work later.
            None if self.is_said_by_status(code, status) && status.is_server_error() => {
                self.if_repeatable(Outcome::Failed { code: code.clone(), status })
            }
            Some(Retry::Same) => self.if_repeatable(Outcome::Failed { code: code.clone(), status }),
            None => Verdict::Final,
        }
    }

    /// Whether nothing but the status says what is wrong, or it says that something is.
    fn is_said_by_status(&self, code: &RawCode, status: StatusCode) -> bool {
        let envelope = self.meta.envelope;
        let is_status = *code == RawCode::Int(status.as_u16().into());
        envelope.goes_by_status() || (envelope.ok.is_some() && is_status)
    }

    /// What is not the platform's own answer may be gone the next time; what it says otherwise than documented is not.
    fn judge_unreadable(&self, error: &DecodeError) -> Verdict {
        let status = error.status;
        #[cfg(feature = "signature")]
        if let DecodeFault::Unverified(why) = &error.fault {
            return self.judge_unverified(*why, status);
        }
        let is_foreign = match &error.fault {
            DecodeFault::Empty | DecodeFault::NoCode { .. } | DecodeFault::Http => true,
            DecodeFault::Json { .. } => error.path.is_empty() && !error.says_success,
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

    /// Of a status that nobody vouches for, only what makes another attempt pointless is believed.
    #[cfg(feature = "signature")]
    fn judge_unverified(&self, why: Unverified, status: StatusCode) -> Verdict {
        let is_final = (status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS)
            || status.is_redirection();
        match is_final || why.lasts() {
            true => Verdict::Final,
            false => self.if_repeatable(Outcome::Unverified { status }),
        }
    }

    /// Whether the platform may have acted on the request although the call failed, be it only by counting it.
    pub(super) fn may_have_counted(&self, error: &Error<RawCode>) -> bool {
        error.may_have_counted(|code, status| self.row(code, status))
    }

    fn if_repeatable(&self, outcome: Outcome) -> Verdict {
        if self.is_repeatable { Verdict::Again(outcome) } else { Verdict::Final }
    }
}
