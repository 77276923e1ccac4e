//! Limits that hold on a condition are of a number; if they say its unit, of an amount.

use crate::diagnostic::Diagnostics;
use crate::outline::Object;
use crate::spec::{Field, RangeIf};

use super::{Scope, conditions, limits};

pub(super) fn check(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    object: &Object<'_>,
    field: &Field,
) {
    for rule in field.range_if.iter() {
        conditions::check_condition(diagnostics, scope, object.fields, Some(field), &rule.when);
        limits::check_range(diagnostics, &field.shape, Some(&rule.range));
        check_unit(diagnostics, field, rule);
    }
}

fn check_unit(diagnostics: &mut Diagnostics, field: &Field, rule: &RangeIf) {
    let ty = &field.shape.ty;
    if let Some(unit) = rule.unit.as_ref().filter(|_| ty.value != "amount") {
        diagnostics
            .error(
                unit.span,
                "bad-unit",
                format_args!("a `{ty}` is not in {} by a condition", unit.value.word()),
            )
            .help("`unit` is for an `amount`; remove it");
    }
}
