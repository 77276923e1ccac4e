//! Values of examples and tables.

use crate::ir::{QuantityType, Value};
use crate::model::rules::{self as model, Quantity};
use crate::model::sound;
use crate::names::{field_name, type_name};

use super::{Book, lower_type};

/// A value for each quantity; an optional one that is not given is missing.
pub(super) fn lower_fields(
    book: &Book<'_, '_>,
    quantities: &[Quantity<'_>],
    given: &[Option<model::Value<'_>>],
) -> Vec<(String, Value)> {
    let fields = quantities.iter().zip(given).map(|(quantity, given)| {
        let value = match given {
            Some(given) => lower_value(book, quantity, given),
            None => Value::Optional(None),
        };
        (field_name(quantity.name), value)
    });
    fields.collect()
}

pub(super) fn lower_value(
    book: &Book<'_, '_>,
    quantity: &Quantity<'_>,
    given: &model::Value<'_>,
) -> Value {
    let value = lower_given(book, &lower_type(quantity), given);
    match sound(&quantity.ty).is_optional() {
        true => Value::Optional(Some(Box::new(value))),
        false => value,
    }
}

/// `ty` is that of a number.
pub(super) fn lower_given(
    book: &Book<'_, '_>,
    ty: &QuantityType,
    given: &model::Value<'_>,
) -> Value {
    match given {
        model::Value::Bool(value) => Value::Bool(*value),
        model::Value::Number(digits) => Value::Number { ty: ty.clone(), digits: digits.0.clone() },
        model::Value::Time(text) => Value::Time((*text).to_owned()),
        model::Value::Day(text) => Value::Day((*text).to_owned()),
        model::Value::Item { list, item } => {
            Value::Item { list: type_name(&list.name.value), item: type_name(item) }
        }
        model::Value::Record(id, fields) => lower_record(book, *id, fields),
        model::Value::Rows(id, rows) => {
            Value::Rows(rows.iter().map(|fields| lower_record(book, *id, fields)).collect())
        }
        model::Value::Text(_) | model::Value::Error => {
            unreachable!("a value of another type has been reported")
        }
    }
}

fn lower_record(
    book: &Book<'_, '_>,
    id: model::RecordId,
    fields: &[Option<model::Value<'_>>],
) -> Value {
    let record = book.record(id);
    let fields = lower_fields(book, &record.fields, fields);
    Value::Struct { name: type_name(&record.name.value), fields }
}
