//! Former names.

use super::Scope;
use crate::ir::{Alias, Text, Type};
use crate::model::Domain;
use crate::names::{field_name, former_name, type_name};
use crate::source::{Located, Name};

/// `texts`: those of the domain.
pub(super) fn lower_aliases(
    scope: &Scope<'_, '_>,
    domain: &Domain<'_>,
    texts: &[Text],
) -> Vec<Alias> {
    let mut aliases = Vec::new();
    for renamed in domain.renamed() {
        let item = &renamed.item.value;
        for now in scope.model.types_of(domain, renamed.item) {
            let names = renamed.formerly.iter();
            let names = names.filter_map(|name| former_name(&now, item, &name.value.0));
            let newtype_of = newtype_of(texts, &now);
            let alias = |name| Alias { name, now: now.clone(), newtype_of: newtype_of.clone() };
            aliases.extend(names.map(alias));
        }
    }
    aliases.sort_by(|a, b| a.name.cmp(&b.name));
    aliases
}

fn newtype_of(texts: &[Text], name: &str) -> Option<Type> {
    let text = texts.iter().find(|text| text.name == name)?;
    Some(if text.secret { Type::Secret } else { Type::String })
}

/// Of a field or a module.
pub(super) fn lower_field_names(formerly: &[Located<Name>]) -> Vec<String> {
    formerly.iter().map(|name| field_name(&name.value.0)).collect()
}

/// Of a variant.
pub(super) fn lower_variant_names(formerly: &[Located<Name>]) -> Vec<String> {
    formerly.iter().map(|name| type_name(&name.value.0)).collect()
}
