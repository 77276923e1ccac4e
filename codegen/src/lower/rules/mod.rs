//! What documents say beside tables of fields.

mod lists;
mod functions;
mod values;

use super::Scope;
use super::docs::lower_provenance;
use super::money::lower_unit_type;
use crate::ir::{self, Unit, ValueType};
use crate::model::rules::{
    Dimension, Expression, Quantity, QuantityType, RecordId, Required, RuleRecord, Rules,
};
use crate::model::{Domain, sound};
use crate::names::{constant_name, field_name, type_name};
use crate::source::{Located, Text};

pub(super) fn lower_rules(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> ir::Rules {
    let Some(rules) = &domain.rules else { return ir::Rules::default() };
    let book = Book { scope, rules };
    let mut lowered = ir::Rules {
        constants: lists::lower_constants(rules),
        lists: lists::lower_lists(rules),
        tables: lists::lower_tables(&book),
        calendars: lists::lower_calendars(rules),
        records: rules.records.iter().map(|record| lower_record(&book, record)).collect(),
        checklists: functions::lower_checklists(&book),
        formulas: functions::lower_formulas(&book),
        identities: functions::lower_identities(&book),
        decisions: functions::lower_decisions(&book),
    };
    sort(&mut lowered);
    lowered
}

fn sort(rules: &mut ir::Rules) {
    rules.constants.sort_by(|a, b| a.name.cmp(&b.name));
    rules.lists.sort_by(|a, b| a.name.cmp(&b.name));
    rules.tables.sort_by(|a, b| a.name.cmp(&b.name));
    rules.calendars.sort_by(|a, b| a.name.cmp(&b.name));
    rules.records.sort_by(|a, b| a.name.cmp(&b.name));
    rules.checklists.sort_by(|a, b| a.function.cmp(&b.function));
    rules.formulas.sort_by(|a, b| a.function.cmp(&b.function));
    rules.identities.sort_by(|a, b| a.function.cmp(&b.function));
    rules.decisions.sort_by(|a, b| a.function.cmp(&b.function));
}

/// The rules of a domain, and where they are seen from.
struct Book<'b, 'a> {
    scope: &'b Scope<'b, 'a>,
    rules: &'b Rules<'a>,
}

impl<'b, 'a> Book<'b, 'a> {
    fn record(&self, RecordId(index): RecordId) -> &'b RuleRecord<'a> {
        &self.rules.records[index]
    }
}

fn lower_record(book: &Book<'_, '_>, record: &RuleRecord<'_>) -> ir::RuleRecord {
    let derived = record.derived.iter().map(|derived| {
        let is = lower_expression(&derived.is);
        let name = &derived.spec.name.value.0;
        ir::Derived {
            name: field_name(name),
            wire: name.clone(),
            doc: lower_provenance(&derived.spec.provenance),
            ty: lower_value_type(&is.ty),
            is,
        }
    });
    ir::RuleRecord {
        name: type_name(&record.name.value),
        wire: record.name.value.clone(),
        doc: lower_provenance(&record.spec.provenance),
        fields: lower_quantities(book, &record.fields),
        requires: lower_requires(&record.requires),
        derived: derived.collect(),
    }
}

fn lower_requires(requires: &[Required<'_>]) -> Vec<ir::Required> {
    let requires = requires.iter().map(|required| ir::Required {
        wire: required.spec.name.value.0.clone(),
        doc: lower_provenance(&required.spec.provenance),
        holds: lower_expression(&required.holds),
        text: required.holds.text.value.0.clone(),
    });
    requires.collect()
}

/// A number has the type of its unit, if that has one, with any decimals.
fn lower_value_type(ty: &ValueType) -> ir::QuantityType {
    match ty {
        ValueType::Number(unit) if *unit == Unit::days() => ir::QuantityType::Days,
        ValueType::Number(unit) => {
            let money = unit.money().map(type_name);
            money.map_or(ir::QuantityType::Ratio, ir::QuantityType::ExactMoney)
        }
        ValueType::Zero => ir::QuantityType::Ratio,
        ValueType::Bool => ir::QuantityType::Bool,
        ValueType::Time { optional } => ir::QuantityType::Time { optional: *optional },
        ValueType::Day { optional } => ir::QuantityType::Day { optional: *optional },
        ValueType::Item(list) => ir::QuantityType::Item(type_name(list)),
        ValueType::Rows(_) | ValueType::Record(_) => {
            unreachable!("a record that holds another has been reported")
        }
    }
}

fn lower_quantities(book: &Book<'_, '_>, quantities: &[Quantity<'_>]) -> Vec<ir::Quantity> {
    quantities.iter().map(|quantity| lower_quantity(book, quantity)).collect()
}

fn lower_quantity(book: &Book<'_, '_>, quantity: &Quantity<'_>) -> ir::Quantity {
    let ty = lower_type(quantity);
    ir::Quantity {
        name: field_name(quantity.name),
        wire: quantity.name.to_owned(),
        doc: lower_provenance(quantity.provenance),
        decimals: match ty {
            ir::QuantityType::Ratio => decimals(quantity),
            _ => Some(decimals(quantity).unwrap_or(0)),
        },
        ty,
        min: quantity.min.as_ref().map(lower_expression),
        max: quantity.max.as_ref().map(lower_expression),
        bounded: is_bounded(book, quantity),
    }
}

/// How many decimals it may have, if that is said.
fn decimals(quantity: &Quantity<'_>) -> Option<u32> {
    let decimals = quantity.decimals.map(|decimals| u32::try_from(decimals.value));
    decimals.map(|decimals| decimals.expect("decimals below zero have been reported"))
}

fn lower_type(quantity: &Quantity<'_>) -> ir::QuantityType {
    match sound(&quantity.ty) {
        QuantityType::Bool => ir::QuantityType::Bool,
        QuantityType::Time { optional } => ir::QuantityType::Time { optional: *optional },
        QuantityType::Day { optional } => ir::QuantityType::Day { optional: *optional },
        QuantityType::Number(number) => {
            lower_number(*number, decimals(quantity).is_some_and(|decimals| decimals > 0))
        }
        QuantityType::Item(list) => ir::QuantityType::Item(type_name(&list.name.value)),
        QuantityType::Record(_, name) => ir::QuantityType::Record(type_name(name)),
        QuantityType::Rows(_, name) => ir::QuantityType::Rows(type_name(name)),
    }
}

fn lower_number(number: Dimension<'_>, has_decimals: bool) -> ir::QuantityType {
    match number {
        Dimension::Ratio => ir::QuantityType::Ratio,
        Dimension::Count => ir::QuantityType::Count,
        Dimension::Days => ir::QuantityType::Days,
        Dimension::Money(unit) if has_decimals => {
            ir::QuantityType::ExactMoney(lower_unit_type(unit))
        }
        Dimension::Money(unit) => ir::QuantityType::Money(lower_unit_type(unit)),
    }
}

/// Whether it is a record of which a field has bounds, or whose fields must agree. A record holds no other.
fn is_bounded(book: &Book<'_, '_>, quantity: &Quantity<'_>) -> bool {
    let (QuantityType::Record(id, _) | QuantityType::Rows(id, _)) = sound(&quantity.ty) else {
        return false;
    };
    let record = book.record(*id);
    let mut fields = record.fields.iter();
    !record.requires.is_empty() || fields.any(|field| lower_quantity(book, field).has_bounds())
}

fn lower_expression(expression: &Expression<'_>) -> ir::Expr {
    sound(&expression.expr).clone()
}

fn text(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(|text| text.value.clone())
}

fn constant(name: &Located<String>) -> String {
    constant_name(&name.value)
}
