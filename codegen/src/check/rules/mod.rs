//! What documents say beside tables of fields: figures, lists and functions of quantities.

mod names;
mod figures;
mod quantities;
mod functions;
mod decisions;

use crate::diagnostic::Diagnostics;
use crate::ir::ValueType;
use crate::model::rules::{Expression, Required};

use super::Scope;

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    let Some(rules) = &scope.domain.rules else { return };
    names::check(diagnostics, scope, rules.spec);
    figures::check(diagnostics, rules);
    for record in &rules.records {
        quantities::check_fields(diagnostics, &record.fields);
        check_requires(diagnostics, &record.requires);
    }
    functions::check(diagnostics, rules);
    for decision in &rules.decisions {
        decisions::check(diagnostics, scope.model, decision);
    }
}

fn check_requires(diagnostics: &mut Diagnostics, requires: &[Required<'_>]) {
    for required in requires {
        check_gives(diagnostics, &required.holds, &ValueType::Bool);
    }
}

/// Reports an expression that gives something else than is wanted.
fn check_gives(diagnostics: &mut Diagnostics, expression: &Expression<'_>, wanted: &ValueType) {
    if let Ok(found) = expression.ty()
        && !wanted.takes(found)
    {
        let (wanted, found) = (wanted.describe(), found.describe());
        let message = format_args!("this gives {found}, where {wanted} is expected");
        diagnostics
            .error(expression.text.span, "bad-unit", message)
            .help("change the expression, or the `type` of what it is for");
    }
}
