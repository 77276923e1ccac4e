//! Items that were called otherwise, and the types that they become.

use std::collections::BTreeSet;

use super::{Domain, Model};
use crate::names::{required_name, type_name};
use crate::source::{Located, Name};

/// An item that was called otherwise.
pub(crate) struct Renamed<'a> {
    pub(crate) item: &'a Located<String>,
    pub(crate) formerly: &'a [Located<Name>],
}

impl<'a> Domain<'a> {
    /// The items that become types and were called otherwise.
    pub(crate) fn renamed(&self) -> impl Iterator<Item = Renamed<'a>> {
        let file = self.file;
        let types = file.types.iter().map(|(item, spec)| (item, &spec.formerly));
        let enums = file.enums.iter().map(|(item, spec)| (item, &spec.formerly));
        let errors = file.errors.iter().map(|(item, spec)| (item, &spec.formerly));
        let endpoints = file.endpoints.iter().map(|(item, spec)| (item, &spec.formerly));
        let items = types.chain(enums).chain(errors).chain(endpoints);
        let renamed = items.filter(|(_, formerly)| !formerly.is_empty());
        renamed.map(|(item, formerly)| Renamed { item, formerly })
    }
}

impl<'a> Model<'a> {
    /// Rust names of the types that an item becomes, sorted.
    pub(crate) fn types_of(&self, domain: &Domain<'a>, item: &Located<String>) -> BTreeSet<String> {
        let is_own = |other: &Located<String>| other.span == item.span;
        let mut names = BTreeSet::new();
        let is_type = domain.types.iter().any(|id| is_own(self[*id].name));
        if is_type || domain.enums.iter().any(|other| is_own(other.name)) {
            names.insert(type_name(&item.value));
        }
        for id in domain.objects.iter().filter(|id| is_own(self[**id].item)) {
            let object = &self[*id];
            names.insert(object.name.clone());
            if self.sent.contains(id) && object.must_be_given() {
                names.insert(required_name(&object.name));
            }
        }
        let unions = domain.unions.iter().map(|id| &self[*id]);
        names.extend(unions.filter(|it| is_own(it.name)).map(|union| union.kinds.clone()));
        let endpoints = domain.endpoints.iter().filter(|it| !it.responses.is_empty());
        let endpoints = endpoints.filter(|it| is_own(it.name));
        names.extend(endpoints.map(|endpoint| endpoint.responses_name.clone()));
        let errors = self.error_enums(domain).into_iter().filter(|it| is_own(it.item));
        names.extend(errors.map(|errors| errors.name.to_owned()));
        names
    }
}
