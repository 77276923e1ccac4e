//! Lists have items, calendars have days that a month has.

use crate::diagnostic::Diagnostics;
use crate::model::Item;
use crate::model::rules::Rules;
use crate::source::{Located, Span};
use crate::spec::rules::Calendar;

pub(super) fn check(diagnostics: &mut Diagnostics, rules: &Rules<'_>) {
    for Item { name, spec } in rules.lists.iter().copied() {
        if spec.items.whole && spec.items.is_empty() {
            diagnostics
                .error(name.span, "bad-list", format_args!("`{name}` has no items"))
                .help("add `items: [{ name: First }]`");
        }
    }
    for calendar in &rules.calendars {
        check_calendar(diagnostics, calendar.spec);
    }
}

fn check_calendar(diagnostics: &mut Diagnostics, calendar: &Calendar) {
    let Calendar { starts_on, days, window, .. } = calendar;
    if let Some(day) = starts_on {
        check_day(diagnostics, day, 28);
    }
    let mut before = 0;
    for day in days {
        check_day(diagnostics, day, if before == 0 { 28 } else { 31 });
        if day.value <= before {
            let message = format_args!("{day} does not follow {before}");
            bad_day(diagnostics, day.span, message, "the days of a month rise");
        }
        before = day.value;
    }
    if let Some(window) = window {
        check_day(diagnostics, &window.from, 31);
        check_day(diagnostics, &window.to, 31);
        if window.to.value < window.from.value {
            let message = format_args!("{} is before {}", window.to, window.from);
            bad_day(diagnostics, window.to.span, message, "a window ends after it begins");
        }
        if !(0..=12).contains(&window.months_later.value) {
            let message = format_args!("{} is not a number of months", window.months_later);
            bad_day(
                diagnostics,
                window.months_later.span,
                message,
                "write 0 for the same month, 1 for the next",
            );
        }
    }
}

fn check_day(diagnostics: &mut Diagnostics, day: &Located<i64>, last: i64) {
    if !(1..=last).contains(&day.value) {
        let help = match last {
            28 => "the first day is one that every month has, 1 to 28",
            _ => "write a day from 1 to 31",
        };
        bad_day(diagnostics, day.span, format_args!("{day} is not a day of this"), help);
    }
}

fn bad_day(
    diagnostics: &mut Diagnostics,
    span: Span,
    message: std::fmt::Arguments<'_>,
    help: &str,
) {
    diagnostics.error(span, "bad-calendar", message).help(help);
}
