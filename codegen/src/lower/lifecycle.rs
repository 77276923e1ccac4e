//! What is deprecated, and what replaces it; when and for whom something can be called.

use super::docs::strings;
use super::{Scope, enums, lower_path};
use crate::ir;
use crate::model::lifecycle::{Deprecated, Successor};
use crate::model::{Domain, sound};
use crate::names::{js_stem, type_name};
use crate::source::Located;
use crate::spec::lifecycle as spec;

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

fn lower_successor(scope: &Scope<'_, '_>, successor: &Successor<'_>) -> ir::TypePath {
    let path = |domain, name| lower_path(scope, domain, name);
    let own = |name| ir::TypePath { module: None, name };
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

/// Of a call: what it does not say itself is as for its domain.
pub(super) fn lower_lifecycle(
    domain: &Domain<'_>,
    own: &Option<Located<spec::Lifecycle>>,
) -> ir::Lifecycle {
    let (own, domain) = (lower_own(own), lower_own(&domain.file.lifecycle));
    ir::Lifecycle {
        available: own.available.or(domain.available),
        restricted: own.restricted.or(domain.restricted),
        closed_to_new_apps: own.closed_to_new_apps.or(domain.closed_to_new_apps),
        closing: own.closing.or(domain.closing),
    }
}

/// As it is written.
pub(super) fn lower_own(lifecycle: &Option<Located<spec::Lifecycle>>) -> ir::Lifecycle {
    let Some(Located { value: spec, .. }) = lifecycle else { return ir::Lifecycle::default() };
    ir::Lifecycle {
        available: spec.available.as_ref().map(lower_stage),
        restricted: spec.restricted.as_ref().map(lower_restriction),
        closed_to_new_apps: spec.closed_to_new_apps.as_ref().map(lower_stage),
        closing: spec.closing.as_ref().map(lower_stage),
    }
}

fn lower_stage(stage: &spec::Stage) -> ir::Stage {
    ir::Stage {
        day: stage.day.as_ref().map(Located::to_string),
        doc: stage.doc.as_ref().map(|doc| doc.value.clone()),
        sources: strings(&stage.source),
    }
}

fn lower_restriction(restriction: &spec::Restriction) -> ir::Restriction {
    ir::Restriction {
        to: strings(&restriction.to),
        doc: restriction.doc.as_ref().map(|doc| doc.value.clone()),
        sources: strings(&restriction.source),
    }
}
