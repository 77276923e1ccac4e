//! Days that come again each month.

use jiff::Span;
use jiff::civil::Date;

use super::RuleFault;

/// Periods of a month's length, each from a day of one month to the day before it in the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthlyPeriod {
    starts_on: i8,
}

impl MonthlyPeriod {
    /// From this day, 1 to 28, which every month has.
    pub const fn starting_on(day: i8) -> Self {
        assert!(1 <= day && day <= 28, "every month has such a day");
        MonthlyPeriod { starts_on: day }
    }

    /// The first day of the period that a day is in.
    ///
    /// # Errors
    ///
    /// [`RuleFault::Overflow`] at the end of the calendar.
    pub fn first(self, day: Date) -> Result<Date, RuleFault> {
        let month = if day.day() >= self.starts_on { 0 } else { -1 };
        let first = months_after(day.first_of_month(), month)?;
        on(first, self.starts_on)
    }

    /// The last day of the period that a day is in.
    ///
    /// # Errors
    ///
    /// [`RuleFault::Overflow`] at the end of the calendar.
    pub fn last(self, day: Date) -> Result<Date, RuleFault> {
        let next = months_after(self.first(day)?, 1)?;
        next.yesterday().map_err(|_| RuleFault::Overflow)
    }
}

/// Single days of each month. A month that is too short for one is without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDays {
    days: &'static [i8],
}

impl MonthDays {
    /// These days, rising, of each month; the first is one that every month has.
    pub const fn new(days: &'static [i8]) -> Self {
        assert!(!days.is_empty() && 1 <= days[0] && days[0] <= 28, "every month has such a day");
        MonthDays { days }
    }

    /// The first of these days on or after a day.
    ///
    /// # Errors
    ///
    /// [`RuleFault::Overflow`] at the end of the calendar.
    pub fn next(self, day: Date) -> Result<Date, RuleFault> {
        let in_month = |day: Date, from: i8| {
            let there = self.days.iter().copied().find(|known| *known >= from);
            there.filter(|found| *found <= day.days_in_month())
        };
        match in_month(day, day.day()) {
            Some(found) => on(day, found),
            None => on(months_after(day.first_of_month(), 1)?, self.days[0]),
        }
    }

    /// Whether a day is one of them.
    pub fn contains(self, day: Date) -> bool {
        self.days.contains(&day.day())
    }
}

/// Days of a month that follows the month that they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthWindow {
    months_later: i32,
    from: i8,
    to: i8,
}

impl MonthWindow {
    /// From one day to another, both included, of the month so many months later.
    pub const fn new(months_later: i32, from: i8, to: i8) -> Self {
        assert!(1 <= from && from <= to && to <= 31, "a window has a first and a last day");
        MonthWindow { months_later, from, to }
    }

    /// Its first day, for the month that a day is in; the month's last day if the month is too short.
    ///
    /// # Errors
    ///
    /// [`RuleFault::Overflow`] at the end of the calendar.
    pub fn first(self, day: Date) -> Result<Date, RuleFault> {
        self.on(day, self.from)
    }

    /// Its last day, for the month that a day is in; the month's last day if the month is too short.
    ///
    /// # Errors
    ///
    /// [`RuleFault::Overflow`] at the end of the calendar.
    pub fn last(self, day: Date) -> Result<Date, RuleFault> {
        self.on(day, self.to)
    }

    fn on(self, day: Date, of_month: i8) -> Result<Date, RuleFault> {
        let month = months_after(day.first_of_month(), self.months_later)?;
        on(month, of_month.min(month.days_in_month()))
    }
}

fn months_after(day: Date, months: i32) -> Result<Date, RuleFault> {
    day.checked_add(Span::new().months(months)).map_err(|_| RuleFault::Overflow)
}

/// The day of this number in the month that a day is in.
fn on(month: Date, day: i8) -> Result<Date, RuleFault> {
    Date::new(month.year(), month.month(), day).map_err(|_| RuleFault::Overflow)
}
