//! Units of money → types.

use super::docs::lower_provenance;
use crate::ir::{self, MoneyKind};
use crate::model::money::{Money, Unit};
use crate::model::{Item, Resolved, sound};
use crate::names::type_name;
use crate::spec;

pub(super) fn lower_units(money: &Money<'_>) -> Vec<ir::MoneyUnit> {
    let mut units: Vec<ir::MoneyUnit> = money.units.iter().map(lower_unit).collect();
    // A unit stands behind those that it is made of.
    units.sort_by_key(|unit| matches!(unit.kind, MoneyKind::Either(_)));
    units
}

fn lower_unit(unit: &Unit<'_>) -> ir::MoneyUnit {
    let item = Item { name: unit.name, spec: unit.spec };
    let many = plural(item);
    let singular = unit.spec.singular.as_ref().map(|word| word.value.clone());
    ir::MoneyUnit {
        name: lower_unit_type(item),
        wire: unit.name.value.clone(),
        doc: lower_provenance(&unit.spec.provenance),
        label: label(unit),
        one: singular.unwrap_or_else(|| many.clone()),
        many,
        kind: lower_kind(unit),
    }
}

fn lower_kind(unit: &Unit<'_>) -> MoneyKind {
    let name = |resolved: &Resolved<Item<'_, spec::Unit>>| lower_unit_type(*sound(resolved));
    match (&unit.spec.worth, &unit.worth) {
        (Some(worth), Some(of)) => MoneyKind::Worth { amount: worth.amount.value, of: name(of) },
        _ if unit.either.is_empty() => MoneyKind::Plain,
        _ => MoneyKind::Either(unit.either.iter().map(name).collect()),
    }
}

/// What violations call it: the unit, or those that an amount can be in.
fn label(unit: &Unit<'_>) -> String {
    let either: Vec<&str> = unit.spec.either.iter().map(|name| name.as_str()).collect();
    match either.as_slice() {
        [] => unit.name.value.clone(),
        names => names.join("_or_"),
    }
}

/// What several are called, in words.
fn plural(unit: Item<'_, spec::Unit>) -> String {
    let either: Vec<&str> = unit.spec.either.iter().map(|name| name.as_str()).collect();
    match (&unit.spec.plural, either.as_slice()) {
        (Some(plural), _) => plural.value.clone(),
        (None, []) => unit.name.value.clone(),
        (None, names) => names.join(" or "),
    }
}

/// The type of a whole amount.
pub(super) fn lower_money_type(unit: Item<'_, spec::Unit>) -> ir::Type {
    match unit.spec.is_either() {
        true => ir::Type::Amount(lower_unit_type(unit)),
        false => ir::Type::Money(lower_money(unit)),
    }
}

pub(super) fn lower_money(unit: Item<'_, spec::Unit>) -> ir::Money {
    ir::Money { name: lower_unit_type(unit), many: plural(unit) }
}

/// The name of the type of a unit.
pub(super) fn lower_unit_type(unit: Item<'_, spec::Unit>) -> String {
    type_name(&unit.name.value)
}
