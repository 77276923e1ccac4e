//! Values of examples, read by the type of what they are for.

use crate::diagnostic::Diagnostics;
use crate::model::rules::{Decided, Dimension, Outcome, Quantity, QuantityType, RecordId, Value};
use crate::model::{Reported, Resolved};
use crate::source::{Decimal, List, Located, Span};
use crate::spec::rules::{self as spec, Given};
use crate::spelling::advice;

use super::Book;
use super::keys::Keys;

/// A value for each quantity; an optional one that is not given is missing.
pub(super) fn resolve_fields<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    quantities: &[Quantity<'a>],
    given: &'a Located<Given>,
) -> Vec<Option<Value<'a>>> {
    let Given::Map(entries) = &given.value else {
        let _: Resolved<()> = report(diagnostics, given.span, "a mapping of the quantities");
        return Vec::new();
    };
    resolve_entries(diagnostics, book, quantities, given.span, entries)
}

fn resolve_entries<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    quantities: &[Quantity<'a>],
    span: Span,
    entries: &'a [(Located<String>, Located<Given>)],
) -> Vec<Option<Value<'a>>> {
    let optional =
        |quantity: &&Quantity<'_>| quantity.optional.is_some_and(|optional| optional.value);
    let needed = quantities.iter().filter(|quantity| !optional(quantity));
    let keys = Keys {
        kind: "quantity",
        known: quantities.iter().map(|quantity| quantity.name).collect(),
        needed: needed.map(|quantity| quantity.name).collect(),
        help: "an example gives every quantity but those that are optional",
    };
    keys.check(diagnostics, span, entries);
    let values = quantities.iter().map(|quantity| {
        let (_, given) = entries.iter().find(|(name, _)| name.value == quantity.name)?;
        Some(resolve_value(diagnostics, book, quantity, given))
    });
    values.collect()
}

pub(super) fn resolve_value<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    quantity: &Quantity<'a>,
    given: &'a Located<Given>,
) -> Value<'a> {
    let value = match quantity.ty {
        Ok(QuantityType::Number(number)) => {
            let decimals = decimals(quantity, number);
            resolve_number(diagnostics, given, decimals).map(Value::Number)
        }
        Ok(QuantityType::Bool) => resolve_bool(diagnostics, given).map(Value::Bool),
        Ok(QuantityType::Time { .. }) => {
            let time = resolve_text(diagnostics, given, is_time, "a time, as 2026-03-31T23:45");
            time.and_then(|time| require_clock(diagnostics, book, given, time))
        }
        Ok(QuantityType::Day { .. }) => {
            resolve_text(diagnostics, given, is_day, "a day, as 2026-03-31").map(Value::Day)
        }
        Ok(QuantityType::Item(list)) => {
            let names: Vec<&str> =
                list.spec.items.iter().map(|item| item.name.value.0.as_str()).collect();
            let item = resolve_name(diagnostics, &names, "item", given);
            item.map(|index| Value::Item { list, item: names[index] })
        }
        Ok(QuantityType::Record(id, _)) => {
            Ok(Value::Record(id, resolve_record(diagnostics, book, id, given)))
        }
        Ok(QuantityType::Rows(id, _)) => resolve_rows(diagnostics, book, id, given),
        Err(Reported) => Err(Reported),
    };
    value.unwrap_or(Value::Error)
}

/// How many decimals a number may have; any number if `None`.
fn decimals(quantity: &Quantity<'_>, number: Dimension<'_>) -> Option<usize> {
    let decimals = quantity.decimals.and_then(|decimals| usize::try_from(decimals.value).ok());
    match number {
        Dimension::Ratio => decimals,
        _ => Some(decimals.unwrap_or(0)),
    }
}

fn resolve_bool(diagnostics: &mut Diagnostics, given: &Located<Given>) -> Resolved<bool> {
    match text(given) {
        Some("true") => Ok(true),
        Some("false") => Ok(false),
        _ => report(diagnostics, given.span, "`true` or `false`"),
    }
}

/// A time is written by the platform's clock.
fn require_clock<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    given: &Located<Given>,
    time: &'a str,
) -> Resolved<Value<'a>> {
    if book.has_clock {
        return Ok(Value::Time(time));
    }
    diagnostics
        .error(given.span, "missing-key", "the spec does not say by which clock times are written")
        .help("add `time_zone: { offset: UTC+08:00, … }` to the file of what the domains share");
    Err(Reported)
}

fn resolve_text<'a>(
    diagnostics: &mut Diagnostics,
    given: &'a Located<Given>,
    fits: fn(&str) -> bool,
    wanted: &str,
) -> Resolved<&'a str> {
    match text(given) {
        Some(text) if fits(text) => Ok(text),
        _ => report(diagnostics, given.span, wanted),
    }
}

