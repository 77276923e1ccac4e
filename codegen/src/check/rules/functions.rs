//! Checklists, formulas and identities give what they say, and so do their examples.

use crate::diagnostic::Diagnostics;
use crate::expression::{Type, Unit};
use crate::source::{Located, Name};
use crate::spec::rules::{Checklist, Expression, Formula, Identity, Quantity, Required};

use super::values::{self, Wanted};
use super::{Book, check_expression, check_gives, check_requires, quantities};

pub(super) fn check(diagnostics: &mut Diagnostics, book: &Book<'_, '_>) {
    for (name, takes) in book.rules.takes().into_iter().filter(|(_, takes)| takes.whole) {
        if takes.is_empty() {
            diagnostics.error(name.span, "bad-list", format_args!("`{name}` takes nothing")).help(
                "add `takes: [{ name: amount, type: fen }]`; what always is the same is a constant",
            );
        }
    }
    for (name, item) in book.rules.checklists.iter() {
        check_checklist(diagnostics, book, name, item);
    }
    for (name, item) in book.rules.formulas.iter() {
        check_formula(diagnostics, book, name, item);
    }
    for (_, item) in book.rules.identities.iter() {
        check_identity(diagnostics, book, item);
    }
}

fn check_checklist(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    name: &Located<String>,
    item: &Checklist,
) {
    let names = quantities::check(diagnostics, book, &item.takes);
    for requirement in item.requirements.iter() {
        check_gives(diagnostics, &names, &requirement.needs, &Type::Bool);
    }
    if item.requirements.whole && item.requirements.is_empty() {
        diagnostics
            .error(name.span, "bad-list", format_args!("`{name}` has no requirements"))
            .help("add `requirements: [{ name: First, needs: … }]`");
    }
    let needs: Vec<_> = item.requirements.iter().map(|requirement| &requirement.needs).collect();
    quantities::check_uses(diagnostics, &names_of(&item.takes), &needs, &[]);
    let requirements = item.requirements.iter();
    let known: Vec<&str> = requirements.map(|item| item.name.value.0.as_str()).collect();
    values::check(diagnostics, book, &item.takes, &Wanted::Unmet(&known), &item.examples);
}

fn check_formula(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    name: &Located<String>,
    item: &Formula,
) {
    let names = quantities::check(diagnostics, book, &item.takes);
    let gives = quantities::check_result(diagnostics, book, name, &item.gives);
    match gives {
        Some(ty) => check_gives(diagnostics, &names, &item.is, &ty),
        None => drop(check_expression(diagnostics, &names, &item.is)),
    }
    check_requires(diagnostics, &names, &item.requires);
    let expressions = with_requires(vec![&item.is], &item.requires);
    quantities::check_uses(diagnostics, &names_of(&item.takes), &expressions, &[]);
    let gives = item.gives.as_quantity(name);
    values::check(diagnostics, book, &item.takes, &Wanted::Quantity(&gives), &item.examples);
}

fn check_identity(diagnostics: &mut Diagnostics, book: &Book<'_, '_>, item: &Identity) {
    let names = quantities::check(diagnostics, book, &item.takes);
    let left = check_expression(diagnostics, &names, &item.left);
    let right = check_expression(diagnostics, &names, &item.right);
    if let (Some(left), Some(right)) = (left, right) {
        check_sides(diagnostics, item, &left, &right);
    }
    check_requires(diagnostics, &names, &item.requires);
    let expressions = with_requires(vec![&item.left, &item.right], &item.requires);
    quantities::check_uses(diagnostics, &names_of(&item.takes), &expressions, &[]);
    values::check(diagnostics, book, &item.takes, &Wanted::Gap, &item.examples);
}

fn check_sides(diagnostics: &mut Diagnostics, item: &Identity, left: &Type, right: &Type) {
    if !left.takes(right) {
        let (left, right) = (left.describe(), right.describe());
        let message = format_args!("this gives {right}, and the other side {left}");
        diagnostics
            .error(item.right.span, "bad-unit", message)
            .help("bring both sides to one unit of money");
    } else if !is_money(left) && !is_money(right) {
        let message = format_args!("an identity of {} is none of money", left.describe());
        diagnostics
            .error(item.left.span, "bad-unit", message)
            .help("both sides are amounts in `fen`, `yuan` or `diamonds`");
    }
}

fn is_money(ty: &Type) -> bool {
    let units = ["fen", "yuan", "diamonds"].into_iter().filter_map(Unit::parse);
    units.map(Type::Number).any(|unit| unit == *ty)
}

/// The expressions and the conditions on what they are given.
pub(super) fn with_requires<'a>(
    mut expressions: Vec<&'a Located<Expression>>,
    requires: &'a [Required],
) -> Vec<&'a Located<Expression>> {
    expressions.extend(requires.iter().map(|required| &required.holds));
    expressions
}

fn names_of(takes: &[Quantity]) -> Vec<&Located<Name>> {
    takes.iter().map(|quantity| &quantity.name).collect()
}
