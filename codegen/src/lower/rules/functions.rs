//! Checklists, formulas, identities and decisions: what becomes a function.

use super::values::{self, Shape};
use super::{Book, lower_expression, lower_quantities, lower_quantity, lower_requires, text};
use crate::expression::{Names, Type, Unit};
use crate::ir::{self, Answer, ReasonRule, Step, Takes};
use crate::lower::docs::lower_provenance;
use crate::lower::errors::lower_error;
use crate::model::{ErrorUse, sound};
use crate::names::{field_name, type_name};
use crate::source::{List, Located, Named, is_set};
use crate::spec::rules::{self as spec, Example, Expression, Formula, Identity, Outcome, Quantity};

pub(super) fn lower_checklists(book: &Book<'_, '_>) -> Vec<ir::Checklist> {
    let checklists = book.rules.checklists.iter();
    checklists.map(|(name, item)| lower_checklist(book, name, item)).collect()
}

fn lower_checklist(
    book: &Book<'_, '_>,
    name: &Located<String>,
    item: &spec::Checklist,
) -> ir::Checklist {
    let names = book.names(&item.takes);
    let facts = type_name(&name.value);
    let requirement = format!("{facts}Requirement");
    let requirements = item.requirements.iter().map(|requirement| ir::Requirement {
        name: type_name(&requirement.name.value.0),
        title: text(&requirement.title),
        doc: lower_provenance(&requirement.provenance),
        needs: lower_expression(&names, &requirement.needs).0,
        look_up: text(&requirement.look_up),
    });
    let gives = Shape::Unmet(&requirement, &item.requirements);
    ir::Checklist {
        function: field_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&item.provenance),
        takes: lower_quantities(book, &item.takes),
        requirements: requirements.collect(),
        examples: lower_examples(book, &item.takes, &gives, &item.examples),
        facts,
        requirement,
    }
}

pub(super) fn lower_formulas(book: &Book<'_, '_>) -> Vec<ir::Formula> {
    let formulas = book.rules.formulas.iter();
    formulas.map(|(name, item)| lower_formula(book, name, item)).collect()
}

fn lower_formula(book: &Book<'_, '_>, name: &Located<String>, item: &Formula) -> ir::Formula {
    let names = book.names(&item.takes);
    let gives = item.gives.as_quantity(name);
    let shape = Shape::Quantity(&gives);
    ir::Formula {
        function: field_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&item.provenance),
        takes: lower_takes(book, name, &item.takes),
        requires: lower_requires(&names, &item.requires),
        gives: lower_quantity(book, &gives),
        rounding: item.gives.rounding.as_ref().map(|rounding| lower_rounding(rounding.value)),
        is: lower_expression(&names, &item.is).0,
        text: item.is.value.0.clone(),
        examples: lower_examples(book, &item.takes, &shape, &item.examples),
    }
}

fn lower_rounding(rounding: spec::Rounding) -> ir::Rounding {
    match rounding {
        spec::Rounding::Down => ir::Rounding::Down,
        spec::Rounding::Up => ir::Rounding::Up,
        spec::Rounding::HalfUp => ir::Rounding::HalfUp,
        spec::Rounding::HalfEven => ir::Rounding::HalfEven,
    }
}

/// One quantity is the argument itself; more are a struct, whose names keep them apart.
fn lower_takes(book: &Book<'_, '_>, name: &Located<String>, takes: &[Quantity]) -> Takes {
    match takes {
        [only] => Takes::One(Box::new(lower_quantity(book, only))),
        takes => {
            Takes::Struct { name: type_name(&name.value), fields: lower_quantities(book, takes) }
        }
    }
}

pub(super) fn lower_identities(book: &Book<'_, '_>) -> Vec<ir::Identity> {
    let identities = book.rules.identities.iter();
    identities.map(|(name, item)| lower_identity(book, name, item)).collect()
}