fn resolve_rows<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    id: RecordId,
    given: &'a Located<Given>,
) -> Resolved<Value<'a>> {
    let Given::List(rows) = &given.value else {
        return report(diagnostics, given.span, "a list of rows");
    };
    let rows = rows.iter().map(|row| resolve_record(diagnostics, book, id, row));
    Ok(Value::Rows(id, rows.collect()))
}

fn resolve_record<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    RecordId(index): RecordId,
    given: &'a Located<Given>,
) -> Vec<Option<Value<'a>>> {
    resolve_fields(diagnostics, book, &book.records[index].fields, given)
}

/// `decimals`: how many it may have; any number if `None`.
pub(super) fn resolve_number(
    diagnostics: &mut Diagnostics,
    given: &Located<Given>,
    decimals: Option<usize>,
) -> Resolved<Decimal> {
    match text(given).and_then(Decimal::parse) {
        None => report(diagnostics, given.span, "a number in decimal digits, as 5000, 0.1 or 1 %"),
        Some(number) if decimals.is_some_and(|decimals| number.decimals() > decimals) => {
            let message = format_args!("{number} has more decimals than it can have");
            diagnostics
                .error(given.span, "wrong-shape", message)
                .help("say how many with `decimals` on the quantity");
            Err(Reported)
        }
        Some(number) if decimals == Some(0) && !number.is_i64() => {
            report(diagnostics, given.span, "a whole number that 64 bits hold")
        }
        Some(number) => Ok(number),
    }
}

/// The places of the requirements that are not met, in the order of the document.
pub(super) fn resolve_unmet(
    diagnostics: &mut Diagnostics,
    requirements: &[spec::Requirement],
    given: &Located<Given>,
) -> Resolved<Vec<usize>> {
    let Given::List(items) = &given.value else {
        let wanted = "a list of the requirements that are not met, or `[]`";
        return report(diagnostics, given.span, wanted);
    };
    let known: Vec<&str> = requirements.iter().map(|item| item.name.value.0.as_str()).collect();
    let items = items.iter().map(|item| resolve_name(diagnostics, &known, "requirement", item));
    // All are looked up before any is missed, so that every fault is reported.
    let items: Vec<Resolved<usize>> = items.collect();
    let mut unmet = items.into_iter().collect::<Resolved<Vec<usize>>>()?;
    unmet.sort_unstable();
    unmet.dedup();
    Ok(unmet)
}

pub(super) fn resolve_outcome<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    spec: &List<spec::Outcome>,
    outcomes: &[Outcome<'a>],
    given: &'a Located<Given>,
) -> Resolved<Decided<'a>> {
    let (name, span, fields) = match &given.value {
        Given::Map(entries) if entries.len() == 1 => {
            let (name, fields) = &entries[0];
            (name.as_str(), name.span, Some(fields))
        }
        Given::Scalar(name) => (name.as_str(), given.span, None),
        _ => {
            let wanted = "the name of an outcome, with its fields or without";
            return report(diagnostics, given.span, wanted);
        }
    };
    let known: Vec<&str> = spec.iter().map(|outcome| outcome.name.value.0.as_str()).collect();
    let found = known.iter().position(|known| *known == name);
    if found.is_none() && spec.whole {
        report_name(diagnostics, &known, "outcome", name, span);
    }
    let outcome = found.ok_or(Reported)?;
    let quantities = &outcomes[outcome].fields;
    let fields = match fields {
        Some(fields) => resolve_fields(diagnostics, book, quantities, fields),
        None => resolve_entries(diagnostics, book, quantities, given.span, &[]),
    };
    Ok(Decided { outcome, fields })
}

/// The place of a name among those that are known.
fn resolve_name(
    diagnostics: &mut Diagnostics,
    known: &[&str],
    kind: &str,
    given: &Located<Given>,
) -> Resolved<usize> {
    let Some(name) = text(given) else { return report(diagnostics, given.span, "a name") };
    if let Some(index) = known.iter().position(|known| *known == name) {
        return Ok(index);
    }
    report_name(diagnostics, known, kind, name, given.span);
    Err(Reported)
}

fn report_name(diagnostics: &mut Diagnostics, known: &[&str], kind: &str, name: &str, span: Span) {
    diagnostics
        .error(span, "unknown-name", format_args!("there is no {kind} named `{name}`"))
        .help(advice(name, known.iter().copied()));
}

pub(super) fn text(given: &Located<Given>) -> Option<&str> {
    match &given.value {
        Given::Scalar(text) => Some(text),
        _ => None,
    }
}

fn report<T>(diagnostics: &mut Diagnostics, span: Span, wanted: &str) -> Resolved<T> {
    diagnostics
        .error(span, "wrong-shape", format_args!("expected {wanted}"))
        .help("the value of an example is of the type of what it is given for");
    Err(Reported)
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
