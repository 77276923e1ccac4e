//! A point in time until which something may take, or none.

use std::time::Duration;

use tokio::time::error::Elapsed;
use tokio::time::{Instant, timeout_at};

/// A hundred years. A longer time, as `Duration::MAX`, means no limit.
const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// When the time is up; none if there is no limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    /// `time` from now.
    pub(super) fn after(time: Duration) -> Self {
        Self::counted_from(Instant::now(), time)
    }

    pub(super) fn counted_from(start: Instant, time: Duration) -> Self {
        let end = start.checked_add(time);
        Self(end.filter(|_| time < FOREVER))
    }

    pub(super) fn is_over(self, now: Instant) -> bool {
        self.0.is_some_and(|end| end <= now)
    }

    /// Whether there is time left after a pause.
    pub(super) fn is_later_than(self, pause: Duration) -> bool {
        self.0.is_none_or(|end| end.saturating_duration_since(Instant::now()) > pause)
    }

    /// Whether this one comes first.
    pub(super) fn is_before(self, other: Self) -> bool {
        self.0.is_some_and(|end| other.0.is_none_or(|other| end < other))
    }

    /// Runs `work`, and drops it when the time is up.
    pub(super) async fn keep<T>(self, work: impl Future<Output = T>) -> Result<T, Elapsed> {
        match self.0 {
            Some(end) => timeout_at(end, work).await,
            None => Ok(work.await),
        }
    }
}
