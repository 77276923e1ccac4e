//! Conditions are on values that their field can have, and can hold.

use crate::diagnostic::Diagnostics;
use crate::model::{Condition, Field, Model, Test, Type};
use crate::source::{Located, Scalar, Span};

use super::values;

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, field: &Field<'_>) {
    for condition in [&field.required_if, &field.forbidden_if].into_iter().flatten() {
        check_condition(diagnostics, model, condition);
    }
    if let (Some(required), Some(forbidden)) = (&field.required_if, &field.forbidden_if) {
        check_apart(diagnostics, model, field, (required, forbidden));
    }
}

pub(super) fn check_condition(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    condition: &Condition<'_>,
) {
    let Ok(other) = condition.on.field else { return };
    let other = &model[other];
    if matches!(other.shape.ty, Type::Function) {
        return report_function(diagnostics, condition.on.name);
    }
    check_values(diagnostics, model, other, condition);
    check_can_hold(diagnostics, other, condition);
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
    model: &Model<'_>,
    other: &Field<'_>,
    condition: &Condition<'_>,
) {
    for value in condition.test.values() {
        if let Some(objection) = values::objection(model, &other.shape, &value.value) {
            let message = format_args!("`{}` cannot be {value}", other.spec.name);
            diagnostics.error(value.span, "bad-condition", message).help(objection);
        }
    }
}

/// A condition that never or always holds says something else than its author meant.
fn check_can_hold(diagnostics: &mut Diagnostics, other: &Field<'_>, condition: &Condition<'_>) {
    let states = states(other, &[condition]);
    let always = states.iter().all(|state| holds(&condition.test, *state));
    if always || !states.iter().any(|state| holds(&condition.test, *state)) {
        let always = if always { "always" } else { "never" };
        let message = format_args!("this condition on `{}` {always} holds", other.spec.name);
        let (span, why) = match &condition.test {
            Test::Present(span) | Test::Absent(span) => (*span, "so it is always given"),
            test => (first_span(test, condition.on.name), "and has no other values"),
        };
        diagnostics
            .error(span, "bad-condition", message)
            .help(format_args!("`{}` is required, {why}", other.spec.name));
    }
}

fn first_span(test: &Test<'_>, name: &Located<String>) -> Span {
    test.values().first().map_or(name.span, |value| value.span)
}

/// A field that is required and forbidden at once can never be right.
fn check_apart(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    field: &Field<'_>,
    (required, forbidden): (&Condition<'_>, &Condition<'_>),
) {
    if together(model, &[required, forbidden]) {
        let required = diagnostics.place(required.on.name.span);
        let message = format_args!("`{}` is required and forbidden at once", field.spec.name);
        diagnostics
            .error(forbidden.on.name.span, "contradiction", message)
            .help(format_args!("the condition at {required} can hold together with this one"));
    }
}

/// Whether conditions are on one field and can hold together.
pub(super) fn together(model: &Model<'_>, conditions: &[&Condition<'_>]) -> bool {
    let mut fields = conditions.iter().map(|condition| condition.on.field);
    let Some(Ok(first)) = fields.next() else { return false };
    if !fields.all(|field| field == Ok(first)) {
        return false;
    }
    let mut states = states(&model[first], conditions).into_iter();
    states.any(|state| conditions.iter().all(|condition| holds(&condition.test, state)))
}

/// Whether a condition holds only if its field is given.
pub(super) fn needs_presence(condition: &Condition<'_>) -> bool {
    !holds(&condition.test, State::Absent)
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
fn states<'a>(other: &Field<'a>, conditions: &[&Condition<'a>]) -> Vec<State<'a>> {
    let named = conditions.iter().flat_map(|condition| condition.test.values());
    let mut states: Vec<State<'a>> = named.map(|value| State::Value(&value.value)).collect();
    match &other.shape.ty {
        Type::Enum(item) if item.spec.values.whole && !item.spec.values.is_empty() => {
            states.extend(item.spec.values.iter().map(|value| State::Value(&value.value.value)));
        }
        Type::Bool => {
            states.extend([State::Value(&Scalar::Bool(true)), State::Value(&Scalar::Bool(false))]);
        }
        _ => states.push(State::Other),
    }
    if !other.spec.is_always_there() {
        states.push(State::Absent);
    }
    states
}

fn holds(test: &Test<'_>, state: State<'_>) -> bool {
    let is_in = |list: &[Located<Scalar>]| match state {
        State::Value(value) => list.iter().any(|listed| listed.value == *value),
        State::Other | State::Absent => false,
    };
    match test {
        Test::Is(values) => is_in(values),
        Test::IsNot(values) => !is_in(values),
        Test::Present(_) => !matches!(state, State::Absent),
        Test::Absent(_) => matches!(state, State::Absent),
        Test::Error => false,
    }
}
