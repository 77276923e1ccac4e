//! Types exist, are put together rightly, and carry only the limits that they have.

use crate::builtin::Builtin;
use crate::diagnostic::Diagnostics;
use crate::outline::Role;
use crate::source::Located;
use crate::spec::{BodyKind, Element, Endpoint, Shape};
use crate::symbols::{self, Item};

use super::{Scope, levels, limits, presence};

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>) {
    for (name, def) in scope.file.types.iter() {
        check_definition(diagnostics, scope, name, &def.shape);
        check_shape(diagnostics, scope, &def.shape, None);
    }
    for object in scope.objects {
        let special = match object.role {
            Role::Options(..) => Some(Builtin::Function),
            Role::Request(_, endpoint) if is_multipart(endpoint) => Some(Builtin::File),
            _ => None,
        };
        for field in &object.fields.items {
            check_shape(diagnostics, scope, &field.shape, special);
            presence::check(diagnostics, field);
        }
    }
    let responses = scope.file.endpoints.iter().filter_map(|(_, item)| item.response.as_ref());
    let contents = scope.file.callbacks.iter().map(|(_, item)| &item.content);
    for shape in responses.chain(contents) {
        check_shape(diagnostics, scope, shape, None);
        check_answer(diagnostics, shape);
    }
}

fn check_definition(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    name: &Located<String>,
    shape: &Shape,
) {
    let builtin = Builtin::parse(&shape.ty.value);
    let fits = matches!(builtin, Some(Builtin::Object | Builtin::String));
    if !fits && is_known(scope, &shape.ty) {
        diagnostics
            .error(shape.ty.span, "bad-type", format_args!("the type `{name}` is a `{}`", shape.ty))
            .help(
                "a named type is an `object` or a `string`; use other types where they are needed",
            );
    }
    if Builtin::parse(&name.value).is_some() {
        let message = format_args!("`{name}` is the name of a type of the format itself");
        diagnostics.error(name.span, "bad-name", message).help("call it otherwise");
    }
}

fn is_multipart(endpoint: &Endpoint) -> bool {
    endpoint.body.as_ref().is_some_and(|body| body.value == BodyKind::Multipart)
}

/// Checks one shape and those inside it; the fields of an object are checked with the object. `special` is the type
/// that can stand here and hardly anywhere else.
fn check_shape(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    shape: &Shape,
    special: Option<Builtin>,
) {
    if let Some(Element(inner)) = &shape.of {
        check_shape(diagnostics, scope, inner, None);
        check_named_secret(diagnostics, inner);
    }
    if !is_known(scope, &shape.ty) {
        // What the type has and has not cannot be said.
        return report_unknown(diagnostics, scope, &shape.ty);
    }
    let builtin = Builtin::parse(&shape.ty.value);
    if builtin != special {
        check_special(diagnostics, &shape.ty, builtin);
    }
    check_parts(diagnostics, shape, builtin);
    check_json_text(diagnostics, scope, shape, builtin);
    check_secret(diagnostics, shape, builtin);
    limits::check(diagnostics, shape, builtin);
    levels::check(diagnostics, scope, shape, builtin);
}

/// A function or a file does not stand where neither can.
fn check_special(diagnostics: &mut Diagnostics, ty: &Located<String>, builtin: Option<Builtin>) {
    let (message, help) = match builtin {
        Some(Builtin::Function) => (
            "a function can only be an option of a JS API",
            "use another type, or leave the field out",
        ),
        Some(Builtin::File) => (
            "a file can only be a field of a multipart request",
            "write `body: multipart` on the endpoint, or use another type",
        ),
        _ => return,
    };
    diagnostics.error(ty.span, "bad-type", message).help(help);
}

fn is_known(scope: &Scope<'_>, ty: &Located<String>) -> bool {
    Builtin::parse(ty.as_str()).is_some() || scope.symbols.item(scope.domain, ty.as_str()).is_some()
}

