//! Times and durations, each unit a type of its own, and clocks: the types of fields, as documents state them.
//!
//! With the feature `dates` also days and times by RFC 3339, which are jiff's.

use std::time::{Duration, SystemTime};

#[cfg(feature = "dates")]
pub use jiff::{Timestamp, civil::Date};

use crate::newtype::newtype;

newtype! {
    /// A time, in milliseconds since 1970 UTC.
    UnixMillis "ms since 1970"
    /// A time, in seconds since 1970 UTC.
    UnixSeconds "s since 1970"
    /// A duration in milliseconds.
    Millis "ms"
    /// A duration in seconds.
    Seconds "s"
}

impl UnixMillis {
    /// The time, unless it is out of the system's range.
    pub fn to_system_time(self) -> Option<SystemTime> {
        since_epoch(self.0, Duration::from_millis)
    }
}

impl UnixSeconds {
    /// The time, unless it is out of the system's range.
    pub fn to_system_time(self) -> Option<SystemTime> {
        since_epoch(self.0, Duration::from_secs)
    }
}

impl Millis {
    /// The duration, unless it is negative.
    pub fn to_duration(self) -> Option<Duration> {
        u64::try_from(self.0).ok().map(Duration::from_millis)
    }
}

impl Seconds {
    /// The duration, unless it is negative.
    pub fn to_duration(self) -> Option<Duration> {
        u64::try_from(self.0).ok().map(Duration::from_secs)
    }
}

/// How far a clock is ahead of UTC, the same all year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UtcOffset {
    minutes: i16,
}

impl UtcOffset {
    /// So many minutes ahead of UTC, or behind it if below zero; less than a day.
    pub const fn minutes(minutes: i16) -> Self {
        assert!(-1440 < minutes && minutes < 1440, "an offset is less than a day");
        Self { minutes }
    }

    /// How many minutes it is ahead of UTC.
    pub const fn as_minutes(self) -> i16 {
        self.minutes
    }
}

fn since_epoch(count: i64, unit: fn(u64) -> Duration) -> Option<SystemTime> {
    let distance = unit(count.unsigned_abs());
    match count {
        0.. => SystemTime::UNIX_EPOCH.checked_add(distance),
        _ => SystemTime::UNIX_EPOCH.checked_sub(distance),
    }
}
