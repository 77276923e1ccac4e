//! Decisions: each step is of one kind, and gives an outcome with all that the outcome tells.

use crate::diagnostic::Diagnostics;
use crate::expression::Names;
use crate::ir::ValueType;
use crate::model::rules::{Decision, Given, Outcome, Step, StepRule};
use crate::model::{Reported, Resolved};
use crate::source::{List, Located};
use crate::spec::rules as spec;
use crate::spelling::advice;

use super::functions::resolve_examples;
use super::quantities::resolve_quantities;
use super::{Book, Scope, resolve_expression, resolve_requires, values};

pub(super) fn resolve_decisions<'a>(
    scope: &mut Scope<'_, 'a>,
    book: &Book<'_, 'a>,
) -> Vec<Decision<'a>> {
    let decisions = book.spec.decisions.iter();
    decisions.map(|(name, spec)| resolve_decision(scope, book, name, spec)).collect()
}

fn resolve_decision<'a>(
    scope: &mut Scope<'_, 'a>,
    book: &Book<'_, 'a>,
    name: &'a Located<String>,
    spec: &'a spec::Decision,
) -> Decision<'a> {
    let endpoint = spec.endpoint.as_ref().map(|reference| scope.require_endpoint(reference));
    let diagnostics = &mut *scope.diagnostics;
    let outcomes = spec.outcomes.iter().map(|spec| {
        let fields = resolve_quantities(diagnostics, book, &spec.fields);
        Outcome { spec, fields }
    });
    let outcomes: Vec<Outcome<'_>> = outcomes.collect();
    let takes = resolve_quantities(diagnostics, book, &spec.takes);
    let mut names = book.names(&takes);
    let requires = resolve_requires(diagnostics, &names, &spec.requires);
    let told = Outcomes { spec: &spec.outcomes, outcomes: &outcomes };
    let mut steps = Vec::new();
    for step in spec.steps.iter() {
        let rule = resolve_step(diagnostics, &mut names, name, &told, step);
        steps.push(Step { spec: step, rule });
    }
    let gives = |diagnostics: &mut Diagnostics, given: &'a Located<spec::Given>| {
        values::resolve_outcome(diagnostics, book, &spec.outcomes, &outcomes, given)
    };
    let examples = resolve_examples(diagnostics, book, &takes, &spec.examples, gives);
    Decision { name, spec, takes, requires, outcomes, endpoint, steps, examples }
}

/// What may be decided.
struct Outcomes<'o, 'a> {
    spec: &'a List<spec::Outcome>,
    outcomes: &'o [Outcome<'a>],
}

fn resolve_step<'a>(
    diagnostics: &mut Diagnostics,
    names: &mut Names<'_, 'a>,
    decision: &Located<String>,
    outcomes: &Outcomes<'_, 'a>,
    step: &'a spec::Step,
) -> StepRule<'a> {
    match step {
        spec::Step {
            name: Some(name),
            is: Some(is),
            when: None,
            without: None,
            gives: None,
            with,
            ..
        } if with.entries.is_empty() => {
            let is = resolve_expression(diagnostics, names, is);
            let name = name.value.0.as_str();
            names.add(name, is.ty().ok().cloned());
            StepRule::Let { name, is }
        }
        spec::Step { name: None, is: None, when, without, gives: Some(gives), .. }
            if when.is_none() || without.is_none() =>
        {
            let condition = when.as_ref().map(|when| resolve_expression(diagnostics, names, when));
            let gives = resolve_given(diagnostics, names, outcomes, gives, step);
            match (condition, without) {
                (Some(condition), _) => StepRule::When { condition, gives },
                (None, Some(name)) => match resolve_without(diagnostics, names, name) {
                    Ok(ty) => StepRule::Without { name, ty, gives },
                    Err(Reported) => StepRule::Error,
                },
                (None, None) => StepRule::Gives(gives),
            }
        }
        _ => {
            report_step(diagnostics, decision, step);
            StepRule::Error
        }
    }
}

fn report_step(diagnostics: &mut Diagnostics, decision: &Located<String>, step: &spec::Step) {
    let names =
        [step.name.as_ref().map(|name| name.span), step.gives.as_ref().map(|gives| gives.span)];
    let others = [&step.is, &step.when].map(|part| part.as_ref().map(|part| part.span));
    let span = names.into_iter().chain(others).flatten().next().unwrap_or(decision.span);
    diagnostics.error(span, "bad-step", "this step has no kind").help(
        "a step is `{ name, is }`, `{ when, gives }`, `{ without, gives }` or, the last one, `{ gives }`",
    );
}

/// What the value is that may be missing; from here on it is there.
fn resolve_without<'a>(
    diagnostics: &mut Diagnostics,
    names: &mut Names<'_, 'a>,
    name: &'a Located<String>,
) -> Resolved<ValueType> {
    let ty = names.get(name.as_str()).cloned();
    let there = match &ty {
        Some(ValueType::Time { optional: true }) => ValueType::Time { optional: false },
        Some(ValueType::Day { optional: true }) => ValueType::Day { optional: false },
        Some(other) => {
            let message = format_args!("`{name}` is {}, which is always there", other.describe());
            diagnostics
                .error(name.span, "bad-step", message)
                .help("`without` names a time or a day that may be missing");
            return Err(Reported);
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
            return Err(Reported);
        }
    };
    names.add(name.as_str(), Some(there));
    ty.ok_or(Reported)
}

/// An outcome gives what it has fields for.
fn resolve_given<'a>(
    diagnostics: &mut Diagnostics,
    names: &Names<'_, 'a>,
    outcomes: &Outcomes<'_, 'a>,
    gives: &'a Located<String>,
    step: &'a spec::Step,
) -> Given<'a> {
    let outcome = require_outcome(diagnostics, outcomes.spec, gives);
    let Ok(index) = outcome else { return Given { name: gives, outcome, with: Vec::new() } };
    let fields = &outcomes.outcomes[index].fields;
    for name in step.with.names() {
        if fields.iter().all(|field| field.name != name.value) {
            let message = format_args!("`{gives}` has no field `{name}`");
            let known = fields.iter().map(|field| field.name);
            diagnostics.error(name.span, "unknown-key", message).help(advice(name.as_str(), known));
        }
    }
    let with = fields.iter().map(|field| {
        if step.with.names().all(|name| name.value != field.name) {
            let field = field.name;
            diagnostics
                .error(gives.span, "missing-key", format_args!("`{gives}` also needs `{field}`"))
                .help(format_args!("add `with: {{ {field}: … }}`"));
        }
        let given = step.with.iter().find(|(name, _)| name.value == field.name);
        let (_, text) = given.filter(|_| field.ty.is_ok()).ok_or(Reported)?;
        Ok(resolve_expression(diagnostics, names, text))
    });
    Given { name: gives, outcome, with: with.collect() }
}

fn require_outcome(
    diagnostics: &mut Diagnostics,
    outcomes: &List<spec::Outcome>,
    name: &Located<String>,
) -> Resolved<usize> {
    let found = outcomes.iter().position(|outcome| outcome.name.value.0 == name.value);
    if found.is_none() && outcomes.whole {
        let known = outcomes.iter().map(|outcome| outcome.name.value.0.as_str());
        diagnostics
            .error(name.span, "unknown-name", format_args!("there is no outcome named `{name}`"))
            .help(advice(name.as_str(), known));
    }
    found.ok_or(Reported)
}
