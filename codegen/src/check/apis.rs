//! JS APIs: versions, concurrency, signatures.

use crate::diagnostic::Diagnostics;
use crate::model::schemes::SchemeUse;
use crate::model::{FieldUse, Model, Role, Signature, Type};
use crate::source::{Located, Version};
use crate::spec::Field;

use super::{Scope, check_positive};

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    for api in &scope.domain.js_apis {
        check_positive(diagnostics, api.spec.concurrency.as_ref(), "concurrency");
        if let Some(signature) = &api.signature {
            check_signature(diagnostics, scope.model, signature);
        }
    }
    for object in scope.objects() {
        let floor = match object.role {
            Role::Options(api) => api.spec.since.as_ref(),
            _ => None,
        };
        for field in &object.fields {
            check_since(diagnostics, field.spec, floor);
        }
    }
}

/// A field cannot be older than the API.
fn check_since(diagnostics: &mut Diagnostics, field: &Field, floor: Option<&Located<Version>>) {
    if let (Some(since), Some(floor)) = (&field.since, floor)
        && since.value < floor.value
    {
        let message = format_args!("{since} is below the API's own lowest version, {floor}");
        diagnostics.error(since.span, "bad-version", message).help("correct `since`, or remove it");
    }
}

/// What is signed is text, and so is what comes of it.
fn check_signature(diagnostics: &mut Diagnostics, model: &Model<'_>, signature: &Signature<'_>) {
    check_scheme(diagnostics, signature);
    let uri = &signature.spec.uri;
    if !uri.value.starts_with('/') {
        diagnostics
            .error(uri.span, "bad-path", "the path that is signed begins with `/`")
            .help(format_args!("write /{uri}"));
    } else if let Some(bad) = uri.value.chars().find(|c| !c.is_ascii_graphic()) {
        let message = format_args!("`{}` cannot be part of what is signed", bad.escape_debug());
        diagnostics
            .error(uri.span, "bad-path", message)
            .help("write the path as it is called, percent-encoded");
    }
    check_signed(diagnostics, model, &signature.text, |ty| {
        matches!(ty, Type::JsonText(_) | Type::Error)
    });
    check_signed(diagnostics, model, &signature.place, |ty| ty.is_text());
}

/// An option holds one text, as a header does.
fn check_scheme(diagnostics: &mut Diagnostics, signature: &Signature<'_>) {
    let SchemeUse { name, scheme } = &signature.scheme;
    let Ok(scheme) = scheme else { return };
    if scheme.spec.headers.len() > 1 || !scheme.spec.fields.is_empty() {
        diagnostics
            .error(
                name.span,
                "bad-signature",
                format_args!("an option cannot hold all of `{name}`"),
            )
            .help("name a scheme that sends its parts in one header");
    }
}

fn check_signed(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    used: &FieldUse<'_>,
    fits: impl Fn(&Type<'_>) -> bool,
) {
    let Ok(field) = used.field else { return };
    let (name, field) = (used.name, &model[field]);
    if !fits(&field.shape.ty) || !field.spec.is_always_there() {
        diagnostics
            .error(name.span, "bad-signature", format_args!("`{name}` cannot be part of it"))
            .help("`text` is a required `json_text`, `in` a required `string`");
    }
}
