//! A decision always comes to an outcome, and what it tells is of the type that it says.

use crate::diagnostic::Diagnostics;
use crate::ir::ValueType;
use crate::model::rules::{Decision, Given, Quantity, StepRule};
use crate::model::{ErrorUse, Errors, Model};
use crate::source::{Code, Located, is_set};
use crate::spec::Gap;
use crate::spec::rules::{self as spec, Step};

use super::functions::with_requires;
use super::{check_gives, check_requires, quantities};

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, item: &Decision<'_>) {
    for outcome in &item.outcomes {
        quantities::check_fields(diagnostics, &outcome.fields);
        check_told(diagnostics, &outcome.fields);
    }
    check_codes(diagnostics, model, item);
    for outcome in &item.outcomes {
        check_answer(diagnostics, item.spec, outcome.spec);
    }
    quantities::check(diagnostics, &item.takes);
    check_requires(diagnostics, &item.requires);
    for step in &item.steps {
        if let StepRule::When { condition, .. } = &step.rule {
            check_gives(diagnostics, condition, &ValueType::Bool);
        }
        if let Some(gives) = step.rule.gives() {
            check_with(diagnostics, item, gives);
        }
    }
    if item.spec.steps.whole && item.spec.outcomes.whole {
        check_order(diagnostics, item);
        check_outcomes(diagnostics, item);
        check_uses(diagnostics, item);
    }
}

/// An outcome gives what was computed, so it has no bounds of its own.
fn check_told(diagnostics: &mut Diagnostics, fields: &[Quantity<'_>]) {
    for bound in fields.iter().flat_map(|field| [&field.min, &field.max]).flatten() {
        diagnostics
            .error(bound.text.span, "bad-type", "a value of an outcome has no bounds")
            .help("add a step that decides the outcome if it is too low or too high");
    }
}

/// What an outcome gives is of the types of its fields.
fn check_with(diagnostics: &mut Diagnostics, item: &Decision<'_>, gives: &Given<'_>) {
    let Ok(outcome) = gives.outcome else { return };
    for (field, told) in item.outcomes[outcome].fields.iter().zip(&gives.with) {
        if let (Ok(ty), Ok(told)) = (&field.ty, told) {
            check_gives(diagnostics, told, &ty.value_type());
        }
    }
}

fn check_uses(diagnostics: &mut Diagnostics, item: &Decision<'_>) {
    let steps = &item.spec.steps;
    let expressions: Vec<_> = steps.iter().flat_map(Step::expressions).collect();
    let expressions = with_requires(expressions, &item.requires);
    let asked: Vec<&str> =
        steps.iter().filter_map(|step| step.without.as_ref()).map(Located::as_str).collect();
    let values = steps.iter().filter(|step| step.gives.is_none());
    let values = values.filter_map(|step| step.name.as_ref());
    let names =
        quantities::names(&item.takes).chain(values.map(|name| (name.value.0.as_str(), name.span)));
    quantities::check_uses(diagnostics, names, &expressions, &asked);
}

/// The last step decides whatever is left, and no other does.
fn check_order(diagnostics: &mut Diagnostics, item: &Decision<'_>) {
    let name = item.name;
    let Some((last, before)) = item.steps.split_last() else {
        diagnostics
            .error(name.span, "bad-step", format_args!("`{name}` has no steps"))
            .help("add `steps: [{ gives: … }]`");
        return;
    };
    if !matches!(last.rule, StepRule::Gives(_) | StepRule::Error) {
        diagnostics
            .error(name.span, "bad-step", format_args!("`{name}` may come to no outcome"))
            .help("end with a step `{ gives: … }` for whatever is left");
    }
    for step in before {
        if let StepRule::Gives(gives) = &step.rule {
            diagnostics
                .error(gives.name.span, "bad-step", "the steps after this one are never reached")
                .help("add `when: …`, or move it to the end");
        }
    }
}

fn check_outcomes(diagnostics: &mut Diagnostics, item: &Decision<'_>) {
    let given: Vec<&str> = item
        .spec
        .steps
        .iter()
        .filter_map(|step| step.gives.as_ref())
        .map(Located::as_str)
        .collect();
    let outcomes = item.outcomes.iter().map(|outcome| &outcome.spec.name);
    for name in outcomes.filter(|name| !given.contains(&name.value.0.as_str())) {
        diagnostics
            .error(name.span, "bad-step", format_args!("no step gives `{name}`"))
            .help("add a step that does, or remove the outcome");
    }
}

/// The codes are those of errors that the endpoint gives.
fn check_codes(diagnostics: &mut Diagnostics, model: &Model<'_>, item: &Decision<'_>) {
    let errors = endpoint_errors(diagnostics, model, item);
    let codes = item.outcomes.iter().filter_map(|outcome| outcome.spec.code.as_ref());
    for code in codes {
        match (&item.spec.endpoint, errors) {
            (Some(name), Some(errors)) if !gives_code(errors, &code.value) => {
                let message = format_args!("`{name}` has no error of the code {code}");
                diagnostics
                    .error(code.span, "unknown-reference", message)
                    .help("write a code of its error tables, or add the row to one of them");
            }
            (None, _) => {
                diagnostics
                    .error(
                        code.span,
                        "missing-key",
                        "a code needs an `endpoint` that responds with it",
                    )
                    .help("add `endpoint: …` to the decision");
            }
            _ => {}
        }
    }
}

/// The errors of the endpoint that a decision is about, if it is known.
fn endpoint_errors<'m, 'a>(
    diagnostics: &mut Diagnostics,
    model: &'m Model<'a>,
    item: &Decision<'a>,
) -> Option<&'m Errors<'a>> {
    let errors = &model[item.endpoint?.ok()?].errors;
    let reference = item.spec.endpoint.as_ref()?;
    if errors.uses.is_empty() {
        diagnostics
            .error(reference.span, "unknown-reference", format_args!("`{reference}` has no errors"))
            .help("remove `endpoint` and the codes");
        return None;
    }
    Some(errors)
}

fn gives_code(errors: &Errors<'_>, code: &Code) -> bool {
    errors.uses.iter().flat_map(ErrorUse::rows).any(|row| row.code.value == *code)
}

/// Of each outcome it is said whether the endpoint accepts the request, and how it refuses it.
fn check_answer(diagnostics: &mut Diagnostics, item: &spec::Decision, outcome: &spec::Outcome) {
    let name = &outcome.name;
    let is_unknown = outcome.provenance.unknown.iter().any(|gap| gap.value == Gap::Errors);
    let answers = [outcome.code.is_some(), is_set(&outcome.accepted), is_unknown];
    match (&item.endpoint, answers.into_iter().filter(|said| *said).count()) {
        (None, _) if outcome.accepted.is_some() => {
            diagnostics
                .error(
                    name.span,
                    "missing-key",
                    format_args!("`{name}` needs an `endpoint` that accepts it"),
                )
                .help("add `endpoint: …` to the decision, or remove `accepted`");
        }
        (Some(endpoint), 0) => {
            let message = format_args!("nothing says how `{endpoint}` responds to `{name}`");
            diagnostics.error(name.span, "missing-key", message).help(
                "add `accepted: true`, `code: …`, or `unknown: [errors]` if it refuses and no source gives the code",
            );
        }
        (Some(endpoint), 2..) => {
            let message = format_args!("`{endpoint}` does several things on `{name}`");
            diagnostics
                .error(name.span, "contradiction", message)
                .help("give one of `accepted: true`, `code: …` and `unknown: [errors]`");
        }
        _ => {}
    }
}
