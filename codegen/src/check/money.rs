//! Units of money: what they are worth, and amounts that are in one of several.

use crate::diagnostic::Diagnostics;
use crate::model::money::{Money, Unit};
use crate::model::{Item, Resolved};
use crate::source::Located;
use crate::spec;

pub(super) fn check(diagnostics: &mut Diagnostics, files: &[spec::File], money: &Money<'_>) {
    for unit in &money.units {
        check_worth(diagnostics, unit);
        check_either(diagnostics, unit);
    }
    for file in files {
        for (name, setting) in file.settings.iter() {
            check_single(diagnostics, &setting.ty, money.of_setting(name.as_str()));
        }
        for (name, levels) in file.levels.iter() {
            check_single(diagnostics, &levels.unit, money.of_levels(name.as_str()));
        }
    }
}

/// One is worth several of a unit that is worth nothing else itself.
fn check_worth(diagnostics: &mut Diagnostics, unit: &Unit<'_>) {
    let Some(worth) = &unit.spec.worth else { return };
    if worth.amount.value < 2 {
        let message =
            format_args!("`{}` cannot be worth {} `{}`", unit.name, worth.amount, worth.of);
        diagnostics
            .error(worth.amount.span, "bad-unit", message)
            .help("write `worth` on the larger unit, with a whole number above 1");
    }
    let Some(Ok(of)) = unit.worth else { return };
    if of.spec.is_either() || of.spec.worth.is_some() {
        diagnostics
            .error(worth.of.span, "bad-unit", format_args!("`{}` is not a smallest unit", worth.of))
            .help("count in one that has neither `worth` nor `either`");
    }
}

/// An amount is in one of several single units, each named once.
fn check_either(diagnostics: &mut Diagnostics, unit: &Unit<'_>) {
    let either = &unit.spec.either;
    if let ([_, ..], Some(worth)) = (either.as_slice(), &unit.spec.worth) {
        let message = format_args!("`{}` has a worth, but no unit of its own", unit.name);
        diagnostics.error(worth.of.span, "bad-unit", message).help("remove `worth` or `either`");
    }
    if let [only] = either.as_slice() {
        diagnostics
            .error(only.span, "bad-unit", format_args!("`{}` is always in `{only}`", unit.name))
            .help("name several units, or use the one itself");
    }
    for (index, (name, resolved)) in either.iter().zip(&unit.either).enumerate() {
        if either[..index].iter().any(|earlier| earlier.value == name.value) {
            diagnostics
                .error(name.span, "bad-unit", format_args!("`{name}` is given twice"))
                .help("name each unit once");
        }
        if matches!(resolved, Ok(item) if item.spec.is_either()) {
            diagnostics
                .error(name.span, "bad-unit", format_args!("`{name}` is not a single unit"))
                .help("name the units that it can be");
        }
    }
}

/// What is fixed on the platform is in one unit.
fn check_single(
    diagnostics: &mut Diagnostics,
    name: &Located<String>,
    unit: Option<Item<'_, spec::Unit>>,
) {
    if unit.is_some_and(|unit| unit.spec.is_either()) {
        diagnostics
            .error(name.span, "bad-unit", format_args!("`{name}` is not a single unit"))
            .help("name one of the units that it can be");
    }
}

/// The unit that a condition makes of an amount in one of several.
pub(super) fn check_condition(
    diagnostics: &mut Diagnostics,
    amount: Item<'_, spec::Unit>,
    name: &Located<String>,
    unit: &Resolved<Item<'_, spec::Unit>>,
) {
    let known = &amount.spec.either;
    if unit.is_ok() && known.iter().all(|known| known.value != name.value) {
        let message = format_args!("a `{}` is never in `{name}`", amount.name);
        let known: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
        diagnostics
            .error(name.span, "bad-unit", message)
            .help(format_args!("it is in {}", known.join(" or ")));
    }
}
