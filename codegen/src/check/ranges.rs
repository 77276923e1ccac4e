//! Ranges are of a number, and their bounds are numbers of its type. One that holds on a condition may say the unit of an
//! amount.

use std::cmp::Ordering;

use crate::diagnostic::Diagnostics;
use crate::ir::Integer;
use crate::model::{Field, Model, RangeIf, Shape, Type};
use crate::source::{Bound, Located};
use crate::spec::Range;

use super::{conditions, misplaced, money};

/// What a range is for.
pub(super) const OF_NUMBERS: &str = "a number has a `range`";

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, field: &Field<'_>) {
    for rule in &field.range_if {
        conditions::check_condition(diagnostics, model, &rule.when);
        let (shape, range) = (&field.shape, &rule.spec.range);
        check_range(diagnostics, model, shape, range);
        check_unit(diagnostics, field, rule);
    }
}

fn check_unit(diagnostics: &mut Diagnostics, field: &Field<'_>, rule: &RangeIf<'_>) {
    let (Some(name), Some(unit)) = (&rule.spec.unit, &rule.unit) else { return };
    match &field.shape.ty {
        Type::Error => {}
        Type::Money(amount) if amount.spec.is_either() => {
            money::check_condition(diagnostics, *amount, name, unit);
        }
        _ => {
            let ty = field.shape.written;
            let message = format_args!("a `{ty}` is not in {name} by a condition");
            diagnostics
                .error(name.span, "bad-unit", message)
                .help("`unit` is for an amount in one of several units; remove it");
        }
    }
}

/// The bounds of a number, whether they hold always or on a condition.
pub(super) fn check_range(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    shape: &Shape<'_>,
    Located { value: range, span }: &Located<Range>,
) {
    let bounds = [range.min.as_ref(), range.max.as_ref()];
    let Some(first) = bounds.into_iter().flatten().next() else {
        diagnostics
            .error(*span, "empty-limit", "`range` limits nothing")
            .help("write `range: { max: 64 }`, or remove it");
        return;
    };
    if matches!(shape.ty, Type::Error) {
        return;
    }
    if !shape.ty.is_number() {
        return misplaced(diagnostics, model, shape, "range", first.span, OF_NUMBERS);
    }
    for bound in bounds.into_iter().flatten() {
        check_bound(diagnostics, shape, bound);
    }
    if let (Some(min), Some(max)) = (&range.min, &range.max)
        && min.value.compare(&max.value) == Ordering::Greater
    {
        let message = format_args!("the lowest `range` {min} is above the highest {max}");
        diagnostics.error(min.span, "bad-limit", message).help("swap the two, or correct one");
    }
}

/// A bound is a number that the type has.
fn check_bound(diagnostics: &mut Diagnostics, shape: &Shape<'_>, bound: &Located<Bound>) {
    let (lowest, highest) = match shape.ty {
        Type::Number(number) => number.ends(),
        Type::Money(_) => Integer::Int.ends(),
        _ => return,
    };
    let is_one = bound.value.whole().is_some_and(|bound| (lowest..=highest).contains(&bound));
    if !is_one {
        let help = format_args!(
            "a bound of `{}` is a whole number from {lowest} to {highest}",
            shape.written
        );
        let message = format_args!("`range` cannot be {bound}");
        diagnostics.error(bound.span, "bad-limit", message).help(help);
    }
}
