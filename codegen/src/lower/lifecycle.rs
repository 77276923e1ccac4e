//! What is deprecated, and what replaces it.

use super::docs::strings;
use super::shapes::lower_path;
use super::{Scope, enums};
use crate::ir;
use crate::model::lifecycle::{Deprecated, Successor};
use crate::model::sound;
use crate::names::{js_stem, type_name};

pub(super) fn lower_deprecated(
    scope: &Scope<'_, '_>,
    deprecated: &Option<Deprecated<'_>>,
) -> Option<ir::Deprecated> {
    let Deprecated { instead, why, source, .. } = deprecated.as_ref()?;
    Some(ir::Deprecated {
        instead: instead.as_ref().map(|instead| lower_successor(scope, sound(&instead.to))),
        why: why.map(|why| why.value.clone()),
        sources: strings(source),
    })
}

fn lower_successor(scope: &Scope<'_, '_>, successor: &Successor<'_>) -> ir::Path {
    let path = |domain, name| lower_path(scope, domain, name);
    let own = |name| ir::Path { module: None, name };
    match successor {
        Successor::Endpoint(item) => path(item.domain, type_name(&item.name.value) + "Request"),
        Successor::Callback(item) => path(item.domain, type_name(&item.name.value)),
        Successor::JsApi(item) => {
            let suffix = if item.spec.options.is_some() { "Options" } else { "" };
            path(item.domain, js_stem(item.spec.label(item.name)) + suffix)
        }
        Successor::Type(item) => path(item.domain, type_name(&item.name.value)),
        Successor::Enum(item) => path(item.domain, type_name(&item.name.value)),
        Successor::Value(value) => own(enums::variant_name(value)),
        Successor::Field(field) => own(scope.model[*field].rust.clone()),
    }
}
