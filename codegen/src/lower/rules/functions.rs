//! Checklists, formulas, identities and decisions: what becomes a function.

use super::values::{lower_fields, lower_value};
use super::{
    Book, decimals, lower_expression, lower_quantities, lower_quantity, lower_requires, text,
};
use crate::ir::{self, Answer, Node, QuantityType, ReasonRule, Step, Takes, Value, ValueType};
use crate::lower::docs::lower_provenance;
use crate::lower::errors::lower_error;
use crate::model::rules as model;
use crate::model::rules::{
    Checklist, Decided, Decision, Example, Formula, Given, Identity, Outcome, Quantity, StepRule,
};
use crate::model::{ErrorUse, sound};
use crate::names::{field_name, type_name};
use crate::source::{Code, Located, is_set};
use crate::spec::rules as spec;

pub(super) fn lower_checklists(book: &Book<'_, '_>) -> Vec<ir::Checklist> {
    book.rules.checklists.iter().map(|item| lower_checklist(book, item)).collect()
}

fn lower_checklist(book: &Book<'_, '_>, item: &Checklist<'_>) -> ir::Checklist {
    let facts = type_name(&item.name.value);
    let requirement = format!("{facts}Requirement");
    let requirements = item.requirements.iter().map(|requirement| ir::Requirement {
        name: type_name(&requirement.spec.name.value.0),
        title: text(&requirement.spec.title),
        doc: lower_provenance(&requirement.spec.provenance),
        needs: lower_expression(&requirement.needs),
        look_up: text(&requirement.spec.look_up),
    });
    let requirements: Vec<ir::Requirement> = requirements.collect();
    let unmet = |unmet: &Vec<usize>| Value::Unmet {
        requirement: requirement.clone(),
        items: unmet.iter().map(|index| requirements[*index].name.clone()).collect(),
    };
    ir::Checklist {
        function: field_name(&item.name.value),
        wire: item.name.value.clone(),
        doc: lower_provenance(&item.spec.provenance),
        takes: lower_quantities(book, &item.takes),
        examples: lower_examples(book, &item.takes, &item.examples, unmet),
        requirements,
        facts,
        requirement,
    }
}

pub(super) fn lower_formulas(book: &Book<'_, '_>) -> Vec<ir::Formula> {
    book.rules.formulas.iter().map(|item| lower_formula(book, item)).collect()
}

fn lower_formula(book: &Book<'_, '_>, item: &Formula<'_>) -> ir::Formula {
    let rounding = item.spec.gives.rounding.as_ref();
    let gives = |value: &model::Value<'_>| lower_value(book, &item.gives, value);
    ir::Formula {
        function: field_name(&item.name.value),
        wire: item.name.value.clone(),
        doc: lower_provenance(&item.spec.provenance),
        takes: lower_takes(book, item.name, &item.takes),
        requires: lower_requires(&item.requires),
        gives: lower_quantity(book, &item.gives),
        rounding: rounding.map(|rounding| ir::Rounded {
            how: rounding.value,
            // None if left out, even of a ratio.
            decimals: decimals(&item.gives).unwrap_or(0),
        }),
        is: lower_expression(&item.is),
        text: item.is.text.value.0.clone(),
        examples: lower_examples(book, &item.takes, &item.examples, gives),
    }
}

/// One quantity is the argument itself; more are a struct, whose names keep them apart.
fn lower_takes(book: &Book<'_, '_>, name: &Located<String>, takes: &[Quantity<'_>]) -> Takes {
    match takes {
        [only] => Takes::One(Box::new(lower_quantity(book, only))),
        takes => {
            Takes::Struct { name: type_name(&name.value), fields: lower_quantities(book, takes) }
        }
    }
}

pub(super) fn lower_identities(book: &Book<'_, '_>) -> Vec<ir::Identity> {
    book.rules.identities.iter().map(|item| lower_identity(book, item)).collect()
}

fn lower_identity(book: &Book<'_, '_>, item: &Identity<'_>) -> ir::Identity {
    let unit = item.money().expect("an identity that is none of money has been reported");
    let unit = type_name(unit);
    let gap = |gap: &crate::source::Decimal| Value::Number {
        ty: QuantityType::ExactMoney(unit.clone()),
        digits: gap.0.clone(),
    };
    ir::Identity {
        function: field_name(&item.name.value),
        wire: item.name.value.clone(),
        doc: lower_provenance(&item.spec.provenance),
        takes: lower_takes(book, item.name, &item.takes),
        requires: lower_requires(&item.requires),
        unit: unit.clone(),
        left: lower_expression(&item.left),
        right: lower_expression(&item.right),
        text: format!("{} == {}", item.left.text.value.0, item.right.text.value.0),
        examples: lower_examples(book, &item.takes, &item.examples, gap),
    }
}

pub(super) fn lower_decisions(book: &Book<'_, '_>) -> Vec<ir::Decision> {
    book.rules.decisions.iter().map(|item| lower_decision(book, item)).collect()
}

fn lower_decision(book: &Book<'_, '_>, item: &Decision<'_>) -> ir::Decision {
    let outcome = format!("{}Outcome", type_name(&item.name.value));
    let errors = item.endpoint.as_ref().map(|endpoint| {
        let errors = &book.scope.model[*sound(endpoint)].errors;
        let path = lower_error(book.scope, errors);
        (path.expect("an endpoint without errors has been reported"), errors)
    });
    let variant = |code: &Code| {
        let (_, errors) = errors.as_ref()?;
        let mut rows = errors.uses.iter().flat_map(ErrorUse::rows);
        rows.find(|row| row.code.value == *code).map(|row| type_name(&row.name.value.0))
    };
    let decided = |decided: &Decided<'_>| {
        let of = &item.outcomes[decided.outcome];
        let name = format!("{outcome}::{}", type_name(&of.spec.name.value.0));
        Value::Struct { name, fields: lower_fields(book, &of.fields, &decided.fields) }
    };
    let outcomes = item.outcomes.iter().map(|outcome| ir::Outcome {
        name: type_name(&outcome.spec.name.value.0),
        doc: lower_provenance(&outcome.spec.provenance),
        fields: lower_quantities(book, &outcome.fields),
        answer: errors.as_ref().map(|_| lower_answer(outcome.spec, variant)),
    });
    ir::Decision {
        function: field_name(&item.name.value),
        wire: item.name.value.clone(),
        doc: lower_provenance(&item.spec.provenance),
        takes: lower_takes(book, item.name, &item.takes),
        requires: lower_requires(&item.requires),
        outcomes: outcomes.collect(),
        error: errors.as_ref().map(|(path, _)| path.clone()),
        steps: lower_steps(book, item),
        reasons: item.steps.iter().map(lower_reason).collect(),
        examples: lower_examples(book, &item.takes, &item.examples, decided),
        outcome,
    }
}

