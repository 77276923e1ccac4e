//! The time that is reconciled.

use generated_client::diamond::SETTLEMENT_PERIOD;
use jiff::civil::{Date, DateTime};

/// A span of time, UTC+08:00: from a moment on, until before another.
///
/// Records belong to it by the time they were done, so that one that began on its last evening and was done on the next
/// day is not in it. Source: `reconciliation`, scenario 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first moment.
    pub from: DateTime,
    /// The first moment after.
    pub to: DateTime,
}

impl Window {
    /// A calendar month; `None` if there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let from = Date::new(year, month, 1).ok()?;
        Some(Self { from: from.at(0, 0, 0, 0), to: next_month(from)?.at(0, 0, 0, 0) })
    }

    /// The settlement month of diamonds, from the 20th of the month before to the 19th. Source: `diamond-faq`, questions
    /// on settlement 1.
    pub fn diamond_month(year: i16, month: i8) -> Option<Self> {
        let month = Date::new(year, month, 1).ok()?;
        let from = SETTLEMENT_PERIOD.first(month).ok()?;
        let to = SETTLEMENT_PERIOD.last(month).ok()?.tomorrow().ok()?;
        Some(Self { from: from.at(0, 0, 0, 0), to: to.at(0, 0, 0, 0) })
    }

    /// Whether the moment is in it.
    #[inline]
    pub fn contains(&self, moment: DateTime) -> bool {
        self.from <= moment && moment < self.to
    }

    /// Whether the day is in it.
    pub fn contains_day(&self, day: Date) -> bool {
        self.contains(day.at(0, 0, 0, 0))
    }
}

/// The first day of the month after that of `day`, which is the first of its own.
fn next_month(day: Date) -> Option<Date> {
    let (year, month) = (day.year(), day.month());
    if month == 12 { Date::new(year.checked_add(1)?, 1, 1) } else { Date::new(year, month + 1, 1) }
        .ok()
}
