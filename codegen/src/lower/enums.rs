//! Enums.

use super::docs::lower_provenance;
use super::formerly::lower_variant_names;
use super::lifecycle::lower_deprecated;
use super::{Scope, lower_scalars};
use crate::ir;
use crate::model::{Domain, Value};
use crate::names::type_name;
use crate::source::Located;
use crate::spec;

pub(super) fn lower_enums(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> Vec<ir::Enum> {
    let enums = domain.enums.iter().map(|resolved| {
        let (name, item) = (resolved.name, resolved.spec);
        let variants = resolved.values.iter().map(|value| lower_variant(scope, value));
        let variants: Vec<ir::Variant> = variants.collect();
        ir::Enum {
            name: type_name(&name.value),
            wire: name.value.clone(),
            doc: lower_provenance(&item.provenance),
            kind: item.ty.value,
            unknown: unknown(variants.iter().flat_map(|variant| {
                std::iter::once(&variant.name).chain(&variant.formerly).map(String::as_str)
            })),
            variants,
            deprecated: lower_deprecated(scope, &resolved.deprecated),
        }
    });
    let mut enums: Vec<ir::Enum> = enums.collect();
    enums.sort_by(|a, b| a.name.cmp(&b.name));
    enums
}

fn lower_variant(scope: &Scope<'_, '_>, value: &Value<'_>) -> ir::Variant {
    let Value { spec: value, deprecated } = value;
    ir::Variant {
        name: variant_name(value),
        formerly: lower_variant_names(&value.formerly),
        value: value.value.value.clone(),
        aliases: lower_scalars(&value.aliases),
        default: value.default.as_ref().is_some_and(|default| default.value),
        since: value.since.as_ref().map(Located::to_string),
        deprecated: lower_deprecated(scope, deprecated),
        doc: lower_provenance(&value.provenance),
    }
}

/// As the spec says; else made from the value.
pub(super) fn variant_name(value: &spec::Value) -> String {
    type_name(&value.label())
}

/// A name for the variant that keeps what is not documented, beside those that are.
pub(super) fn unknown<'a>(taken: impl Iterator<Item = &'a str>) -> String {
    let taken: Vec<&str> = taken.collect();
    let mut name = "Unknown".to_owned();
    while taken.contains(&name.as_str()) {
        name.push('_');
    }
    name
}