fn report_unknown(diagnostics: &mut Diagnostics, scope: &Scope<'_>, ty: &Located<String>) {
    if let Some(domain) = scope.domain_of(diagnostics, ty) {
        let names = domain.types.names().chain(domain.enums.names());
        let names = names.map(|known| symbols::written_as(ty.as_str(), known));
        let names: Vec<String> = names.chain(Builtin::names().map(str::to_owned)).collect();
        symbols::report_unknown(diagnostics, "type", ty, names.iter().map(String::as_str));
    }
}

/// `of`, `fields`, `groups` and `struct` stand where they have a meaning, and are there where they must be.
fn check_parts(diagnostics: &mut Diagnostics, shape: &Shape, builtin: Option<Builtin>) {
    let ty = &shape.ty;
    let has_element = builtin.is_some_and(Builtin::has_element);
    match &shape.of {
        None if has_element => {
            diagnostics
                .error(ty.span, "missing-key", format_args!("`{ty}` needs `of`"))
                .help("add `of: string`, or whatever is inside");
        }
        Some(Element(inner)) if !has_element => {
            let message = format_args!("`{ty}` is not made of something, so `of` has no meaning");
            diagnostics
                .error(inner.ty.span, "misplaced-key", message)
                .help("a `list`, `map` or `json_text` has it");
        }
        _ => {}
    }
    if builtin == Some(Builtin::Object) {
        return;
    }
    if let Some(field) = shape.fields.first() {
        let message = format_args!("`{ty}` has no fields");
        diagnostics.error(field.name.span, "misplaced-key", message).help("write `type: object`");
    }
    if let Some(name) = &shape.struct_name {
        let message = format_args!("`{ty}` becomes no struct");
        diagnostics
            .error(name.span, "misplaced-key", message)
            .help("`struct` names what becomes of an `object` written in place");
    }
    if let Some(group) = shape.groups.first() {
        diagnostics
            .error(group.span, "misplaced-key", format_args!("`{ty}` has no fields to group"))
            .help("write `type: object`");
    }
}

/// What is inside JSON text has a structure; a single value in it would be text of its own, with limits of its own.
fn check_json_text(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    shape: &Shape,
    builtin: Option<Builtin>,
) {
    let Some(Element(inner)) = shape.of.as_ref().filter(|_| builtin == Some(Builtin::JsonText))
    else {
        return;
    };
    let ty = match scope.symbols.item(scope.domain, inner.ty.as_str()) {
        Some(Item::Type(def)) => def.shape.ty.as_str(),
        Some(Item::Enum(_)) => "string",
        Some(Item::Broken) | None => inner.ty.as_str(),
    };
    let single = Builtin::parse(ty).is_some_and(|ty| ty.is_single() || ty == Builtin::JsonText);
    if single {
        diagnostics
            .error(inner.ty.span, "bad-type", format_args!("`{}` inside JSON text", inner.ty))
            .help("JSON text holds an `object`, a `list`, a `map` or any `json`");
    }
}

fn check_secret(diagnostics: &mut Diagnostics, shape: &Shape, builtin: Option<Builtin>) {
    if let Some(secret) = &shape.secret
        && builtin != Some(Builtin::String)
    {
        diagnostics
            .error(secret.span, "misplaced-key", format_args!("`{}` cannot be secret", shape.ty))
            .help("only a `string` can; a named string is secret where it is defined");
    }
}

/// Only a field and a type can be told to be secret: there they become types that nothing shows.
fn check_named_secret(diagnostics: &mut Diagnostics, shape: &Shape) {
    if let Some(secret) = shape.secret.as_ref().filter(|_| shape.ty.value == "string") {
        diagnostics
            .error(secret.span, "misplaced-key", "a secret string that has no name")
            .help("define it in `types` with `secret: true`, and write its name here");
    }
}

/// What is read is not checked, and nobody would be told of a limit of what is no field.
fn check_answer(diagnostics: &mut Diagnostics, shape: &Shape) {
    if let Some(span) = limits::first(shape) {
        diagnostics
            .error(span, "misplaced-limit", "a limit on an answer, which is not checked")
            .help("say it in a note of the item");
    }
    check_named_secret(diagnostics, shape);
    if let Some(Element(inner)) = &shape.of {
        check_answer(diagnostics, inner);
    }
}
