//! JS APIs: versions, concurrency, signatures.

use crate::diagnostic::Diagnostics;
use crate::outline::Role;
use crate::source::{List, Located, Version, is_set};
use crate::spec::{Field, JsApi, Signature};
use crate::symbols::{self, Item};

use super::Scope;
use super::limits::check_positive;

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>) {
    for (_, api) in scope.file.js_apis.iter() {
        check_positive(diagnostics, api.concurrency.as_ref(), "concurrency");
        if let Some(signature) = &api.signature {
            check_signature(diagnostics, scope, api, signature);
        }
    }
    for object in scope.objects {
        let floor = match object.role {
            Role::Options(_, api) => api.since.as_ref(),
            _ => None,
        };
        for field in &object.fields.items {
            check_since(diagnostics, field, floor);
        }
    }
}

/// A field cannot be older than the API.
fn check_since(diagnostics: &mut Diagnostics, field: &Field, floor: Option<&Located<Version>>) {
    if let (Some(since), Some(floor)) = (&field.since, floor)
        && since.value < floor.value
    {
        let message = format_args!("{since} is below the API's own lowest version, {floor}");
        diagnostics.error(since.span, "bad-version", message).help("remove `since`, or mend it");
    }
}

/// What is signed is text, and so is what comes of it.
fn check_signature(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    api: &JsApi,
    signature: &Signature,
) {
    if !signature.uri.value.starts_with('/') {
        diagnostics
            .error(signature.uri.span, "bad-path", "the path that is signed begins with `/`")
            .help(format_args!("write /{}", signature.uri));
    } else if let Some(bad) = signature.uri.value.chars().find(|c| !c.is_ascii_graphic()) {
        let message = format_args!("`{}` cannot be part of what is signed", bad.escape_debug());
        diagnostics
            .error(signature.uri.span, "bad-path", message)
            .help("write the path as it is called, percent-encoded");
    }
    let Some(options) = &api.options else {
        diagnostics
            .error(signature.text.span, "bad-signature", "a JS API without options signs nothing")
            .help("give its `options`, or remove `signature`");
        return;
    };
    check_signed(diagnostics, &options.fields, &signature.text, |field| {
        field.shape.ty.value == "json_text"
    });
    check_signed(diagnostics, &options.fields, &signature.place, |field| {
        match scope.symbols.item(scope.domain, field.shape.ty.as_str()) {
            Some(Item::Type(def)) => def.shape.ty.value == "string",
            Some(Item::Enum(_)) => false,
            Some(Item::Broken) => true,
            None => field.shape.ty.value == "string",
        }
    });
}

fn check_signed(
    diagnostics: &mut Diagnostics,
    fields: &List<Field>,
    name: &Located<String>,
    fits: impl Fn(&Field) -> bool,
) {
    let Some(field) = fields.iter().find(|field| field.name.value == name.value) else {
        if fields.whole {
            let known = fields.iter().map(|field| field.name.as_str());
            symbols::report_unknown(diagnostics, "field", name, known);
        }
        return;
    };
    if !fits(field) || !is_set(&field.required) || is_set(&field.nullable) {
        diagnostics
            .error(name.span, "bad-signature", format_args!("`{name}` cannot be part of it"))
            .help("`text` is a required `json_text`, `in` a required `string`");
    }
}
