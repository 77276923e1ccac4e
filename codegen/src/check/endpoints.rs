//! Endpoints: names, places of fields, idempotency.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Errors, Field, FieldUse, Idempotency, Model, Role, Type};
use crate::source::{Code, Located, Span, is_set};
use crate::spec::Place;

use super::{
    Scope, bodies, codes, each_once, given_urls, headers, paging, paths, rates, responses, schemes,
    spellings, token_places, tokens, whole_bodies,
};

/// Endpoint names are unique across domains.
pub(super) fn check_names(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for name in model.domains.iter().flat_map(|domain| domain.file.endpoints.names()) {
        if let Some(first) = seen.insert(name.as_str(), name.span) {
            let first = diagnostics.place(first);
            let message = format_args!("a second endpoint named `{name}`");
            diagnostics
                .error(name.span, "duplicate-name", message)
                .help(format_args!("the first is at {first}"));
        }
    }
}

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    let model = scope.model;
    for endpoint in &scope.domain.endpoints {
        paths::check(diagnostics, endpoint.spec);
        given_urls::check_field(diagnostics, model, endpoint);
        for field in &model[endpoint.request].fields {
            check_place(diagnostics, endpoint, field);
        }
        if let Some(idempotency) = &endpoint.idempotency {
            check_idempotency(diagnostics, model, endpoint, idempotency);
        }
        codes::check(diagnostics, endpoint);
        codes::check_statuses(diagnostics, endpoint);
        bodies::check(diagnostics, model, endpoint);
        responses::check(diagnostics, endpoint);
        whole_bodies::check(diagnostics, model, endpoint);
        headers::check(diagnostics, model, endpoint);
        spellings::check(diagnostics, model, endpoint);
        rates::check(diagnostics, model, endpoint);
        rates::check_safe(diagnostics, endpoint.spec);
        schemes::check_unsigned(diagnostics, model, endpoint.spec);
        tokens::check(diagnostics, model, endpoint);
        paging::check(diagnostics, model, endpoint);
        token_places::check_use(diagnostics, model, endpoint);
    }
    for object in scope.objects().filter(|object| !matches!(object.role, Role::Request(_))) {
        for field in &object.fields {
            // Headers are those of responses.
            let place = field.spec.place.as_ref().filter(|place| place.value != Place::Header);
            if let Some(place) = place {
                let message = "only a field of a request has a place";
                diagnostics.error(place.span, "misplaced-key", message).help("remove `in`");
            }
            spellings::check_no_spelling(diagnostics, field.spec);
        }
    }
    responses::check_headers(diagnostics, scope);
}

fn check_place(diagnostics: &mut Diagnostics, endpoint: &Endpoint<'_>, field: &Field<'_>) {
    let method = endpoint.spec.method.value;
    match &field.spec.place {
        Some(given) if is_in_body(given.value) && !method.has_body() => {
            let message = format_args!("a {} request has no body", method.word());
            diagnostics
                .error(given.span, "contradiction", message)
                .help("write `in: query`, or `method: POST`");
        }
        Some(given) if given.value == Place::Path && !field.spec.is_required() => {
            let message =
                format_args!("`{}` is part of the path and not required", field.spec.name);
            diagnostics.error(given.span, "contradiction", message).help("add `required: true`");
        }
        _ => {}
    }
    let in_url = match field.spec.place() {
        Some(place) => matches!(place, Place::Query | Place::Path),
        None => !method.has_body(),
    };
    if in_url {
        check_in_url(diagnostics, field);
    }
}

fn is_in_body(place: Place) -> bool {
    matches!(place, Place::Body | Place::WholeBody)
}

fn check_in_url(diagnostics: &mut Diagnostics, field: &Field<'_>) {
    let (ty, written) = (&field.shape.ty, field.shape.written);
    let is_in_path = field.spec.place() == Some(Place::Path);
    if matches!(ty, Type::File) || (is_in_path && !ty.is_single()) {
        let place = if is_in_path { "path" } else { "URL" };
        diagnostics
            .error(written.span, "bad-type", format_args!("`{written}` cannot stand in a {place}"))
            .help("a `string`, a `bool`, a number, or an enum can");
    }
    if let Some(nullable) = field.spec.nullable.as_ref().filter(|nullable| nullable.value) {
        diagnostics
            .error(nullable.span, "contradiction", "a URL cannot hold `null`")
            .help("remove `nullable`");
    }
}

fn check_idempotency(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    endpoint: &Endpoint<'_>,
    idempotency: &Idempotency<'_>,
) {
    let keys = each_once(diagnostics, &idempotency.key, "bad-idempotency", "name each field once");
    let is_alone = idempotency.key.len() == 1;
    for key in keys {
        check_key(diagnostics, model, key, is_alone);
    }
    if let Some(duplicate) = idempotency.duplicate
        && endpoint.spec.errors.whole
    {
        check_duplicate(diagnostics, &endpoint.errors, duplicate);
    }
}

/// A field that is the key, or a part of it.
fn check_key(diagnostics: &mut Diagnostics, model: &Model<'_>, key: &FieldUse<'_>, is_alone: bool) {
    let Ok(field) = key.field else { return };
    let ty = &model[field].shape.ty;
    let (is_usable, kind) = match is_alone {
        true => (ty.is_text(), "string"),
        false => (ty.is_single(), "string, number, boolean or enum"),
    };
    if is_set(&model[field].spec.nullable) || !is_usable {
        let article = if is_alone { "a `string`" } else { "a string, number, boolean or enum" };
        let message = format_args!("`{}` is not a {kind}, or may be `null`", key.name);
        diagnostics.error(key.name.span, "bad-idempotency", message).help(format_args!(
            "name {article} that is never `null`; if it is not `required`, requests without it are not repeated",
        ));
    }
}

fn check_duplicate(diagnostics: &mut Diagnostics, errors: &Errors<'_>, duplicate: &Located<Code>) {
    let is_whole =
        errors.uses.iter().all(|used| used.table.is_ok_and(|table| table.spec.rows.whole));
    let mut rows = errors.uses.iter().flat_map(|used| used.rows());
    // Which codes there are cannot be said of what could not be read.
    if is_whole && !rows.any(|row| row.code.value == duplicate.value) {
        let message = format_args!("{duplicate} is not among the errors of the endpoint");
        diagnostics
            .error(duplicate.span, "unknown-reference", message)
            .help("take its row in with `errors`");
    }
}