fn lower_identity(book: &Book<'_, '_>, name: &Located<String>, item: &Identity) -> ir::Identity {
    let names = book.names(&item.takes);
    let ((left, of_left), (right, of_right)) =
        (lower_expression(&names, &item.left), lower_expression(&names, &item.right));
    let money = |ty: &Type| match ty {
        Type::Number(unit) => money(*unit),
        _ => None,
    };
    let unit = money(&of_left).or_else(|| money(&of_right)).unwrap_or(ir::Money::Fen);
    ir::Identity {
        function: field_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&item.provenance),
        takes: lower_takes(book, name, &item.takes),
        requires: lower_requires(&names, &item.requires),
        unit,
        left,
        right,
        text: format!("{} == {}", item.left.value.0, item.right.value.0),
        examples: lower_examples(book, &item.takes, &Shape::Gap(unit), &item.examples),
    }
}

pub(super) fn money(unit: Unit) -> Option<ir::Money> {
    let units =
        [("fen", ir::Money::Fen), ("yuan", ir::Money::Yuan), ("diamonds", ir::Money::Diamonds)];
    let found = units.into_iter().find(|(word, _)| Unit::parse(word) == Some(unit));
    found.map(|(_, money)| money)
}

pub(super) fn lower_decisions(book: &Book<'_, '_>) -> Vec<ir::Decision> {
    let decisions = book.rules.decisions.iter();
    decisions.map(|(name, item)| lower_decision(book, name, item)).collect()
}

fn lower_decision(
    book: &Book<'_, '_>,
    name: &Located<String>,
    item: &spec::Decision,
) -> ir::Decision {
    let outcome = format!("{}Outcome", type_name(&name.value));
    let table = item.endpoint.as_ref().map(|endpoint| error_table(book, endpoint));
    let shape = Shape::Outcome { name: &outcome, outcomes: &item.outcomes };
    ir::Decision {
        function: field_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&item.provenance),
        takes: lower_takes(book, name, &item.takes),
        requires: lower_requires(&book.names(&item.takes), &item.requires),
        outcomes: item
            .outcomes
            .iter()
            .map(|item| lower_outcome(book, item, table.as_ref()))
            .collect(),
        error: table.as_ref().map(|(path, _)| path.clone()),
        steps: lower_steps(book, item),
        reasons: item.steps.iter().map(lower_reason).collect(),
        examples: lower_examples(book, &item.takes, &shape, &item.examples),
        outcome,
    }
}

/// The error enum of an endpoint, and its variants by code.
type Errors = (ir::Path, Vec<(i64, String)>);

fn error_table(book: &Book<'_, '_>, reference: &Located<String>) -> Errors {
    let endpoint = *sound(&book.domain.decided[&reference.span]);
    let errors = &book.scope.model[endpoint].errors;
    let path = lower_error(book.scope, errors).expect("an endpoint without errors is reported");
    let rows = errors.uses.iter().flat_map(ErrorUse::rows);
    (path, rows.map(|row| (row.code.value, type_name(&row.name.value.0))).collect())
}

fn lower_outcome(book: &Book<'_, '_>, item: &Outcome, errors: Option<&Errors>) -> ir::Outcome {
    let variant = |code: i64| {
        let rows = errors.into_iter().flat_map(|(_, rows)| rows);
        rows.into_iter().find(|(known, _)| *known == code).map(|(_, name)| name.clone())
    };
    ir::Outcome {
        name: type_name(&item.name.value.0),
        doc: lower_provenance(&item.provenance),
        fields: lower_quantities(book, &item.fields),
        answer: errors.map(|_| match (&item.code, is_set(&item.accepted)) {
            (_, true) => Answer::Accepted,
            (Some(code), false) => variant(code.value).map_or(Answer::Undocumented, Answer::Error),
            (None, false) => Answer::Undocumented,
        }),
    }
}

