//! The values of examples are of the types of what they are given for.

use crate::diagnostic::Diagnostics;
use crate::expression::{Type, is_optional};
use crate::source::{Decimal, List, Located, Span};
use crate::spec::rules::{Example, Given, Outcome, Quantity};
use crate::spelling::advice;

use super::Book;
use super::keys::Keys;

/// What an example must give.
pub(super) enum Wanted<'a> {
    Quantity(&'a Quantity),
    /// By how much the sides of an identity differ.
    Gap,
    /// Requirements of these names.
    Unmet(&'a [&'a str]),
    Outcome(&'a List<Outcome>),
}

pub(super) fn check(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    takes: &[Quantity],
    wanted: &Wanted<'_>,
    examples: &[Example],
) {
    for example in examples {
        check_fields(diagnostics, book, takes, &example.given);
        check_wanted(diagnostics, book, wanted, &example.gives);
    }
}

fn check_wanted(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    wanted: &Wanted<'_>,
    gives: &Located<Given>,
) {
    match wanted {
        Wanted::Quantity(quantity) => check_quantity(diagnostics, book, quantity, gives),
        Wanted::Gap => check_number(diagnostics, gives, None),
        Wanted::Unmet(known) => match &gives.value {
            Given::List(items) => {
                items.iter().for_each(|item| check_name(diagnostics, known, "requirement", item));
            }
            _ => report(
                diagnostics,
                gives.span,
                "a list of the requirements that are not met, or `[]`",
            ),
        },
        Wanted::Outcome(outcomes) => check_outcome(diagnostics, book, outcomes, gives),
    }
}

fn check_outcome(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    outcomes: &List<Outcome>,
    gives: &Located<Given>,
) {
    let none = Located { value: Given::Map(Vec::new()), span: gives.span };
    let (name, fields) = match &gives.value {
        Given::Map(entries) if entries.len() == 1 => {
            let (name, fields) = &entries[0];
            (Located { value: Given::Scalar(name.value.clone()), span: name.span }, fields)
        }
        Given::Scalar(_) => (gives.clone(), &none),
        _ => {
            return report(
                diagnostics,
                gives.span,
                "the name of an outcome, with its fields or without",
            );
        }
    };
    let known: Vec<&str> = outcomes.iter().map(|outcome| outcome.name.value.0.as_str()).collect();
    if outcomes.whole {
        check_name(diagnostics, &known, "outcome", &name);
    }
    let Given::Scalar(text) = &name.value else { return };
    if let Some(outcome) = outcomes.iter().find(|outcome| outcome.name.value.0 == *text) {
        check_fields(diagnostics, book, &outcome.fields, fields);
    }
}

fn check_fields(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    quantities: &[Quantity],
    given: &Located<Given>,
) {
    let Given::Map(entries) = &given.value else {
        return report(diagnostics, given.span, "a mapping of the quantities");
    };
    for (name, value) in entries {
        if let Some(quantity) = quantities.iter().find(|known| known.name.value.0 == name.value) {
            check_quantity(diagnostics, book, quantity, value);
        }
    }
    let needed = quantities.iter().filter(|quantity| !is_optional(quantity));
    let keys = Keys {
        kind: "quantity",
        known: quantities.iter().map(|quantity| quantity.name.value.0.as_str()).collect(),
        needed: needed.map(|quantity| quantity.name.value.0.as_str()).collect(),
        help: "an example gives every quantity but those that are optional",
    };
    keys.check(diagnostics, given.span, entries);
}

