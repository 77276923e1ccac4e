//! Units of money, and what each name of one leads to.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::model::money::{Money, Unit};
use crate::model::{Item, Resolved, Shared, Table};
use crate::source::Located;
use crate::spec;
use crate::spec::rules::QUANTITY_WORDS;

use super::builtin;
use super::names::{UNIT, require};

pub(super) fn resolve_money<'a>(diagnostics: &mut Diagnostics, shared: &Shared<'a>) -> Money<'a> {
    for (name, _) in shared.units.iter() {
        check_name(diagnostics, name);
    }
    let mut unit = |name: &Located<String>| require(diagnostics, &shared.units, UNIT, name);
    let units = shared.units.iter().map(|(name, spec)| Unit {
        name,
        spec,
        worth: spec.worth.as_ref().map(|worth| unit(&worth.of)),
        either: spec.either.iter().map(&mut unit).collect(),
    });
    let units = units.collect();
    let settings = units_of(&shared.settings, |setting| unit(&setting.ty));
    let levels = units_of(&shared.levels, |levels| unit(&levels.unit));
    Money { units, settings, levels }
}

fn check_name(diagnostics: &mut Diagnostics, name: &Located<String>) {
    let mut words = builtin().chain(QUANTITY_WORDS).chain(["text"]);
    if words.any(|word| word == name.value) {
        diagnostics
            .error(name.span, "bad-name", format_args!("no unit can be named `{name}`"))
            .help("the format itself has a type or a unit of that name");
    }
}

fn units_of<'a, T>(
    table: &Table<'a, T>,
    mut unit: impl FnMut(&T) -> Resolved<Item<'a, spec::Unit>>,
) -> BTreeMap<&'a str, Resolved<Item<'a, spec::Unit>>> {
    table.iter().map(|(name, item)| (name.as_str(), unit(item))).collect()
}
