//! What documents say beside tables of fields: names are looked up and expressions compiled, once.

mod units;
mod quantities;
mod functions;
mod decisions;
mod values;
mod tables;
mod keys;

use crate::diagnostic::Diagnostics;
use crate::expression::{Names, Row, Vocabulary, compile};
use crate::model::rules::{
    Calendar, CalendarDays, Constant, Derived, Expression, Quantity, RecordId, Required,
    RuleRecord, Rules,
};
use crate::model::{Item, Reported, Resolved, Table};
use crate::source::{List, Located};
use crate::spec::rules as spec;

use super::{Scope, items};

pub(super) fn resolve_rules<'a>(scope: &mut Scope<'_, 'a>, spec: &'a spec::Rules) -> Rules<'a> {
    let lists = items(&spec.lists);
    let calendars = resolve_calendars(scope.diagnostics, spec);
    let units = &scope.names.shared.units;
    let vocabulary = Vocabulary::default();
    let has_clock = scope.has_clock;
    let mut book = Book { spec, units, has_clock, lists: &lists, vocabulary, records: &[] };
    let constants = resolve_constants(scope.diagnostics, &book);
    book.vocabulary = self::vocabulary(spec, &constants, has_clock);
    let mut records: Vec<RuleRecord<'_>> = Vec::new();
    for (name, record) in spec.records.iter() {
        let (record, row) = resolve_record(scope.diagnostics, &book, name, record);
        book.vocabulary.add_record(name.as_str(), row);
        records.push(record);
    }
    let book = Book { records: &records, ..book };
    let diagnostics = &mut *scope.diagnostics;
    Rules {
        spec,
        tables: tables::resolve_tables(diagnostics, &book),
        checklists: functions::resolve_checklists(diagnostics, &book),
        formulas: functions::resolve_formulas(diagnostics, &book),
        identities: functions::resolve_identities(diagnostics, &book),
        decisions: decisions::resolve_decisions(scope, &book),
        constants,
        lists: lists.clone(),
        calendars,
        records,
    }
}

/// The rules of a domain and what their names lead to.
struct Book<'b, 'a> {
    spec: &'a spec::Rules,
    units: &'b Table<'a, crate::spec::Unit>,
    /// Whether the spec tells by which clock times are written.
    has_clock: bool,
    lists: &'b [Item<'a, spec::RuleList>],
    vocabulary: Vocabulary<'a>,
    records: &'b [RuleRecord<'a>],
}

impl<'a> Book<'_, 'a> {
    fn list(&self, name: &str) -> Option<Item<'a, spec::RuleList>> {
        self.lists.iter().copied().find(|list| list.name.value == name)
    }

    /// The record of this name, if it could be read, and whether there is one at all.
    fn record(&self, name: &str) -> Option<Resolved<(RecordId, &'a str)>> {
        if let Some(index) = self.spec.records.iter().position(|(known, _)| known.value == name) {
            let (name, _) = self.spec.records.iter().nth(index)?;
            return Some(Ok((RecordId(index), name.as_str())));
        }
        self.spec.records.names().any(|known| known.value == name).then_some(Err(Reported))
    }

    /// The names that an expression over quantities may use.
    fn names(&self, quantities: &[Quantity<'a>]) -> Names<'_, 'a> {
        let mut names = Names::new(&self.vocabulary);
        for quantity in quantities {
            let ty = quantity.ty.as_ref().ok().map(|ty| ty.value_type());
            names.add(quantity.name, ty);
        }
        names
    }
}

fn vocabulary<'a>(
    rules: &'a spec::Rules,
    constants: &[Constant<'a>],
    has_clock: bool,
) -> Vocabulary<'a> {
    let mut vocabulary = Vocabulary::new(has_clock);
    for name in rules.constants.names() {
        let known = constants.iter().find(|constant| constant.name.span == name.span);
        let unit = known.and_then(|constant| constant.figure.ok()).map(|figure| figure.unit());
        vocabulary.add_constant(name.as_str(), unit);
    }
    for (name, list) in rules.lists.iter() {
        let items = list.items.iter().map(|item| item.name.value.0.as_str());
        vocabulary.add_list(name.as_str(), items.collect());
    }
    for (name, calendar) in rules.calendars.iter() {
        vocabulary.add_calendar(name.as_str(), !calendar.days.is_empty());
    }
    vocabulary
}

