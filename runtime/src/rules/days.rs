//! Natural days by the platform's clock.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};

use super::{Calc, RuleFault};

/// The platform's clock is eight hours ahead of UTC all year. No document says so; it is the time of Beijing.
pub const PLATFORM_OFFSET: Offset = Offset::constant(8);

/// A number of natural days, from midnight to midnight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(pub i64);

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} days", self.0)
    }
}

/// The day that a moment is in.
pub fn day(time: Timestamp) -> Date {
    PLATFORM_OFFSET.to_datetime(time).date()
}

/// The month that a day is in, from 1 to 12.
pub fn month(day: Date) -> Calc {
    Calc::from(i64::from(day.month()))
}

/// The first moment of a day.
///
/// # Errors
///
/// [`RuleFault::Overflow`] if that is out of the range of times.
pub fn start(day: Date) -> Result<Timestamp, RuleFault> {
    let midnight = day.to_zoned(TimeZone::fixed(PLATFORM_OFFSET));
    midnight.map(|zoned| zoned.timestamp()).map_err(|_| RuleFault::Overflow)
}

/// So many days after a day, or before it if the number is negative.
///
/// # Errors
///
/// [`RuleFault::Overflow`] if that is out of the calendar; what went wrong while the number was computed.
pub fn days_after(day: Date, days: impl Into<Calc>) -> Result<Date, RuleFault> {
    let days = days.into().whole("days")?;
    let span = Span::new().try_days(days).map_err(|_| RuleFault::Overflow)?;
    day.checked_add(span).map_err(|_| RuleFault::Overflow)
}
