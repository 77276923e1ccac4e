//! Types stand where they can, and carry only the limits that they have.

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Limit, Role, Shape, Type};
use crate::spec::{self, BodyKind};

use super::{Scope, levels, limits, presence};

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    for id in &scope.domain.types {
        check_shape(diagnostics, scope, &scope.model[*id].shape, Special::None);
    }
    for object in scope.objects() {
        let special = match object.role {
            Role::Options(_) => Special::Function,
            Role::Request(endpoint) if has_files(endpoint.spec) => Special::File,
            _ => Special::None,
        };
        for field in &object.fields {
            check_shape(diagnostics, scope, &field.shape, special);
            presence::check(diagnostics, field.spec);
        }
        if let Some(rest) = &object.rest {
            check_shape(diagnostics, scope, &rest.of, Special::None);
            check_named_secret(diagnostics, &rest.of);
            if let Some(items) = &rest.spec.items {
                limits::check_items(diagnostics, items);
            }
        }
    }
    let responses = scope.domain.endpoints.iter().flat_map(Endpoint::response_shapes);
    let responses = responses.map(|shape| (shape, Special::Body));
    let contents = scope.domain.callbacks.iter().map(|item| (&item.content, Special::None));
    for (shape, special) in responses.chain(contents) {
        check_shape(diagnostics, scope, shape, special);
        check_answer(diagnostics, shape);
    }
}

fn has_files(endpoint: &spec::Endpoint) -> bool {
    let kind = endpoint.body.as_ref().map(|body| body.value);
    matches!(kind, Some(BodyKind::Multipart | BodyKind::Binary))
}

/// A type that can stand in one place and hardly anywhere else.
#[derive(Clone, Copy, PartialEq)]
enum Special {
    None,
    Function,
    File,
    /// What is a whole body.
    Body,
}

/// Checks one shape and those inside it; the fields of an object are checked with the object. `special` is what can stand
/// here.
fn check_shape(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_, '_>,
    shape: &Shape<'_>,
    special: Special,
) {
    if let Some(inner) = shape.ty.element() {
        check_shape(diagnostics, scope, inner, Special::None);
        check_named_secret(diagnostics, inner);
    }
    if matches!(shape.ty, Type::Error) {
        return;
    }
    check_special(diagnostics, shape, special);
    check_json_text(diagnostics, shape);
    check_secret(diagnostics, shape);
    limits::check(diagnostics, scope.model, shape);
    for limit in &shape.limits {
        if let Limit::Level(level) = limit {
            levels::check(diagnostics, scope.model, shape, level);
        }
    }
}

/// A function or a file does not stand where neither can.
fn check_special(diagnostics: &mut Diagnostics, shape: &Shape<'_>, special: Special) {
    let (message, help) = match shape.ty {
        Type::Function if special != Special::Function => (
            "a function can only be an option of a JS API",
            "use another type, or leave the field out",
        ),
        Type::File if special != Special::File => (
            "a file can only be a field of a multipart request",
            "write `body: multipart` on the endpoint, `body: binary` for a file that is the body, or use another type",
        ),
        Type::PlainText if special != Special::Body => {
            ("only a whole response can be `text`", "write `string` for text inside JSON")
        }
        Type::Binary if special != Special::Body => (
            "only a whole response can be `binary`",
            "no JSON holds bytes: write `string` for text that encodes them, `file` in a multipart request",
        ),
        _ => return,
    };
    diagnostics.error(shape.written.span, "bad-type", message).help(help);
}

/// What is inside JSON text has a structure; a single value in it would be text of its own, with limits of its own.
fn check_json_text(diagnostics: &mut Diagnostics, shape: &Shape<'_>) {
    let Type::JsonText(inner) = &shape.ty else { return };
    let is_single = inner.ty.is_single() || matches!(inner.ty, Type::JsonText(_));
    if is_single && !matches!(inner.ty, Type::Error) {
        let message = format_args!("`{}` inside JSON text", inner.written);
        diagnostics
            .error(inner.written.span, "bad-type", message)
            .help("JSON text holds an `object`, a `list`, a `map` or any `json`");
    }
}

fn check_secret(diagnostics: &mut Diagnostics, shape: &Shape<'_>) {
    if let Some(secret) = shape.secret
        && !matches!(shape.ty, Type::String)
    {
        diagnostics
            .error(
                secret.span,
                "misplaced-key",
                format_args!("`{}` cannot be secret", shape.written),
            )
            .help("only a `string` can; a named string is secret where it is defined");
    }
}

/// Only a field and a type can be told to be secret: there they become types that nothing shows.
fn check_named_secret(diagnostics: &mut Diagnostics, shape: &Shape<'_>) {
    if let Some(secret) = shape.secret.as_ref().filter(|_| matches!(shape.ty, Type::String)) {
        diagnostics
            .error(secret.span, "misplaced-key", "a secret string that has no name")
            .help("define it in `types` with `secret: true`, and write its name here");
    }
}

/// What is read is not checked, and nobody would be told of a limit of what is no field.
fn check_answer(diagnostics: &mut Diagnostics, shape: &Shape<'_>) {
    if let Some(span) = limits::first(shape) {
        diagnostics
            .error(span, "misplaced-limit", "a limit on an answer, which is not checked")
            .help("say it in a note of the item");
    }
    check_named_secret(diagnostics, shape);
    if let Some(inner) = shape.ty.element() {
        check_answer(diagnostics, inner);
    }
}
