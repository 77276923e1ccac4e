//! Values of examples, read by the type of what they are given for.

use crate::expression::{Type, is_optional};
use crate::ir::{Money, QuantityType, Value};
use crate::names::{field_name, type_name};
use crate::source::Decimal;
use crate::spec::rules::{Given, Outcome, Quantity, Requirement};

use super::Book;

/// What a value is read as.
pub(super) enum Shape<'a> {
    Quantity(&'a Quantity),
    /// By how much the sides of an identity differ.
    Gap(Money),
    /// Requirements, by the name of their enum, in the order that the function gives them in.
    Unmet(&'a str, &'a [Requirement]),
    /// One of the outcomes of a decision, by the name of their enum.
    Outcome {
        name: &'a str,
        outcomes: &'a [Outcome],
    },
}

pub(super) fn lower_value(book: &Book<'_, '_>, shape: &Shape<'_>, given: &Given) -> Value {
    match shape {
        Shape::Quantity(quantity) => lower_quantity(book, quantity, given),
        Shape::Gap(money) => {
            Value::Number { ty: QuantityType::ExactMoney(*money), digits: digits(given) }
        }
        Shape::Unmet(requirement, known) => {
            let Given::List(items) = given else { return unmet(requirement, Vec::new()) };
            let names = known.iter().map(|requirement| requirement.name.value.0.as_str());
            let given = names.filter(|name| items.iter().any(|item| text(&item.value) == *name));
            unmet(requirement, given.map(type_name).collect())
        }
        Shape::Outcome { name, outcomes } => lower_outcome(book, name, outcomes, given),
    }
}

fn unmet(requirement: &str, items: Vec<String>) -> Value {
    Value::Unmet { requirement: requirement.to_owned(), items }
}

fn lower_outcome(book: &Book<'_, '_>, name: &str, outcomes: &[Outcome], given: &Given) -> Value {
    let (outcome, fields) = match given {
        Given::Map(entries) if !entries.is_empty() => {
            (entries[0].0.as_str(), Some(&entries[0].1.value))
        }
        other => (text(other), None),
    };
    let known = outcomes.iter().find(|known| known.name.value.0 == outcome);
    let quantities = known.map_or(&[][..], |known| &known.fields);
    let fields = fields.map_or_else(Vec::new, |fields| lower_fields(book, quantities, fields));
    Value::Struct { name: format!("{name}::{}", type_name(outcome)), fields }
}

/// A value for each quantity; an optional one that is not given is missing.
pub(super) fn lower_fields(
    book: &Book<'_, '_>,
    quantities: &[Quantity],
    given: &Given,
) -> Vec<(String, Value)> {
    let entries = match given {
        Given::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    let field = |quantity: &Quantity| {
        let name = &quantity.name.value.0;
        let given = entries.iter().find(|(known, _)| known.value == *name);
        let value = given.map(|(_, given)| lower_quantity(book, quantity, &given.value));
        (field_name(name), value.unwrap_or(Value::Optional(None)))
    };
    quantities.iter().map(field).collect()
}

fn lower_quantity(book: &Book<'_, '_>, quantity: &Quantity, given: &Given) -> Value {
    let value = match book.vocabulary.type_of(quantity) {
        Some(Type::Bool) => Value::Bool(text(given) == "true"),
        Some(Type::Time { .. }) => Value::Time(text(given).to_owned()),
        Some(Type::Day { .. }) => Value::Day(text(given).to_owned()),
        Some(Type::Item(list)) => {
            Value::Item { list: type_name(&list), item: type_name(text(given)) }
        }
        Some(Type::Rows(record)) => lower_rows(book, &record, given),
        Some(Type::Record(record)) => lower_record(book, &record, given),
        _ => Value::Number { ty: book.vocabulary.quantity_type(quantity), digits: digits(given) },
    };
    match is_optional(quantity) {
        true => Value::Optional(Some(Box::new(value))),
        false => value,
    }
}

fn lower_rows(book: &Book<'_, '_>, record: &str, given: &Given) -> Value {
    let Given::List(rows) = given else { return Value::Rows(Vec::new()) };
    Value::Rows(rows.iter().map(|given| lower_record(book, record, &given.value)).collect())
}

fn lower_record(book: &Book<'_, '_>, record: &str, given: &Given) -> Value {
    let known = book.rules.records.iter().find(|(name, _)| name.value == record);
    let fields = known.map_or(&[][..], |(_, record)| &record.fields);
    Value::Struct { name: type_name(record), fields: lower_fields(book, fields, given) }
}

fn digits(given: &Given) -> String {
    Decimal::parse(text(given)).map_or_else(String::new, |number| number.0)
}

fn text(given: &Given) -> &str {
    match given {
        Given::Scalar(text) => text,
        _ => "",
    }
}
