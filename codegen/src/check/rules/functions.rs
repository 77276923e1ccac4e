//! Checklists, formulas and identities give what they say.

use crate::diagnostic::Diagnostics;
use crate::ir::ValueType;
use crate::model::rules::{Checklist, Formula, Identity, Required, Rules};
use crate::source::Located;
use crate::spec::rules::Expression;

use super::{check_gives, check_requires, quantities};

pub(super) fn check(diagnostics: &mut Diagnostics, rules: &Rules<'_>) {
    for (name, takes) in rules.spec.takes().into_iter().filter(|(_, takes)| takes.whole) {
        if takes.is_empty() {
            diagnostics.error(name.span, "bad-list", format_args!("`{name}` takes nothing")).help(
                "add `takes: [{ name: amount, type: cents }]`; what always is the same is a constant",
            );
        }
    }
    rules.checklists.iter().for_each(|item| check_checklist(diagnostics, item));
    rules.formulas.iter().for_each(|item| check_formula(diagnostics, item));
    rules.identities.iter().for_each(|item| check_identity(diagnostics, item));
}

fn check_checklist(diagnostics: &mut Diagnostics, item: &Checklist<'_>) {
    quantities::check(diagnostics, &item.takes);
    for requirement in &item.requirements {
        check_gives(diagnostics, &requirement.needs, &ValueType::Bool);
    }
    let name = item.name;
    if item.spec.requirements.whole && item.requirements.is_empty() {
        diagnostics
            .error(name.span, "bad-list", format_args!("`{name}` has no requirements"))
            .help("add `requirements: [{ name: First, needs: … }]`");
    }
    let needs: Vec<_> =
        item.requirements.iter().map(|requirement| requirement.needs.text).collect();
    quantities::check_uses(diagnostics, quantities::names(&item.takes), &needs, &[]);
}

fn check_formula(diagnostics: &mut Diagnostics, item: &Formula<'_>) {
    quantities::check(diagnostics, &item.takes);
    quantities::check_result(diagnostics, item);
    check_requires(diagnostics, &item.requires);
    let expressions = with_requires(vec![item.is.text], &item.requires);
    quantities::check_uses(diagnostics, quantities::names(&item.takes), &expressions, &[]);
}

fn check_identity(diagnostics: &mut Diagnostics, item: &Identity<'_>) {
    quantities::check(diagnostics, &item.takes);
    if let (Ok(left), Ok(right)) = (item.left.ty(), item.right.ty()) {
        check_sides(diagnostics, item, left, right);
    }
    check_requires(diagnostics, &item.requires);
    let expressions = with_requires(vec![item.left.text, item.right.text], &item.requires);
    quantities::check_uses(diagnostics, quantities::names(&item.takes), &expressions, &[]);
}

fn check_sides(
    diagnostics: &mut Diagnostics,
    item: &Identity<'_>,
    left: &ValueType,
    right: &ValueType,
) {
    if !left.takes(right) {
        let (left, right) = (left.describe(), right.describe());
        let message = format_args!("this gives {right}, and the other side {left}");
        diagnostics
            .error(item.right.text.span, "bad-unit", message)
            .help("bring both sides to one unit of money");
    } else if item.money().is_none() {
        let message = format_args!("both sides must be money, found {}", left.describe());
        diagnostics
            .error(item.left.text.span, "bad-unit", message)
            .help("both sides are amounts in one unit of money");
    }
}

/// The expressions and the conditions on what they are given.
pub(super) fn with_requires<'a>(
    mut expressions: Vec<&'a Located<Expression>>,
    requires: &[Required<'a>],
) -> Vec<&'a Located<Expression>> {
    expressions.extend(requires.iter().map(|required| required.holds.text));
    expressions
}
