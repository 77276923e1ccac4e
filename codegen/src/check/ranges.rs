//! Limits that hold on a condition are of a number; if they say its unit, of an amount.

use crate::diagnostic::Diagnostics;
use crate::ir::{Measure, Number};
use crate::model::{Field, Model, RangeIf, Type};

use super::{conditions, limits};

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, field: &Field<'_>) {
    for rule in &field.range_if {
        conditions::check_condition(diagnostics, model, &rule.when);
        let (shape, range) = (&field.shape, &rule.spec.range);
        limits::check_bounds(diagnostics, model, shape, Measure::Range, range);
        check_unit(diagnostics, field, rule);
    }
}

fn check_unit(diagnostics: &mut Diagnostics, field: &Field<'_>, rule: &RangeIf<'_>) {
    let is_amount = matches!(field.shape.ty, Type::Number(Number::Amount) | Type::Error);
    let ty = field.shape.written;
    if let Some(unit) = rule.spec.unit.as_ref().filter(|_| !is_amount) {
        diagnostics
            .error(
                unit.span,
                "bad-unit",
                format_args!("a `{ty}` is not in {} by a condition", unit.value.word()),
            )
            .help("`unit` is for an `amount`; remove it");
    }
}