fn check_quantity(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    quantity: &Quantity,
    given: &Located<Given>,
) {
    let decimals =
        quantity.decimals.as_ref().and_then(|decimals| usize::try_from(decimals.value).ok());
    match book.vocabulary.type_of(quantity) {
        Some(Type::Number(_)) if quantity.ty.value == "ratio" => {
            check_number(diagnostics, given, decimals);
        }
        Some(Type::Number(_)) => check_number(diagnostics, given, Some(decimals.unwrap_or(0))),
        Some(Type::Bool) if !matches!(text(given), Some("true" | "false")) => {
            report(diagnostics, given.span, "`true` or `false`");
        }
        Some(Type::Time { .. }) if !text(given).is_some_and(is_time) => {
            report(diagnostics, given.span, "a time, as 2026-03-31T23:45");
        }
        Some(Type::Day { .. }) if !text(given).is_some_and(is_day) => {
            report(diagnostics, given.span, "a day, as 2026-03-31");
        }
        Some(Type::Item(list)) => {
            if let Some(list) = book.vocabulary.list(&list) {
                let names: Vec<&str> =
                    list.items.iter().map(|item| item.name.value.0.as_str()).collect();
                check_name(diagnostics, &names, "item", given);
            }
        }
        Some(Type::Record(record)) => check_record(diagnostics, book, &record, given),
        Some(Type::Rows(record)) => check_rows(diagnostics, book, &record, given),
        _ => {}
    }
}

fn check_rows(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    record: &str,
    given: &Located<Given>,
) {
    let Given::List(rows) = &given.value else {
        return report(diagnostics, given.span, "a list of rows");
    };
    rows.iter().for_each(|row| check_record(diagnostics, book, record, row));
}

fn check_record(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    record: &str,
    given: &Located<Given>,
) {
    if let Some((_, record)) = book.rules.records.iter().find(|(name, _)| name.value == record) {
        check_fields(diagnostics, book, &record.fields, given);
    }
}

fn check_number(diagnostics: &mut Diagnostics, given: &Located<Given>, decimals: Option<usize>) {
    match text(given).and_then(Decimal::parse) {
        None => report(diagnostics, given.span, "a number in decimal digits, as 5000, 0.1 or 1 %"),
        Some(number) if decimals.is_some_and(|decimals| number.decimals() > decimals) => {
            let message = format_args!("{number} has more decimals than it can have");
            diagnostics
                .error(given.span, "wrong-shape", message)
                .help("say how many with `decimals` on the quantity");
        }
        Some(number) if decimals == Some(0) && !number.is_i64() => {
            report(diagnostics, given.span, "a whole number that 64 bits hold");
        }
        Some(_) => {}
    }
}

fn check_name(diagnostics: &mut Diagnostics, known: &[&str], kind: &str, given: &Located<Given>) {
    match text(given) {
        Some(name) if known.contains(&name) => {}
        Some(name) => {
            diagnostics
                .error(
                    given.span,
                    "unknown-name",
                    format_args!("there is no {kind} named `{name}`"),
                )
                .help(advice(name, known.iter().copied()));
        }
        None => report(diagnostics, given.span, "a name"),
    }
}

fn text(given: &Located<Given>) -> Option<&str> {
    match &given.value {
        Given::Scalar(text) => Some(text),
        _ => None,
    }
}

fn report(diagnostics: &mut Diagnostics, span: Span, wanted: &str) {
    diagnostics
        .error(span, "wrong-shape", format_args!("expected {wanted}"))
        .help("the value of an example is of the type of what it is given for");
}

/// `2026-03-31T23:45`, with seconds or without.
fn is_time(text: &str) -> bool {
    let Some((day, clock)) = text.split_once('T') else { return false };
    let parts: Vec<Option<u8>> = clock.split(':').map(two_digits).collect();
    let below = |part: &Option<u8>, limit: u8| part.is_some_and(|part| part < limit);
    let is_clock = match parts.as_slice() {
        [hour, minute] => below(hour, 24) && below(minute, 60),
        [hour, minute, second] => below(hour, 24) && below(minute, 60) && below(second, 60),
        _ => false,
    };
    is_day(day) && is_clock
}

/// `2026-03-31`, a day that is in the calendar.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    // The last year is not whole by the platform's clock.
    let year = year.parse::<u16>().ok().filter(|year| is_year && (1..9999).contains(year));
    let (Some(year), Some(month), Some(day)) = (year, two_digits(month), two_digits(day)) else {
        return false;
    };
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=last).contains(&day)
}

fn two_digits(text: &str) -> Option<u8> {
    let is_two = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_two { text.parse().ok() } else { None }
}
