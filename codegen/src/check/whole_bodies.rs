//! Bodies that are one value: a list, a map, an object of a named type, a text, a file.

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Field, Model, Type};
use crate::spec::{BodyKind, Place};

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, endpoint: &Endpoint<'_>) {
    if !endpoint.spec.method.value.has_body() {
        return;
    }
    let fields = &model[endpoint.request].fields;
    let whole = fields.iter().find(|field| field.spec.place() == Some(Place::WholeBody));
    let Some(whole) = whole else { return check_missing(diagnostics, endpoint) };
    check_field(diagnostics, endpoint, whole);
    let others = fields.iter().filter(|field| !std::ptr::eq(*field, whole));
    for other in others.filter(|field| is_in_body(field.spec.place())) {
        let (name, whole) = (&other.spec.name, &whole.spec.name);
        let message =
            format_args!("`{name}` would go into the body, but the whole body is `{whole}`");
        diagnostics.error(name.span, "contradiction", message).help(
            "write `in: query` or `in: header`, or make the body an object of all its fields",
        );
    }
}

fn is_in_body(place: Option<Place>) -> bool {
    matches!(place, None | Some(Place::Body | Place::WholeBody))
}

/// Text and bytes are of one field.
fn check_missing(diagnostics: &mut Diagnostics, endpoint: &Endpoint<'_>) {
    let Some(body) = &endpoint.spec.body else { return };
    if matches!(body.value, BodyKind::Text | BodyKind::Binary) && endpoint.spec.request.fields.whole
    {
        let message =
            format_args!("a `{}` body needs a field with `in: whole_body`", body.value.word());
        diagnostics
            .error(body.span, "missing-key", message)
            .help("add a required field with `in: whole_body`");
    }
}

fn check_field(diagnostics: &mut Diagnostics, endpoint: &Endpoint<'_>, field: &Field<'_>) {
    let name = &field.spec.name;
    if !field.spec.is_always_there() {
        diagnostics
            .error(
                name.span,
                "contradiction",
                format_args!("the body `{name}` must always be present"),
            )
            .help("add `required: true`, and remove `nullable`");
    }
    let (ty, written) = (&field.shape.ty, field.shape.written);
    let kind = endpoint.spec.body.as_ref().map_or(BodyKind::Json, |body| body.value);
    let fits = match kind {
        // What no JSON holds is told of with its type.
        BodyKind::Json => true,
        BodyKind::Text => ty.is_single(),
        BodyKind::Binary => matches!(ty, Type::File | Type::Error),
        BodyKind::Form | BodyKind::Multipart | BodyKind::None => {
            let message =
                format_args!("a `{}` body is made of fields, not of one value", kind.word());
            let span = field.spec.place.as_ref().map_or(name.span, |place| place.span);
            return diagnostics
                .error(span, "contradiction", message)
                .help("write the fields of the body themselves, or `body: json`");
        }
    };
    if !fits {
        let message = format_args!("`{written}` cannot be a `{}` body", kind.word());
        diagnostics.error(written.span, "bad-type", message).help(
            "a `text` body is a `string`, a `bool`, a number or an enum, a `binary` one a `file`",
        );
    }
}
