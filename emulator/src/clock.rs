//! Time as the emulator sees it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The system's clock, which a test can move forward.
#[derive(Clone, Default)]
pub(crate) struct Clock {
    ahead_ms: Arc<AtomicU64>,
}

impl Clock {
    pub(crate) fn advance(&self, time: Duration) {
        self.ahead_ms.fetch_add(millis(time), Ordering::Relaxed);
    }

    /// Milliseconds since 1970.
    pub(crate) fn now_ms(&self) -> u64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        millis(now).saturating_add(self.ahead_ms.load(Ordering::Relaxed))
    }

    /// Seconds since 1970.
    pub(crate) fn now(&self) -> u64 {
        self.now_ms() / 1000
    }
}

const DAY_MS: u64 = 24 * 3600 * 1000;
/// The platform's day begins at midnight in Beijing.
const BEIJING_MS: u64 = 8 * 3600 * 1000;

/// The natural day of a time in milliseconds, as the platform counts days.
pub(crate) fn beijing_day(at_ms: u64) -> u64 {
    at_ms.saturating_add(BEIJING_MS) / DAY_MS
}

pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// The last second that a header can say.
const END_OF_9999: u64 = 253_402_300_799;

/// Seconds since 1970 as a header says them: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn http_date(seconds: u64) -> String {
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds.min(END_OF_9999)))
}