fn lower_reason(step: &spec::Step) -> ir::Reason {
    let text = |text: &Located<Expression>| text.value.0.clone();
    let name = step.name.as_ref().map(|name| name.value.0.clone());
    let rule = match (&step.is, &step.when, &step.without) {
        (Some(is), _, _) => ReasonRule::Is(text(is)),
        (_, Some(when), _) => ReasonRule::When(text(when)),
        (_, _, Some(without)) => ReasonRule::Without(without.value.clone()),
        _ => ReasonRule::Else,
    };
    let gives = step.gives.as_ref().map(|gives| gives.value.clone());
    let doc = lower_provenance(&step.provenance);
    ir::Reason { name: name.or(gives).unwrap_or_default(), rule, doc }
}

fn lower_steps(book: &Book<'_, '_>, item: &spec::Decision) -> Vec<Step> {
    let mut names = book.names(&item.takes);
    let steps = item.steps.iter().map(|step| lower_step(book, &mut names, item, step));
    let mut steps: Vec<Step> = steps.collect();
    for at in 0..steps.len() {
        let (before, after) = steps.split_at_mut(at + 1);
        ask_only(&mut before[at], after);
    }
    steps
}

/// A value that no later step uses is asked for, and not taken out.
fn ask_only(step: &mut Step, later: &[Step]) {
    if let Step::Without { name, gives } = step
        && !later.iter().flat_map(Step::exprs).any(|expr| expr.uses(name))
    {
        let given = ir::Expr::Given(Box::new(ir::Expr::Local(name.clone())));
        let condition = ir::Expr::Not(Box::new(given));
        *step = Step::When { condition, gives: gives.clone() };
    }
}

fn lower_step(
    book: &Book<'_, '_>,
    names: &mut Names<'_, '_>,
    item: &spec::Decision,
    step: &spec::Step,
) -> Step {
    if let (Some(name), Some(is)) = (&step.name, &step.is) {
        let (is, ty) = lower_expression(names, is);
        names.add(&name.value.0, ty);
        return Step::Let { name: field_name(&name.value.0), is };
    }
    let outcome = step.gives.as_ref().expect("checked");
    let gives = lower_given(book, names, item, outcome, &step.with);
    if let Some(name) = &step.without {
        let there = names.get(name.as_str()).cloned().map(present);
        names.add(name.as_str(), there.expect("checked"));
        return Step::Without { name: field_name(&name.value), gives };
    }
    match &step.when {
        Some(condition) => Step::When { condition: lower_expression(names, condition).0, gives },
        None => Step::Gives(gives),
    }
}

/// The type of an optional value that is there.
fn present(ty: Type) -> Type {
    match ty {
        Type::Time { .. } => Type::Time { optional: false },
        Type::Day { .. } => Type::Day { optional: false },
        other => other,
    }
}

fn lower_given(
    book: &Book<'_, '_>,
    names: &Names<'_, '_>,
    item: &spec::Decision,
    outcome: &Located<String>,
    with: &Named<Located<Expression>>,
) -> ir::Given {
    let known = item.outcomes.iter().find(|known| known.name.value.0 == outcome.value);
    let fields = known.map_or(&[][..], |outcome| &outcome.fields);
    let with = fields.iter().map(|field| {
        let given = with.iter().find(|(name, _)| name.value == field.name.value.0);
        let (_, text) = given.expect("checked");
        (lower_quantity(book, field), lower_expression(names, text).0)
    });
    ir::Given { outcome: type_name(&outcome.value), with: with.collect() }
}

fn lower_examples(
    book: &Book<'_, '_>,
    takes: &[Quantity],
    gives: &Shape<'_>,
    examples: &List<Example>,
) -> Vec<ir::Example> {
    let examples = examples.iter().map(|example| ir::Example {
        name: field_name(&example.name.value.0),
        doc: lower_provenance(&example.provenance),
        given: values::lower_fields(book, takes, &example.given.value),
        gives: values::lower_value(book, gives, &example.gives.value),
    });
    examples.collect()
}
