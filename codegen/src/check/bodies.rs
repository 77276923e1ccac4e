//! Bodies of requests that are no JSON: forms and parts.

use crate::builtin::Builtin;
use crate::diagnostic::Diagnostics;
use crate::spec::{BodyKind, Endpoint, Field, Method, Place};

use super::Scope;
use super::endpoints::{is_single, place};

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>, endpoint: &Endpoint) {
    let Some(body) = &endpoint.body else { return };
    if endpoint.method.value == Method::Get {
        diagnostics
            .error(body.span, "contradiction", "a GET request has no body")
            .help("remove `body`, or write `method: POST`");
    } else if body.value != BodyKind::Json {
        let fields = endpoint.request.fields.iter();
        let in_body = fields.filter(|field| matches!(place(field), None | Some(Place::Body)));
        in_body.for_each(|field| check_field(diagnostics, scope, field, body.value));
    }
}

fn check_field(diagnostics: &mut Diagnostics, scope: &Scope<'_>, field: &Field, body: BodyKind) {
    // A file where there can be none is told of with its type.
    let is_text =
        matches!(Builtin::parse(field.shape.ty.as_str()), Some(Builtin::JsonText | Builtin::File));
    if !is_text && !is_single(scope, field) {
        let message = format_args!("`{}` cannot stand in a `{}` body", field.shape.ty, body.word());
        diagnostics.error(field.shape.ty.span, "bad-type", message).help(
            "a `string`, a `bool`, a number, an enum or a `json_text` can; write `json_text` for \
             a structure that is sent as JSON",
        );
    }
    if let Some(nullable) = field.nullable.as_ref().filter(|nullable| nullable.value) {
        let message = format_args!("there is no `null` in a `{}` body", body.word());
        diagnostics.error(nullable.span, "contradiction", message).help("remove `nullable`");
    }
}
