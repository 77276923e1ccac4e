//! The end of the time that something may take, if it has one.

use std::time::Duration;

use tokio::time::error::Elapsed;
use tokio::time::{Instant, timeout_at};

/// A hundred years. Whoever allows so much, as `Duration::MAX`, sets no limit.
const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// When the time is up; none if there is no limit. All arithmetic on instants is here, and none of it can panic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    /// So long from now.
    pub(super) fn after(time: Duration) -> Self {
        let is_limit = time < FOREVER;
        Self(is_limit.then(Instant::now).and_then(|now| now.checked_add(time)))
    }

    pub(super) fn is_over(self) -> bool {
        !self.is_later_than(Duration::ZERO)
    }

    /// Whether there is time for something after a pause.
    pub(super) fn is_later_than(self, pause: Duration) -> bool {
        self.0.is_none_or(|end| end.saturating_duration_since(Instant::now()) > pause)
    }

    /// Whether it comes before another.
    pub(super) fn is_before(self, other: Self) -> bool {
        self.0.is_some_and(|end| other.0.is_none_or(|other| end < other))
    }

    /// Drops what is not done in time.
    pub(super) async fn keep<T>(self, work: impl Future<Output = T>) -> Result<T, Elapsed> {
        match self.0 {
            Some(end) => timeout_at(end, work).await,
            None => Ok(work.await),
        }
    }
}
