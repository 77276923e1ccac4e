//! Bodies of requests that are no JSON: forms and parts.

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Field, Model, Type};
use crate::spec::{BodyKind, Method, Place};

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, endpoint: &Endpoint<'_>) {
    let Some(body) = &endpoint.spec.body else { return };
    if endpoint.spec.method.value == Method::Get {
        diagnostics
            .error(body.span, "contradiction", "a GET request has no body")
            .help("remove `body`, or write `method: POST`");
    } else if body.value != BodyKind::Json {
        let fields = model[endpoint.request].fields.iter();
        let in_body = fields.filter(|field| matches!(field.spec.place(), None | Some(Place::Body)));
        in_body.for_each(|field| check_field(diagnostics, field, body.value));
    }
}

fn check_field(diagnostics: &mut Diagnostics, field: &Field<'_>, body: BodyKind) {
    // A file where there can be none is told of with its type.
    let is_text = matches!(field.shape.ty, Type::JsonText(_) | Type::File);
    if !is_text && !field.shape.ty.is_single() {
        let message =
            format_args!("`{}` cannot stand in a `{}` body", field.shape.written, body.word());
        diagnostics.error(field.shape.written.span, "bad-type", message).help(
            "a `string`, a `bool`, a number, an enum or a `json_text` can; write `json_text` for \
             a structure that is sent as JSON",
        );
    }
    if let Some(nullable) = field.spec.nullable.as_ref().filter(|nullable| nullable.value) {
        let message = format_args!("there is no `null` in a `{}` body", body.word());
        diagnostics.error(nullable.span, "contradiction", message).help("remove `nullable`");
    }
}
