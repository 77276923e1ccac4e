//! Natural days by a clock.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};

use super::{Calc, RuleFault};
use crate::time::UtcOffset;

/// A number of natural days, from midnight to midnight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(pub i64);

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} days", self.0)
    }
}

/// The day that a moment is in, by a clock.
pub fn day(time: Timestamp, clock: UtcOffset) -> Date {
    offset(clock).to_datetime(time).date()
}

/// The month that a day is in, from 1 to 12.
pub fn month(day: Date) -> Calc {
    Calc::from(i64::from(day.month()))
}

/// The first moment of a day, by a clock.
///
/// # Errors
///
/// [`RuleFault::Overflow`] if that is out of the range of times.
pub fn start(day: Date, clock: UtcOffset) -> Result<Timestamp, RuleFault> {
    let midnight = day.to_zoned(TimeZone::fixed(offset(clock)));
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

pub(super) fn offset(clock: UtcOffset) -> Offset {
    let seconds = i32::from(clock.as_minutes()) * 60;
    Offset::from_seconds(seconds).expect("an offset is less than a day")
}
