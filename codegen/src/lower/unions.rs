//! Unions.

use super::docs::lower_provenance;
use super::enums::unknown;
use super::{Scope, lower_path, lower_type};
use crate::ir;
use crate::model::{Domain, UnionId, UnionVariant};
use crate::names::type_name;

pub(super) fn lower_unions(scope: &Scope<'_, '_>, domain: &Domain<'_>) -> Vec<ir::Union> {
    let unions = domain.unions.iter().map(|id| lower_union(scope, *id));
    let mut unions: Vec<ir::Union> = unions.collect();
    unions.sort_by(|a, b| a.name.cmp(&b.name));
    unions
}

fn lower_union(scope: &Scope<'_, '_>, id: UnionId) -> ir::Union {
    let union = &scope.model[id];
    let variants = union.variants.iter().map(|variant| lower_variant(scope, variant));
    let variants: Vec<ir::UnionVariant> = variants.collect();
    ir::Union {
        name: type_name(&union.name.value),
        fields: union.fields.map(|object| scope.model[object].name.clone()),
        kinds: union.kinds.clone(),
        wire: union.name.value.clone(),
        doc: lower_provenance(union.provenance),
        tag: union.tag.expect("a union without one has been reported").value.clone(),
        unknown: unknown_of(scope, id),
        variants,
        written: scope.model.sent_unions.contains(&id),
        read: scope.model.received_unions.contains(&id),
        kept: false,
    }
}

/// The enum of the kinds.
pub(super) fn lower_kinds(scope: &Scope<'_, '_>, id: UnionId) -> ir::Type {
    let union = &scope.model[id];
    ir::Type::Named(lower_path(scope, union.domain, union.kinds.clone()))
}

/// Name of the variant that keeps an undocumented kind.
pub(super) fn unknown_of(scope: &Scope<'_, '_>, id: UnionId) -> String {
    unknown(scope.model[id].variants.iter().map(|variant| variant.rust.as_str()))
}

fn lower_variant(scope: &Scope<'_, '_>, variant: &UnionVariant<'_>) -> ir::UnionVariant {
    let spec = variant.spec;
    ir::UnionVariant {
        name: variant.rust.clone(),
        value: spec.value.value.clone(),
        content: variant.content.as_ref().map(|content| ir::UnionContent {
            ty: lower_type(scope, &content.ty),
            key: spec.key.as_ref().map(|key| key.value.clone()),
        }),
        doc: lower_provenance(&spec.provenance),
    }
}
