//! A decision always comes to an outcome, with all that the outcome tells.

use crate::diagnostic::Diagnostics;
use crate::expression::{Names, Type};
use crate::model::{ErrorUse, Errors};
use crate::source::{List, Located, is_set};
use crate::spec::Gap;
use crate::spec::rules::{Decision, Outcome, Quantity, Step};
use crate::spelling::advice;

use super::functions::with_requires;
use super::values::{self, Wanted};
use super::{Book, add_checked, check_gives, check_requires, quantities};

pub(super) fn check(
    diagnostics: &mut Diagnostics,
    book: &Book<'_, '_>,
    name: &Located<String>,
    item: &Decision,
) {
    for outcome in item.outcomes.iter() {
        quantities::check_fields(diagnostics, book, &outcome.fields);
        check_told(diagnostics, &outcome.fields);
    }
    check_codes(diagnostics, book, item);
    for outcome in item.outcomes.iter() {
        check_answer(diagnostics, item, outcome);
    }
    let mut names = quantities::check(diagnostics, book, &item.takes);
    check_requires(diagnostics, &names, &item.requires);
    for step in item.steps.iter() {
        check_step(diagnostics, &mut names, name, item, step);
    }
    if item.steps.whole && item.outcomes.whole {
        check_order(diagnostics, name, item);
        check_outcomes(diagnostics, item);
        let expressions: Vec<_> = item.steps.iter().flat_map(Step::expressions).collect();
        let expressions = with_requires(expressions, &item.requires);
        let asked: Vec<_> = item.steps.iter().filter_map(|step| step.without.as_ref()).collect();
        let steps = item.steps.iter().filter(|step| step.gives.is_none());
        let steps = steps.filter_map(|step| step.name.as_ref());
        let names: Vec<_> = item.takes.iter().map(|quantity| &quantity.name).chain(steps).collect();
        quantities::check_uses(diagnostics, &names, &expressions, &asked);
    }
    values::check(diagnostics, book, &item.takes, &Wanted::Outcome(&item.outcomes), &item.examples);
}

/// What is told is what was computed, so it has no bounds of its own.
fn check_told(diagnostics: &mut Diagnostics, fields: &[Quantity]) {
    for bound in fields.iter().flat_map(|field| [&field.min, &field.max]).flatten() {
        diagnostics
            .error(bound.span, "bad-type", "what an outcome tells has no bounds")
            .help("decide in a step what is to be told if it is too low or too high");
    }
}

fn check_step(
    diagnostics: &mut Diagnostics,
    names: &mut Names<'_, '_>,
    decision: &Located<String>,
    item: &Decision,
    step: &Step,
) {
    match step {
        Step {
            name: Some(name),
            is: Some(is),
            when: None,
            without: None,
            gives: None,
            with,
            ..
        } if with.entries.is_empty() => {
            add_checked(diagnostics, names, &name.value.0, is);
        }
        Step { name: None, is: None, when, without, gives: Some(gives), .. }
            if when.is_none() || without.is_none() =>
        {
            if let Some(condition) = when {
                check_gives(diagnostics, names, condition, &Type::Bool);
            }
            check_with(diagnostics, names, item, gives, step);
            if let Some(name) = without {
                check_without(diagnostics, names, name);
            }
        }
        _ => report_step(diagnostics, decision, step),
    }
}

fn report_step(diagnostics: &mut Diagnostics, decision: &Located<String>, step: &Step) {
    let names =
        [step.name.as_ref().map(|name| name.span), step.gives.as_ref().map(|gives| gives.span)];
    let others = [&step.is, &step.when].map(|part| part.as_ref().map(|part| part.span));
    let span = names.into_iter().chain(others).flatten().next().unwrap_or(decision.span);
    diagnostics.error(span, "bad-step", "this step is of no kind").help(
        "a step is `{ name, is }`, `{ when, gives }`, `{ without, gives }` or, the last one, `{ gives }`",
    );
}

fn check_without(diagnostics: &mut Diagnostics, names: &mut Names<'_, '_>, name: &Located<String>) {
    let there = match names.get(name.as_str()) {
        Some(Type::Time { optional: true }) => Type::Time { optional: false },
        Some(Type::Day { optional: true }) => Type::Day { optional: false },
        Some(other) => {
            let message = format_args!("`{name}` is {}, which is always there", other.describe());
            diagnostics
                .error(name.span, "bad-step", message)
                .help("`without` names a time or a day that may be missing");
            return;
        }
        None => {
            let known: Vec<&str> = names.locals().collect();
            diagnostics
                .error(
                    name.span,
                    "unknown-name",
                    format_args!("there is no quantity named `{name}`"),
                )
                .help(advice(name.as_str(), known));
            return;
        }
    };
    names.add(name.as_str(), there);
}

