//! Endpoints: names, references, places of fields, idempotency.

use std::collections::BTreeMap;

use crate::builtin::Builtin;
use crate::diagnostic::Diagnostics;
use crate::source::{List, Located, Span, is_set};
use crate::spec::{Endpoint, ErrorUse, Field, Method, Place};
use crate::symbols::{Item, Symbols};

use super::{Scope, bodies, paths, rates, tokens};

/// Two endpoints have not one name, in whatever domains.
pub(super) fn check_names(diagnostics: &mut Diagnostics, symbols: &Symbols<'_>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let names = symbols.domains.values().flat_map(|domain| domain.file.endpoints.names());
    for name in names {
        if let Some(first) = seen.insert(name.as_str(), name.span) {
            let first = diagnostics.place(first);
            let message = format_args!("a second endpoint named `{name}`");
            diagnostics
                .error(name.span, "duplicate-name", message)
                .help(format_args!("the first is at {first}"));
        }
    }
}

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>) {
    for (_, endpoint) in scope.file.endpoints.iter() {
        check_references(diagnostics, scope, endpoint);
        paths::check(diagnostics, endpoint);
        for field in &endpoint.request.fields.items {
            check_place(diagnostics, scope, endpoint, field);
        }
        check_idempotency(diagnostics, scope, endpoint);
        bodies::check(diagnostics, scope, endpoint);
        rates::check(diagnostics, endpoint);
        rates::check_safe(diagnostics, endpoint);
        tokens::check(diagnostics, scope, endpoint);
    }
    for object in scope.objects {
        let is_request = matches!(object.role, crate::outline::Role::Request(..));
        for place in object.fields.items.iter().filter_map(|field| field.place.as_ref()) {
            if !is_request {
                let message = "only a field of a request has a place";
                diagnostics.error(place.span, "misplaced-key", message).help("remove `in`");
            }
        }
    }
}

fn check_references(diagnostics: &mut Diagnostics, scope: &Scope<'_>, endpoint: &Endpoint) {
    scope.symbols.hosts.require(diagnostics, &endpoint.host);
    scope.symbols.envelopes.require(diagnostics, &endpoint.envelope);
    if let Some(auth) = &endpoint.auth {
        scope.symbols.auth.require(diagnostics, auth);
    }
}

/// Where the spec says that a field goes.
pub(super) fn place(field: &Field) -> Option<Place> {
    field.place.as_ref().map(|place| place.value)
}

fn check_place(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    endpoint: &Endpoint,
    field: &Field,
) {
    let is_get = endpoint.method.value == Method::Get;
    match &field.place {
        Some(given) if given.value == Place::Body && is_get => {
            diagnostics
                .error(given.span, "contradiction", "a GET request has no body")
                .help("write `in: query`, or `method: POST`");
        }
        Some(given) if given.value == Place::Path && !is_set(&field.required) => {
            let message = format_args!("`{}` is part of the path and not required", field.name);
            diagnostics.error(given.span, "contradiction", message).help("add `required: true`");
        }
        _ => {}
    }
    let in_url = match place(field) {
        Some(place) => place != Place::Body,
        None => is_get,
    };
    if in_url {
        check_in_url(diagnostics, scope, field);
    }
}

fn check_in_url(diagnostics: &mut Diagnostics, scope: &Scope<'_>, field: &Field) {
    if !is_single(scope, field) {
        let message = format_args!("`{}` cannot stand in a URL", field.shape.ty);
        diagnostics
            .error(field.shape.ty.span, "bad-type", message)
            .help("a `string`, a `bool`, a number, or an enum can");
    }
    if let Some(nullable) = field.nullable.as_ref().filter(|nullable| nullable.value) {
        diagnostics
            .error(nullable.span, "contradiction", "there is no `null` in a URL")
            .help("remove `nullable`");
    }
}

/// Whether it is one value that can be written as plain text.
pub(super) fn is_single(scope: &Scope<'_>, field: &Field) -> bool {
    match Builtin::parse(&field.shape.ty.value) {
        Some(builtin) => builtin.is_single(),
        None => match scope.symbols.item(scope.domain, field.shape.ty.as_str()) {
            Some(Item::Type(def)) => def.shape.ty.value == "string",
            Some(Item::Enum(_) | Item::Broken) | None => true,
        },
    }
}

fn check_idempotency(diagnostics: &mut Diagnostics, scope: &Scope<'_>, endpoint: &Endpoint) {
    let Some(idempotency) = &endpoint.idempotency else { return };
    let key = &idempotency.key;
    let fields = &endpoint.request.fields;
    match fields.iter().find(|field| field.name.value == key.value) {
        None if fields.whole => {
            let known = fields.iter().map(|field| field.name.as_str());
            crate::symbols::report_unknown(diagnostics, "field", key, known);
        }
        Some(field) if !is_required_string(scope, field) => {
            diagnostics
                .error(
                    key.span,
                    "bad-idempotency",
                    format_args!("`{key}` is not a required string"),
                )
                .help("what tells one request from another must always be there");
        }
        _ => {}
    }
    if let Some(duplicate) = &idempotency.duplicate {
        check_duplicate(diagnostics, scope, &endpoint.errors, duplicate);
    }
}

fn check_duplicate(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    errors: &List<ErrorUse>,
    duplicate: &Located<i64>,
) {
    let mut codes = Vec::new();
    for used in &errors.items {
        match scope.symbols.error_table(scope.domain, used.table.as_str()) {
            Some(table) if table.rows.whole => {
                let rows = table.rows.iter().filter(|row| used.takes(row));
                codes.extend(rows.map(|row| row.code.value));
            }
            // Which codes there are cannot be said.
            _ => return,
        }
    }
    if errors.whole && !codes.contains(&duplicate.value) {
        let message = format_args!("{duplicate} is not among the errors of the endpoint");
        diagnostics
            .error(duplicate.span, "unknown-reference", message)
            .help("take its row in with `errors`");
    }
}

fn is_required_string(scope: &Scope<'_>, field: &Field) -> bool {
    let named = scope.symbols.item(scope.domain, field.shape.ty.as_str());
    let text = match named {
        Some(Item::Type(def)) => def.shape.ty.value == "string",
        Some(Item::Broken) => true,
        Some(Item::Enum(_)) => false,
        None => field.shape.ty.value == "string",
    };
    is_set(&field.required) && !is_set(&field.nullable) && text
}