fn resolve_constants<'a>(diagnostics: &mut Diagnostics, book: &Book<'_, 'a>) -> Vec<Constant<'a>> {
    let constants = book.spec.constants.iter().map(|(name, spec)| {
        let figure = units::figure(book, spec.ty.as_str());
        if figure.is_none() {
            let message = format_args!("there is no unit named `{}`", spec.ty);
            let words: Vec<String> = units::words(book).map(|word| format!("`{word}`")).collect();
            diagnostics.error(spec.ty.span, "bad-unit", message).help(format_args!(
                "a unit is one of {}, or one by another, as `a/b`",
                words.join(", ")
            ));
        }
        Constant { name, spec, figure: figure.unwrap_or(Err(Reported)) }
    });
    constants.collect()
}

fn resolve_calendars<'a>(
    diagnostics: &mut Diagnostics,
    rules: &'a spec::Rules,
) -> Vec<Calendar<'a>> {
    let calendars = rules.calendars.iter().map(|(name, spec)| {
        let spec::Calendar { starts_on, days, window, .. } = spec;
        let days = match (starts_on, days.as_slice(), window) {
            (Some(starts_on), [], None) => Ok(CalendarDays::Period { starts_on }),
            (None, [_, ..], None) => Ok(CalendarDays::Days(days)),
            (None, [], Some(window)) => Ok(CalendarDays::Window(window)),
            _ => {
                diagnostics
                    .error(name.span, "bad-calendar", format_args!("`{name}` is not of one kind"))
                    .help("give exactly one of `starts_on`, `days`, `window`");
                Err(Reported)
            }
        };
        Calendar { name, spec, days }
    });
    calendars.collect()
}

/// A record, and what each row of it has in expressions.
fn resolve_record<'a>(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, 'a>,
    name: &'a Located<String>,
    spec: &'a spec::RuleRecord,
) -> (RuleRecord<'a>, Row<'a>) {
    let fields = quantities::resolve_quantities(diagnostics, book, &spec.fields);
    let mut row = Row::default();
    for field in &fields {
        row.add_field(field.name, field.ty.as_ref().ok().map(|ty| ty.value_type()));
    }
    let mut names = book.names(&fields);
    let mut derived = Vec::new();
    for item in spec.derived.iter() {
        let is = resolve_expression(diagnostics, &names, &item.is);
        let name = item.name.value.0.as_str();
        names.add_derived(name, is.ty().ok().cloned());
        row.add_derived(name, is.ty().ok().cloned());
        derived.push(Derived { spec: item, is });
    }
    let requires = resolve_requires(diagnostics, &names, &spec.requires);
    (RuleRecord { name, spec, fields, requires, derived }, row)
}

fn resolve_requires<'a>(
    diagnostics: &mut Diagnostics,
    names: &Names<'_, 'a>,
    requires: &'a List<spec::Required>,
) -> Vec<Required<'a>> {
    let requires = requires.iter().map(|spec| {
        let holds = resolve_expression(diagnostics, names, &spec.holds);
        Required { spec, holds }
    });
    requires.collect()
}

/// Compiles an expression; what is wrong with it is reported.
fn resolve_expression<'a>(
    diagnostics: &mut Diagnostics,
    names: &Names<'_, 'a>,
    text: &'a Located<spec::Expression>,
) -> Expression<'a> {
    let written = &text.value.0;
    let expr = compile(names, written).map_err(|faults| {
        for fault in faults {
            let part = &written[fault.start..fault.end];
            if fault.code == "unknown-name" && diagnostics.is_unread(part) {
                continue;
            }
            let span = diagnostics.stretch(text.span, written, fault.start, fault.end);
            diagnostics.error(span, fault.code, fault.message).help_if(fault.help);
        }
        Reported
    });
    Expression { text, expr }
}
