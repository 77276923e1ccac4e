//! Limits how often tokens are fetched.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::error::{Answered, TokenFault};

/// After a failure nothing is fetched for this long, and never more than three tokens in three times this long. So a token that
/// is refused again and again, or a wrong app secret, does not use up the platform's rate limit.
const REST: Duration = Duration::from_secs(1);
const FETCHES: u32 = 3;
const WINDOW: Duration = REST.saturating_mul(FETCHES);

/// How long a store that failed is left alone.
const STORE_REST: Duration = Duration::from_secs(10);

/// Why there is no token, and what is known of the request for one.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) fault: TokenFault,
    pub(super) answered: Option<Box<Answered>>,
}

impl From<TokenFault> for Refusal {
    fn from(fault: TokenFault) -> Self {
        Self { fault, answered: None }
    }
}

/// The latest fetches, each counted before it begins.
#[derive(Debug, Default)]
pub(super) struct Guard {
    /// When they began, the oldest first; no more than count.
    begun: VecDeque<Instant>,
    /// What went wrong with the last one, if anything did.
    failure: Option<(String, Option<Box<Answered>>)>,
    store_failed: Option<Instant>,
}

impl Guard {
    /// Counts a fetch that is about to begin, or says why it must wait. `is_refused`: it replaces a token that the platform
    /// refused.
    pub(super) fn begin(&mut self, is_refused: bool) -> Result<(), Refusal> {
        self.check(is_refused)?;
        if self.begun.len() == FETCHES as usize {
            self.begun.pop_front();
        }
        self.begun.push_back(Instant::now());
        self.failure = None;
        Ok(())
    }

    /// Why a fetch must wait, if it must.
    pub(super) fn check(&self, is_refused: bool) -> Result<(), Refusal> {
        if let (Some((message, answered)), Some(again_in)) =
            (&self.failure, rest(self.begun.back(), REST))
        {
            let fault = TokenFault::Recently { message: message.clone(), again_in };
            return Err(Refusal { fault, answered: answered.clone() });
        }
        let oldest = self.begun.front().filter(|_| self.begun.len() == FETCHES as usize);
        match rest(oldest, WINDOW) {
            Some(again_in) if is_refused => Err(TokenFault::RefusedWhenFresh { again_in }.into()),
            Some(again_in) => {
                let message = format!(
                    "{FETCHES} tokens were fetched within {WINDOW:?} and each has expired already; check this machine's clock"
                );
                Err(TokenFault::Recently { message, again_in }.into())
            }
            None => Ok(()),
        }
    }

    /// How long nothing is fetched after the last failure.
    pub(super) fn again_in(&self) -> Duration {
        rest(self.begun.back(), REST).unwrap_or_default()
    }

    pub(super) fn fail(&mut self, message: String, answered: Option<Box<Answered>>) {
        self.failure = Some((message, answered));
    }

    pub(super) fn store_failed(&mut self) {
        self.store_failed = Some(Instant::now());
    }

    /// Whether the store failed a moment ago.
    pub(super) fn store_rests(&self) -> bool {
        rest(self.store_failed.as_ref(), STORE_REST).is_some()
    }
}

/// What is left of `time`, counted from `begun`.
fn rest(begun: Option<&Instant>, time: Duration) -> Option<Duration> {
    time.checked_sub(begun?.elapsed())
}