/// What is told with an outcome is what it has fields for.
fn check_with(
    diagnostics: &mut Diagnostics,
    names: &Names<'_, '_>,
    item: &Decision,
    gives: &Located<String>,
    step: &Step,
) {
    let Some(outcome) = require_outcome(diagnostics, &item.outcomes, gives) else { return };
    let fields: Vec<&str> =
        outcome.fields.iter().map(|field| field.name.value.0.as_str()).collect();
    for (name, expression) in step.with.iter() {
        match outcome.fields.iter().find(|field| field.name.value.0 == name.value) {
            Some(field) => {
                if let Some(ty) = names.type_of(field) {
                    check_gives(diagnostics, names, expression, &ty);
                }
            }
            None => {
                let message = format_args!("`{gives}` does not tell `{name}`");
                diagnostics
                    .error(name.span, "unknown-key", message)
                    .help(advice(name.as_str(), fields.iter().copied()));
            }
        }
    }
    let missing = fields.iter().filter(|field| step.with.names().all(|name| name.value != **field));
    for field in missing {
        diagnostics
            .error(gives.span, "missing-key", format_args!("`{gives}` tells `{field}` as well"))
            .help(format_args!("add `with: {{ {field}: … }}`"));
    }
}

fn require_outcome<'o>(
    diagnostics: &mut Diagnostics,
    outcomes: &'o List<Outcome>,
    name: &Located<String>,
) -> Option<&'o Outcome> {
    let found = outcomes.iter().find(|outcome| outcome.name.value.0 == name.value);
    if found.is_none() && outcomes.whole {
        let known = outcomes.iter().map(|outcome| outcome.name.value.0.as_str());
        diagnostics
            .error(name.span, "unknown-name", format_args!("there is no outcome named `{name}`"))
            .help(advice(name.as_str(), known));
    }
    found
}

/// The last step decides whatever is left, and no other does.
fn check_order(diagnostics: &mut Diagnostics, name: &Located<String>, item: &Decision) {
    let decides =
        |step: &Step| step.gives.is_some() && step.when.is_none() && step.without.is_none();
    let Some((last, before)) = item.steps.split_last() else {
        diagnostics
            .error(name.span, "bad-step", format_args!("`{name}` has no steps"))
            .help("add `steps: [{ gives: … }]`");
        return;
    };
    if !decides(last) {
        diagnostics
            .error(name.span, "bad-step", format_args!("`{name}` may come to no outcome"))
            .help("end with a step `{ gives: … }` for whatever is left");
    }
    for gives in before.iter().filter(|step| decides(step)).filter_map(|step| step.gives.as_ref()) {
        diagnostics
            .error(gives.span, "bad-step", "the steps after this one are never reached")
            .help("add `when: …`, or move it to the end");
    }
}

fn check_outcomes(diagnostics: &mut Diagnostics, item: &Decision) {
    let given: Vec<&str> =
        item.steps.iter().filter_map(|step| step.gives.as_ref()).map(Located::as_str).collect();
    for outcome in item.outcomes.iter().filter(|item| !given.contains(&item.name.value.0.as_str()))
    {
        let name = &outcome.name;
        diagnostics
            .error(name.span, "bad-step", format_args!("no step gives `{name}`"))
            .help("add a step that does, or remove the outcome");
    }
}

/// The codes are those of errors that the endpoint gives.
fn check_codes(diagnostics: &mut Diagnostics, book: &Book<'_, '_>, item: &Decision) {
    let endpoint = item.endpoint.as_ref().map(|name| require_errors(diagnostics, book, name));
    for code in item.outcomes.iter().filter_map(|outcome| outcome.code.as_ref()) {
        match (&endpoint, &item.endpoint) {
            (Some(Some(errors)), Some(name)) if !gives_code(errors, code.value) => {
                let message = format_args!("`{name}` has no error of the code {code}");
                diagnostics
                    .error(code.span, "unknown-reference", message)
                    .help("write a code of its error tables, or add the row to one of them");
            }
            (None, _) => {
                diagnostics
                    .error(code.span, "missing-key", "whose code this is is not said")
                    .help("add `endpoint: …` to the decision");
            }
            _ => {}
        }
    }
}

/// Of each outcome it is said whether the endpoint accepts the request, and how it refuses it.
fn check_answer(diagnostics: &mut Diagnostics, item: &Decision, outcome: &Outcome) {
    let name = &outcome.name;
    let is_unknown = outcome.provenance.unknown.iter().any(|gap| gap.value == Gap::Errors);
    let answers = [outcome.code.is_some(), is_set(&outcome.accepted), is_unknown];
    match (&item.endpoint, answers.into_iter().filter(|said| *said).count()) {
        (None, _) if outcome.accepted.is_some() => {
            diagnostics
                .error(name.span, "missing-key", format_args!("what accepts `{name}` is not said"))
                .help("add `endpoint: …` to the decision, or remove `accepted`");
        }
        (Some(endpoint), 0) => {
            let message = format_args!("what `{endpoint}` does on `{name}` is not said");
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

/// The errors of the endpoint that a decision is about, if it is known.
fn require_errors<'b>(
    diagnostics: &mut Diagnostics,
    book: &Book<'b, '_>,
    reference: &Located<String>,
) -> Option<&'b Errors<'b>> {
    let endpoint = book.scope.domain.decided[&reference.span].ok()?;
    let errors = &book.scope.model[endpoint].errors;
    if errors.uses.is_empty() {
        diagnostics
            .error(reference.span, "unknown-reference", format_args!("`{reference}` has no errors"))
            .help("remove `endpoint` and the codes");
        return None;
    }
    Some(errors)
}

fn gives_code(errors: &Errors<'_>, code: i64) -> bool {
    errors.uses.iter().flat_map(ErrorUse::rows).any(|row| row.code.value == code)
}
