//! What generated tests write values with.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::days::offset;
use crate::time::UtcOffset;

/// A moment by a clock, as `2026-03-31T23:45`.
///
/// # Panics
///
/// If the text is not such a moment.
pub fn time(text: &str, clock: UtcOffset) -> Timestamp {
    let local: DateTime = text.parse().expect("a moment, as 2026-03-31T23:45");
    let zone = TimeZone::fixed(offset(clock));
    zone.to_timestamp(local).expect("within the range of times")
}

/// A day, as `2026-03-31`.
///
/// # Panics
///
/// If the text is not such a day.
pub fn date(text: &str) -> Date {
    text.parse().expect("a day, as 2026-03-31")
}
