//! What is deprecated says what to do, and its replacement is not deprecated as well; the stages of a life come in their
//! order.

use crate::diagnostic::Diagnostics;
use crate::model::lifecycle::{Deprecated, Replacement, Successor};
use crate::model::{Model, Table};
use crate::source::Located;
use crate::spec::lifecycle::Lifecycle;
use crate::spec::{File, Source};

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
    check_file(diagnostics, domain.file, &model.shared.sources);
}

fn check_deprecated(diagnostics: &mut Diagnostics, model: &Model<'_>, deprecated: &Deprecated<'_>) {
    check_citations(diagnostics, deprecated.source, &model.shared.sources);
    match (&deprecated.instead, deprecated.why) {
        // What is there may be misspelt.
        (None, None) if diagnostics.has_unread_part(deprecated.span) => {}
        (None, None) => diagnostics
            .error(
                deprecated.span,
                "bad-deprecation",
                "a deprecation without a word on what to do instead",
            )
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

fn check_file(diagnostics: &mut Diagnostics, file: &File, sources: &Table<'_, Source>) {
    let endpoints = file.endpoints.iter().filter_map(|(_, item)| item.lifecycle.as_ref());
    let callbacks = file.callbacks.iter().filter_map(|(_, item)| item.lifecycle.as_ref());
    let js_apis = file.js_apis.iter().filter_map(|(_, item)| item.lifecycle.as_ref());
    let own = file.lifecycle.iter();
    for lifecycle in own.clone().chain(endpoints).chain(callbacks).chain(js_apis) {
        check_lifecycle(diagnostics, lifecycle, sources);
    }
    // Items have a source that this inherits, and a file has none.
    own.for_each(|lifecycle| check_cited(diagnostics, lifecycle));
}

fn check_lifecycle(
    diagnostics: &mut Diagnostics,
    Located { value: lifecycle, span }: &Located<Lifecycle>,
    sources: &Table<'_, Source>,
) {
    let is_empty = lifecycle.stages().next().is_none() && lifecycle.restricted.is_none();
    if is_empty && !diagnostics.has_unread_part(*span) {
        diagnostics
            .error(*span, "bad-lifecycle", "a lifecycle that says nothing")
            .help("add `available`, `restricted`, `closed_to_new_apps` or `closing`, or remove it");
    }
    for (_, stage) in lifecycle.stages() {
        check_citations(diagnostics, &stage.source, sources);
    }
    if let Some(restricted) = &lifecycle.restricted {
        check_citations(diagnostics, &restricted.source, sources);
        if restricted.to.is_empty() {
            diagnostics
                .error(*span, "bad-lifecycle", "restricted to nobody")
                .help("add `to: […]`, the industries or kinds of apps");
        }
    }
    check_order(diagnostics, lifecycle);
}

/// Nothing is closed before it is there.
fn check_order(diagnostics: &mut Diagnostics, lifecycle: &Lifecycle) {
    let stages = lifecycle.stages().filter_map(|(key, stage)| Some((key, stage.day.as_ref()?)));
    let stages: Vec<_> = stages.collect();
    for (place, (key, day)) in stages.iter().enumerate() {
        let later = stages[..place].iter().find(|(_, first)| first.value.is_after(&day.value));
        if let Some((first, at)) = later {
            let message = format_args!("`{key}` on {day} is before `{first}` on {at}");
            diagnostics.error(day.span, "bad-lifecycle", message).help("correct one of the two");
        }
    }
}

fn check_cited(diagnostics: &mut Diagnostics, lifecycle: &Located<Lifecycle>) {
    let stages = lifecycle.value.stages().map(|(key, stage)| (key, &stage.source));
    let restricted = lifecycle.value.restricted.iter().map(|item| ("restricted", &item.source));
    for (key, _) in stages.chain(restricted).filter(|(_, source)| source.is_empty()) {
        diagnostics
            .error(lifecycle.span, "missing-source", format_args!("`{key}` has no source"))
            .help("add `source: name, place in the document`");
    }
}
