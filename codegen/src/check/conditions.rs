//! Conditions are on a field beside, on values that it can have, and can hold.

use crate::diagnostic::Diagnostics;
use crate::outline::Object;
use crate::source::{Located, Scalar};
use crate::spec::{Condition, Field};
use crate::symbols;

use super::{Scope, values};

pub(super) fn check(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    object: &Object<'_>,
    field: &Field,
) {
    for condition in [&field.required_if, &field.forbidden_if].into_iter().flatten() {
        check_kind(diagnostics, condition);
        if let Some(other) = check_other(diagnostics, object, field, condition) {
            check_values(diagnostics, scope, other, condition);
            check_can_hold(diagnostics, scope, other, condition);
        }
    }
    if let (Some(required), Some(forbidden)) = (&field.required_if, &field.forbidden_if) {
        check_apart(diagnostics, field, required, forbidden);
    }
}

fn check_kind(diagnostics: &mut Diagnostics, condition: &Condition) {
    let kinds =
        [!condition.is.is_empty(), !condition.is_not.is_empty(), condition.present.is_some()];
    let kinds = kinds.into_iter().filter(|given| *given).count();
    if kinds != 1 {
        diagnostics
            .error(
                condition.field.span,
                "bad-condition",
                format_args!("{kinds} tests instead of one"),
            )
            .help("give one of `is: value`, `is_not: value`, `present: true`, `present: false`");
    }
}

/// The field that the condition is on.
fn check_other<'a>(
    diagnostics: &mut Diagnostics,
    object: &Object<'a>,
    field: &Field,
    condition: &Condition,
) -> Option<&'a Field> {
    let name = &condition.field;
    if name.value == field.name.value {
        let message = format_args!("`{name}` depends on itself");
        diagnostics.error(name.span, "bad-condition", message);
        return None;
    }
    let other = object.fields.items.iter().find(|other| other.name.value == name.value);
    if other.is_none() && object.fields.whole {
        let known = object.fields.items.iter().map(|field| field.name.as_str());
        symbols::report_unknown(diagnostics, "field", name, known);
    }
    other
}

fn check_values(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    other: &Field,
    condition: &Condition,
) {
    for value in condition.is.iter().chain(&condition.is_not) {
        if let Some(objection) = values::objection(scope, &other.shape, &value.value) {
            let message = format_args!("`{}` is never {value}", other.name);
            diagnostics.error(value.span, "bad-condition", message).help(objection);
        }
    }
}

/// A condition that never or always holds says something else than its author meant.
fn check_can_hold(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    other: &Field,
    condition: &Condition,
) {
    let required = other.required.as_ref().is_some_and(|required| required.value);
    if let Some(present) = condition.present.as_ref().filter(|_| required) {
        let always = if present.value { "always" } else { "never" };
        let message = format_args!("`{}` is required, so this {always} holds", other.name);
        diagnostics.error(present.span, "bad-condition", message);
    }
    if required && !condition.is_not.is_empty() && is_all_values(scope, other, &condition.is_not) {
        let message = format_args!("`{}` is required and has no other value", other.name);
        diagnostics
            .error(condition.field.span, "bad-condition", message)
            .help("this condition never holds");
    }
}

fn is_all_values(scope: &Scope<'_>, other: &Field, values: &[Located<Scalar>]) -> bool {
    let listed = |value: &Scalar| values.iter().any(|listed| listed.value == *value);
    match scope.symbols.item(scope.domain, other.shape.ty.as_str()) {
        Some(symbols::Item::Enum(item)) => {
            item.values.iter().all(|value| listed(&value.value.value))
        }
        _ => other.shape.ty.value == "bool" && [true, false].map(Scalar::Bool).iter().all(listed),
    }
}

/// A field that is required and forbidden at once can never be right.
fn check_apart(
    diagnostics: &mut Diagnostics,
    field: &Field,
    required: &Condition,
    forbidden: &Condition,
) {
    if required.field.value != forbidden.field.value || !overlap(required, forbidden) {
        return;
    }
    let required = diagnostics.place(required.field.span);
    let message = format_args!("`{}` is required and forbidden at once", field.name);
    diagnostics
        .error(forbidden.field.span, "contradiction", message)
        .help(format_args!("the condition at {required} can hold together with this one"));
}

/// Whether two conditions on one field can hold together.
fn overlap(a: &Condition, b: &Condition) -> bool {
    let any_in = |of: &[Located<Scalar>], list: &[Located<Scalar>]| {
        of.iter().any(|value| list.iter().any(|other| other.value == value.value))
    };
    let all_in = |of: &[Located<Scalar>], list: &[Located<Scalar>]| {
        of.iter().all(|value| list.iter().any(|other| other.value == value.value))
    };
    let present = |condition: &Condition| condition.present.as_ref().map(|present| present.value);
    match (present(a), present(b)) {
        (Some(a), Some(b)) => a == b,
        (Some(present), None) => present || !b.is_not.is_empty(),
        (None, Some(present)) => present || !a.is_not.is_empty(),
        (None, None) if !a.is.is_empty() && !b.is.is_empty() => any_in(&a.is, &b.is),
        (None, None) if !a.is.is_empty() => !all_in(&a.is, &b.is_not),
        (None, None) if !b.is.is_empty() => !all_in(&b.is, &a.is_not),
        // Two negations both hold when the field is absent.
        (None, None) => true,
    }
}
