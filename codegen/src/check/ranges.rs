//! Limits that hold on a condition are of a number; if they say its unit, of an amount.

use crate::diagnostic::Diagnostics;
use crate::ir::Measure;
use crate::model::{Field, Model, RangeIf, Type};

use super::{conditions, limits, money};

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, field: &Field<'_>) {
    for rule in &field.range_if {
        conditions::check_condition(diagnostics, model, &rule.when);
        let (shape, range) = (&field.shape, &rule.spec.range);
        limits::check_bounds(diagnostics, model, shape, Measure::Range, range);
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
