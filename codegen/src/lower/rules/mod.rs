//! What documents say beside tables of fields.

mod lists;
mod functions;
mod values;

use super::Scope;
use super::docs::lower_provenance;
use crate::expression::{Names, Type, Unit, Vocabulary, compile};
use crate::ir;
use crate::model::Domain;
use crate::names::{constant_name, field_name, type_name};
use crate::source::List;
use crate::source::{Located, Text};
use crate::spec::rules::{Expression, Quantity, Required, RuleRecord, Rules};

pub(super) fn lower_rules(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> ir::Rules {
    let Some(rules) = &domain.file.rules else { return ir::Rules::default() };
    let vocabulary = Vocabulary::of(rules);
    let book = Book { scope, domain, rules, vocabulary: &vocabulary };
    let mut lowered = ir::Rules {
        constants: lists::lower_constants(rules),
        lists: lists::lower_lists(rules),
        tables: lists::lower_tables(rules),
        calendars: lists::lower_calendars(rules),
        records: lower_records(&book),
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

/// The rules of a domain and what their names mean.
struct Book<'b, 'a> {
    scope: &'b Scope<'b, 'b>,
    domain: &'b Domain<'b>,
    rules: &'a Rules,
    vocabulary: &'b Vocabulary<'a>,
}

impl<'b, 'a> Book<'b, 'a> {
    fn names(&self, takes: &[Quantity]) -> Names<'b, 'a> {
        let mut names = Names::new(self.vocabulary);
        names.add_all(takes);
        names
    }
}

fn lower_records(book: &Book<'_, '_>) -> Vec<ir::RuleRecord> {
    let records = book.rules.records.iter();
    records.map(|(name, record)| lower_record(book, name, record)).collect()
}

fn lower_record(
    book: &Book<'_, '_>,
    name: &Located<String>,
    record: &RuleRecord,
) -> ir::RuleRecord {
    let mut names = book.names(&record.fields);
    let derived = record.derived.iter().map(|derived| {
        let (is, ty) = lower_expression(&names, &derived.is);
        let name = &derived.name.value.0;
        names.add_derived(name, ty.clone());
        ir::Derived {
            name: field_name(name),
            wire: name.clone(),
            doc: lower_provenance(&derived.provenance),
            ty: lower_type(&ty),
            is,
        }
    });
    let derived = derived.collect();
    let requires = lower_requires(&names, &record.requires);
    ir::RuleRecord {
        name: type_name(&name.value),
        wire: name.value.clone(),
        doc: lower_provenance(&record.provenance),
        fields: lower_quantities(book, &record.fields),
        requires,
        derived,
    }
}

fn lower_requires(names: &Names<'_, '_>, requires: &List<Required>) -> Vec<ir::Required> {
    let requires = requires.iter().map(|required| ir::Required {
        wire: required.name.value.0.clone(),
        doc: lower_provenance(&required.provenance),
        holds: lower_expression(names, &required.holds).0,
        text: required.holds.value.0.clone(),
    });
    requires.collect()
}

/// A number has the type of its unit, if that has one, with any decimals.
fn lower_type(ty: &Type) -> ir::QuantityType {
    match ty {
        Type::Number(unit) if *unit == Unit::DAYS => ir::QuantityType::Days,
        Type::Number(unit) => {
            functions::money(*unit).map_or(ir::QuantityType::Ratio, ir::QuantityType::ExactMoney)
        }
        Type::Zero => ir::QuantityType::Ratio,
        Type::Bool | Type::Rows(_) | Type::Record(_) => ir::QuantityType::Bool,
        Type::Time { optional } => ir::QuantityType::Time { optional: *optional },
        Type::Day { optional } => ir::QuantityType::Day { optional: *optional },
        Type::Item(list) => ir::QuantityType::Item(type_name(list)),
    }
}

fn lower_quantities(book: &Book<'_, '_>, quantities: &[Quantity]) -> Vec<ir::Quantity> {
    quantities.iter().map(|quantity| lower_quantity(book, quantity)).collect()
}

fn lower_quantity(book: &Book<'_, '_>, quantity: &Quantity) -> ir::Quantity {
    let ty = book.vocabulary.quantity_type(quantity);
    let decimals =
        quantity.decimals.as_ref().and_then(|decimals| u32::try_from(decimals.value).ok());
    let decimals = match ty {
        ir::QuantityType::Ratio => decimals,
        _ => Some(decimals.unwrap_or(0)),
    };
    let names = Names::new(book.vocabulary);
    let bound = |bound: &Option<Located<Expression>>| {
        bound.as_ref().map(|bound| lower_expression(&names, bound).0)
    };
    ir::Quantity {
        name: field_name(&quantity.name.value.0),
        wire: quantity.name.value.0.clone(),
        doc: lower_provenance(&quantity.provenance),
        ty,
        decimals,
        min: bound(&quantity.min),
        max: bound(&quantity.max),
        bounded: is_bounded(book, quantity),
    }
}

/// Whether it is a record of which a field has bounds, or whose fields must agree. A record holds no other.
fn is_bounded(book: &Book<'_, '_>, quantity: &Quantity) -> bool {
    let (Some(Type::Record(name)) | Some(Type::Rows(name))) = book.vocabulary.type_of(quantity)
    else {
        return false;
    };
    let record = book.rules.records.iter().find(|(known, _)| known.value == name);
    record.is_some_and(|(_, record)| {
        let mut fields = record.fields.iter();
        !record.requires.is_empty() || fields.any(|field| lower_quantity(book, field).has_bounds())
    })
}

/// An expression that `check` has found to be right.
fn lower_expression(names: &Names<'_, '_>, text: &Located<Expression>) -> (ir::Expr, Type) {
    compile(names, &text.value.0).expect("checked")
}

fn text(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(|text| text.value.clone())
}

fn constant(name: &Located<String>) -> String {
    constant_name(&name.value)
}
