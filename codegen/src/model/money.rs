//! Units of money, with every name in them resolved.

use std::collections::BTreeMap;

use crate::source::Located;
use crate::spec;

use super::{Item, Resolved};

/// Units of money, and what is counted in them.
pub(crate) struct Money<'a> {
    /// Sorted by name.
    pub(crate) units: Vec<Unit<'a>>,
    /// What each setting is in, by its name.
    pub(crate) settings: BTreeMap<&'a str, Resolved<Item<'a, spec::Unit>>>,
    /// What each list of levels is in, by its name.
    pub(crate) levels: BTreeMap<&'a str, Resolved<Item<'a, spec::Unit>>>,
}

/// A unit of money, or an amount in one of several.
pub(crate) struct Unit<'a> {
    pub(crate) name: &'a Located<String>,
    pub(crate) spec: &'a spec::Unit,
    /// What the unit is of which it is worth so many.
    pub(crate) worth: Option<Resolved<Item<'a, spec::Unit>>>,
    pub(crate) either: Vec<Resolved<Item<'a, spec::Unit>>>,
}

impl<'a> Money<'a> {
    /// The unit of a setting.
    pub(crate) fn of_setting(&self, name: &str) -> Option<Item<'a, spec::Unit>> {
        self.settings.get(name)?.ok()
    }

    /// The unit of a list of levels.
    pub(crate) fn of_levels(&self, name: &str) -> Option<Item<'a, spec::Unit>> {
        self.levels.get(name)?.ok()
    }

    /// The unit that this one is counted in at the bottom, and how many of that one is worth.
    pub(crate) fn base(&self, unit: Item<'a, spec::Unit>) -> (&'a str, i64) {
        let known = self.units.iter().find(|known| known.name.span == unit.name.span);
        let worth = known.and_then(|known| Some((known.worth?.ok()?, known.spec.worth.as_ref()?)));
        match worth {
            Some((of, worth)) => (of.name.as_str(), worth.amount.value),
            None => (unit.name.as_str(), 1),
        }
    }

    /// Whether amounts in both units can be compared.
    pub(crate) fn are_comparable(
        &self,
        one: Item<'a, spec::Unit>,
        other: Item<'a, spec::Unit>,
    ) -> bool {
        self.base(one).0 == self.base(other).0
    }
}

impl spec::Unit {
    /// Whether it is not one unit but one of several.
    pub(crate) fn is_either(&self) -> bool {
        !self.either.is_empty()
    }
}
