//! What rules are given: with bounds of their own unit, and used.

use crate::diagnostic::Diagnostics;
use crate::model::rules::{Formula, Quantity, QuantityType};
use crate::source::{Located, Span};
use crate::spec::rules::Expression;

use super::check_gives;

/// More than the numbers of the generated code can hold beside an amount.
const MOST_DECIMALS: i64 = 12;

pub(super) fn check(diagnostics: &mut Diagnostics, quantities: &[Quantity<'_>]) {
    quantities.iter().for_each(|quantity| check_quantity(diagnostics, quantity));
}

/// The fields of a record; a record holds no other.
pub(super) fn check_fields(diagnostics: &mut Diagnostics, fields: &[Quantity<'_>]) {
    for field in fields {
        if let Ok(QuantityType::Rows(..) | QuantityType::Record(..)) = field.ty {
            diagnostics
                .error(field.written.span, "bad-type", "a record holds no other records")
                .help("give both to the rule that needs them");
        }
    }
    check(diagnostics, fields);
}

/// What comes out of a formula is a single value, and what is computed is one.
pub(super) fn check_result(diagnostics: &mut Diagnostics, formula: &Formula<'_>) {
    check_quantity(diagnostics, &formula.gives);
    let Ok(ty) = &formula.gives.ty else { return };
    if let QuantityType::Rows(..) | QuantityType::Record(..) = ty {
        diagnostics
            .error(formula.gives.written.span, "bad-type", "a formula gives a single value")
            .help("give what is computed, as `sum(rows, amount)`");
        return;
    }
    if let Some(rounding) = &formula.spec.gives.rounding
        && !matches!(ty, QuantityType::Number(_))
    {
        diagnostics
            .error(rounding.span, "bad-unit", "only a number is rounded")
            .help("remove `rounding`");
    }
    check_gives(diagnostics, &formula.is, &ty.value_type());
}

/// Reports what a rule asks for and has no use for. `asked` are the names of what is asked for by a step.
pub(super) fn check_uses<'a>(
    diagnostics: &mut Diagnostics,
    names: impl Iterator<Item = (&'a str, Span)>,
    expressions: &[&Located<Expression>],
    asked: &[&str],
) {
    let is_sign = |c: char| !c.is_alphanumeric() && c != '_';
    let words = expressions.iter().flat_map(|text| text.value.0.split(is_sign));
    let words: Vec<&str> = words.chain(asked.iter().copied()).collect();
    for (name, span) in names.filter(|(name, _)| !words.contains(name)) {
        diagnostics
            .error(span, "unused-name", format_args!("nothing uses `{name}`"))
            .help("remove it, or say in the expression what it is for");
    }
}

/// The names of quantities, and where they stand.
pub(super) fn names<'q, 'a>(
    quantities: &'q [Quantity<'a>],
) -> impl Iterator<Item = (&'a str, Span)> + 'q {
    quantities.iter().map(|quantity| (quantity.name, quantity.span))
}

fn check_quantity(diagnostics: &mut Diagnostics, quantity: &Quantity<'_>) {
    let Ok(ty) = &quantity.ty else { return };
    if let Some(optional) = quantity.optional.filter(|optional| optional.value)
        && !ty.is_optional()
    {
        diagnostics
            .error(optional.span, "bad-type", "only a time or a day may be missing")
            .help("remove `optional`; say 0 or false where there is nothing");
    }
    if let Some(of) = quantity.of.filter(|_| !matches!(ty, QuantityType::Rows(..))) {
        diagnostics
            .error(of.span, "bad-type", "only `rows` are of a record")
            .help("remove `of`, or write `type: rows`");
    }
    check_decimals(diagnostics, quantity, ty);
    for bound in [&quantity.min, &quantity.max].into_iter().flatten() {
        if matches!(ty, QuantityType::Number(_)) {
            check_gives(diagnostics, bound, &ty.value_type());
        } else {
            diagnostics
                .error(bound.text.span, "bad-type", "only a number has bounds")
                .help("remove it");
        }
    }
}

fn check_decimals(diagnostics: &mut Diagnostics, quantity: &Quantity<'_>, ty: &QuantityType<'_>) {
    let has_decimals = matches!(ty, QuantityType::Number(number) if number.may_have_decimals());
    if let Some(decimals) = quantity.decimals
        && (!has_decimals || !(0..=MOST_DECIMALS).contains(&decimals.value))
    {
        diagnostics
            .error(decimals.span, "bad-type", format_args!("it cannot have {decimals} decimals"))
            .help(format_args!(
                "a ratio or an amount of money has 0 to {MOST_DECIMALS}, and nothing else has any"
            ));
    }
}
