//! What documents say beside tables of fields: figures, lists and functions of quantities.

mod names;
mod figures;
mod tables;
mod quantities;
mod functions;
mod decisions;
mod values;

mod keys;

use crate::diagnostic::Diagnostics;
use crate::expression::{Names, Type, Vocabulary, compile};
use crate::source::{List, Located};
use crate::spec::rules::{Expression, Required, RuleRecord, Rules};

use super::Scope;

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    let Some(rules) = &scope.domain.file.rules else { return };
    let book = Book { scope, rules, vocabulary: &Vocabulary::of(rules) };
    names::check(diagnostics, &book);
    figures::check(diagnostics, rules);
    tables::check(diagnostics, &book);
    for (_, record) in rules.records.iter() {
        check_record(diagnostics, &book, record);
    }
    functions::check(diagnostics, &book);
    for (name, decision) in rules.decisions.iter() {
        decisions::check(diagnostics, &book, name, decision);
    }
}

/// The rules of a domain and what their names mean.
struct Book<'b, 'a> {
    scope: &'b Scope<'b, 'a>,
    rules: &'a Rules,
    vocabulary: &'b Vocabulary<'a>,
}

fn check_record(diagnostics: &mut Diagnostics, book: &Book<'_, '_>, record: &RuleRecord) {
    let mut names = quantities::check_fields(diagnostics, book, &record.fields);
    for derived in record.derived.iter() {
        let name = &derived.name.value.0;
        match check_expression(diagnostics, &names, &derived.is) {
            Some(ty) => names.add_derived(name, ty),
            None => names.add_broken(name),
        }
    }
    check_requires(diagnostics, &names, &record.requires);
}

fn check_requires(diagnostics: &mut Diagnostics, names: &Names<'_, '_>, requires: &List<Required>) {
    for required in requires.iter() {
        check_gives(diagnostics, names, &required.holds, &Type::Bool);
    }
}

/// Adds the value of an expression to the names.
fn add_checked(
    diagnostics: &mut Diagnostics,
    names: &mut Names<'_, '_>,
    name: &str,
    is: &Located<Expression>,
) {
    match check_expression(diagnostics, names, is) {
        Some(ty) => names.add(name, ty),
        None => names.add_broken(name),
    }
}

/// What an expression gives; what is wrong with it is reported.
fn check_expression(
    diagnostics: &mut Diagnostics,
    names: &Names<'_, '_>,
    expression: &Located<Expression>,
) -> Option<Type> {
    let text = &expression.value.0;
    let faults = match compile(names, text) {
        Ok((_, ty)) => return Some(ty),
        Err(faults) => faults,
    };
    for fault in faults {
        let part = &text[fault.start..fault.end];
        if fault.code == "unknown-name" && diagnostics.is_unread(part) {
            continue;
        }
        let span = diagnostics.stretch(expression.span, text, fault.start, fault.end);
        let complaint = diagnostics.error(span, fault.code, fault.message);
        if let Some(help) = fault.help {
            complaint.help(help);
        }
    }
    None
}

/// Reports an expression that gives something else than is wanted.
fn check_gives(
    diagnostics: &mut Diagnostics,
    names: &Names<'_, '_>,
    expression: &Located<Expression>,
    wanted: &Type,
) {
    if let Some(found) = check_expression(diagnostics, names, expression)
        && !wanted.takes(&found)
    {
        let (wanted, found) = (wanted.describe(), found.describe());
        let message = format_args!("this gives {found}, where {wanted} is wanted");
        diagnostics
            .error(expression.span, "bad-unit", message)
            .help("change the expression, or the `type` of what it is for");
    }
}
