//! What is deprecated says what to do, and its replacement is not deprecated as well.

use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::model::lifecycle::{Deprecated, Replacement, Successor};

use super::Scope;
use super::provenance::check_citations;

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    let Scope { model, domain } = scope;
    let types = domain.types.iter().map(|id| &model[*id].deprecated);
    let enums = domain.enums.iter().map(|item| &item.deprecated);
    let values = domain.enums.iter().flat_map(|item| &item.values).map(|value| &value.deprecated);
    let fields = scope.objects().flat_map(|object| &object.fields).map(|field| &field.deprecated);
    let endpoints = domain.endpoints.iter().map(|item| &item.deprecated);
    let callbacks = domain.callbacks.iter().map(|item| &item.deprecated);
    let js_apis = domain.js_apis.iter().map(|item| &item.deprecated);
    let parts = types.chain(enums).chain(values).chain(fields);
    for deprecated in parts.chain(endpoints).chain(callbacks).chain(js_apis).flatten() {
        check_deprecated(diagnostics, model, deprecated);
    }
}

fn check_deprecated(diagnostics: &mut Diagnostics, model: &Model<'_>, deprecated: &Deprecated<'_>) {
    check_citations(diagnostics, deprecated.source, &model.shared.sources);
    match (&deprecated.instead, deprecated.why) {
        (None, None) => diagnostics
            .error(deprecated.span, "bad-deprecation", "deprecated, without a word on what to do")
            .help("add `instead`, the name of what replaces it, or `why`"),
        (Some(instead), _) => check_replacement(diagnostics, model, instead),
        (None, Some(_)) => {}
    }
}

/// Whoever follows the advice must not be warned again.
fn check_replacement(diagnostics: &mut Diagnostics, model: &Model<'_>, instead: &Replacement<'_>) {
    let Ok(successor) = &instead.to else { return };
    let is_deprecated = match successor {
        Successor::Endpoint(item) => item.spec.deprecated.is_some(),
        Successor::Callback(item) => item.spec.deprecated.is_some(),
        Successor::JsApi(item) => item.spec.deprecated.is_some(),
        Successor::Type(item) => item.spec.deprecated.is_some(),
        Successor::Enum(item) => item.spec.deprecated.is_some(),
        Successor::Value(value) => value.deprecated.is_some(),
        Successor::Field(field) => model[*field].deprecated.is_some(),
    };
    if is_deprecated {
        let message = format_args!("`{}` is deprecated as well", instead.name);
        diagnostics
            .error(instead.span, "bad-deprecation", message)
            .help("name what replaces both of them");
    }
}
