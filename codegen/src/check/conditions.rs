//! Conditions are on a field beside, on values that it can have, and can hold.

use crate::diagnostic::Diagnostics;
use crate::outline::Object;
use crate::source::{List, Located, Scalar, Span, is_set};
use crate::spec::{Condition, Field};
use crate::symbols::{self, Item};

use super::{Scope, values};

pub(super) fn check(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    object: &Object<'_>,
    field: &Field,
) {
    for condition in [&field.required_if, &field.forbidden_if].into_iter().flatten() {
        check_condition(diagnostics, scope, object.fields, Some(field), condition);
    }
    if let (Some(required), Some(forbidden)) = (&field.required_if, &field.forbidden_if) {
        check_apart(diagnostics, scope, object, field, (required, forbidden));
    }
}

/// `fields` are those of the object that the condition is on, `own` the one of them that it is a rule of.
pub(super) fn check_condition(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    fields: &List<Field>,
    own: Option<&Field>,
    condition: &Condition,
) {
    if !check_kind(diagnostics, condition) {
        return;
    }
    if let Some(other) = check_other(diagnostics, fields, own, condition) {
        if other.shape.ty.value == "function" {
            return report_function(diagnostics, &condition.field);
        }
        check_values(diagnostics, scope, other, condition);
        check_can_hold(diagnostics, scope, other, condition);
    }
}

fn check_kind(diagnostics: &mut Diagnostics, condition: &Condition) -> bool {
    let kinds =
        [!condition.is.is_empty(), !condition.is_not.is_empty(), condition.present.is_some()];
    let kinds = kinds.into_iter().filter(|given| *given).count();
    if kinds != 1 {
        let message = format_args!("the condition on `{}` has {kinds} tests", condition.field);
        diagnostics
            .error(condition.field.span, "bad-condition", message)
            .help("give one of `is: value`, `is_not: value`, `present: true`, `present: false`");
    }
    kinds == 1
}

/// The field that the condition is on.
fn check_other<'a>(
    diagnostics: &mut Diagnostics,
    fields: &'a List<Field>,
    own: Option<&Field>,
    condition: &Condition,
) -> Option<&'a Field> {
    let name = &condition.field;
    if own.is_some_and(|own| own.name.value == name.value) {
        diagnostics
            .error(name.span, "bad-condition", format_args!("`{name}` depends on itself"))
            .help("name another field of the object");
        return None;
    }
    let other = fields.iter().find(|other| other.name.value == name.value);
    if other.is_none() && fields.whole {
        let known = fields.iter().map(|field| field.name.as_str());
        symbols::report_unknown(diagnostics, "field", name, known);
    }
    other
}

/// No server sends a function, so no rule can ask for one.
pub(super) fn report_function(diagnostics: &mut Diagnostics, name: &Located<String>) {
    diagnostics
        .error(
            name.span,
            "bad-condition",
            format_args!("`{name}` is a function, which is never sent"),
        )
        .help("name another field, or say it in a note");
}

fn check_values(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    other: &Field,
    condition: &Condition,
) {
    for value in condition.is.iter().chain(&condition.is_not) {
        if let Some(objection) = values::objection(scope, &other.shape, &value.value) {
            let message = format_args!("`{}` cannot be {value}", other.name);
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
    let states = states(scope, other, &[condition]);
    let always = states.iter().all(|state| holds(condition, *state));
    if always || !states.iter().any(|state| holds(condition, *state)) {
        let always = if always { "always" } else { "never" };
        let message = format_args!("this condition on `{}` {always} holds", other.name);
        let why = match condition.present {
            Some(_) => "so it is always given",
            None => "and has no other values",
        };
        diagnostics
            .error(test_span(condition), "bad-condition", message)
            .help(format_args!("`{}` is required, {why}", other.name));
    }
}

fn test_span(condition: &Condition) -> Span {
    let values = condition.is.iter().chain(&condition.is_not).map(|value| value.span);
    let present = condition.present.iter().map(|present| present.span);
    present.chain(values).next().unwrap_or(condition.field.span)
}

/// A field that is required and forbidden at once can never be right.
fn check_apart(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    object: &Object<'_>,
    field: &Field,
    (required, forbidden): (&Condition, &Condition),
) {
    if together(scope, object, &[required, forbidden]) {
        let required = diagnostics.place(required.field.span);
        let message = format_args!("`{}` is required and forbidden at once", field.name);
        diagnostics
            .error(forbidden.field.span, "contradiction", message)
            .help(format_args!("the condition at {required} can hold together with this one"));
    }
}

/// Whether conditions are on one field and can hold together.
pub(super) fn together(scope: &Scope<'_>, object: &Object<'_>, conditions: &[&Condition]) -> bool {
    let mut names = conditions.iter().map(|condition| condition.field.as_str());
    let Some(first) = names.next() else { return false };
    let other = object.fields.items.iter().find(|field| field.name.value == first);
    let Some(other) = other.filter(|_| names.all(|name| name == first)) else { return false };
    states(scope, other, conditions)
        .into_iter()
        .any(|state| conditions.iter().all(|condition| holds(condition, state)))
}

/// Whether a condition holds only if its field is given.
pub(super) fn needs_presence(condition: &Condition) -> bool {
    !holds(condition, State::Absent)
}

/// What may be with the field that a condition is on.
#[derive(Clone, Copy)]
enum State<'a> {
    Value(&'a Scalar),
    /// A value that no condition names.
    Other,
    Absent,
}

/// All states that tell the conditions apart.
fn states<'a>(scope: &Scope<'a>, other: &'a Field, conditions: &[&'a Condition]) -> Vec<State<'a>> {
    let named =
        conditions.iter().flat_map(|condition| condition.is.iter().chain(&condition.is_not));
    let mut states: Vec<State<'a>> = named.map(|value| State::Value(&value.value)).collect();
    match scope.symbols.item(scope.domain, other.shape.ty.as_str()) {
        Some(Item::Enum(item)) if item.values.whole && !item.values.is_empty() => {
            states.extend(item.values.iter().map(|value| State::Value(&value.value.value)));
        }
        _ if other.shape.ty.value == "bool" => {
            states.extend([State::Value(&Scalar::Bool(true)), State::Value(&Scalar::Bool(false))]);
        }
        _ => states.push(State::Other),
    }
    if !is_set(&other.required) || is_set(&other.nullable) {
        states.push(State::Absent);
    }
    states
}

fn holds(condition: &Condition, state: State<'_>) -> bool {
    let is_in = |list: &[Located<Scalar>]| match state {
        State::Value(value) => list.iter().any(|listed| listed.value == *value),
        State::Other | State::Absent => false,
    };
    match &condition.present {
        Some(present) => present.value != matches!(state, State::Absent),
        None if condition.is.is_empty() => !is_in(&condition.is_not),
        None => is_in(&condition.is),
    }
}