fn lower_answer(spec: &spec::Outcome, variant: impl Fn(&Code) -> Option<String>) -> Answer {
    match (&spec.code, is_set(&spec.accepted)) {
        (_, true) => Answer::Accepted,
        (Some(code), false) => Answer::Error(
            variant(&code.value).expect("a code that the endpoint does not give has been reported"),
        ),
        (None, false) => Answer::Undocumented,
    }
}

fn lower_reason(step: &model::Step<'_>) -> ir::Reason {
    let gives = |given: &Given<'_>| given.name.value.clone();
    let (name, rule) = match &step.rule {
        StepRule::Let { name, is } => ((*name).to_owned(), ReasonRule::Is(is.text.value.0.clone())),
        StepRule::When { condition, gives: given } => {
            (gives(given), ReasonRule::When(condition.text.value.0.clone()))
        }
        StepRule::Without { name, gives: given, .. } => {
            (gives(given), ReasonRule::Without(name.value.clone()))
        }
        StepRule::Gives(given) => (gives(given), ReasonRule::Else),
        StepRule::Error => unreachable!("a step that is none has been reported"),
    };
    ir::Reason { name, rule, doc: lower_provenance(&step.spec.provenance) }
}

fn lower_steps(book: &Book<'_, '_>, item: &Decision<'_>) -> Vec<Step> {
    let steps = item.steps.iter().map(|step| lower_step(book, item, step));
    let mut steps: Vec<Step> = steps.collect();
    for (at, step) in item.steps.iter().enumerate() {
        if let StepRule::Without { ty, .. } = &step.rule {
            let (before, after) = steps.split_at_mut(at + 1);
            ask_only(&mut before[at], ty, after);
        }
    }
    steps
}

/// A value that no later step uses is asked for, and not taken out.
fn ask_only(step: &mut Step, ty: &ValueType, later: &[Step]) {
    if let Step::Without { name, gives } = step
        && !later.iter().flat_map(Step::exprs).any(|expr| expr.uses(name))
    {
        let local = ir::Expr::new(Node::Local(name.clone()), ty.clone());
        let given = ir::Expr::new(Node::Given(Box::new(local)), ValueType::Bool);
        let condition = ir::Expr::new(Node::Not(Box::new(given)), ValueType::Bool);
        *step = Step::When { condition, gives: gives.clone() };
    }
}

fn lower_step(book: &Book<'_, '_>, item: &Decision<'_>, step: &model::Step<'_>) -> Step {
    let gives = |given: &Given<'_>| lower_gives(book, item, given);
    match &step.rule {
        StepRule::Let { name, is } => {
            Step::Let { name: field_name(name), is: lower_expression(is) }
        }
        StepRule::When { condition, gives: given } => {
            Step::When { condition: lower_expression(condition), gives: gives(given) }
        }
        StepRule::Without { name, gives: given, .. } => {
            Step::Without { name: field_name(&name.value), gives: gives(given) }
        }
        StepRule::Gives(given) => Step::Gives(gives(given)),
        StepRule::Error => unreachable!("a step that is none has been reported"),
    }
}

fn lower_gives(book: &Book<'_, '_>, item: &Decision<'_>, given: &Given<'_>) -> ir::Given {
    let Outcome { spec, fields } = &item.outcomes[*sound(&given.outcome)];
    let with = fields.iter().zip(&given.with);
    let with = with
        .map(|(field, told)| (lower_quantity(book, field), lower_expression(sound(told))))
        .collect();
    ir::Given { outcome: type_name(&spec.name.value.0), with }
}

/// `lower` makes of what comes out a value.
fn lower_examples<T>(
    book: &Book<'_, '_>,
    takes: &[Quantity<'_>],
    examples: &[Example<'_, T>],
    lower: impl Fn(&T) -> Value,
) -> Vec<ir::Example> {
    let examples = examples.iter().map(|example| ir::Example {
        name: field_name(&example.spec.name.value.0),
        doc: lower_provenance(&example.spec.provenance),
        given: lower_fields(book, takes, &example.given),
        gives: lower(sound(&example.gives)),
    });
    examples.collect()
}
