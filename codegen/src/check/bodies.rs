//! Bodies of requests: those that are no JSON, and requests and responses that have none.

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Field, Model};
use crate::spec::{BodyKind, Method, Place};

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, endpoint: &Endpoint<'_>) {
    if endpoint.spec.method.value == Method::Head {
        check_head(diagnostics, endpoint);
    }
    let Some(body) = &endpoint.spec.body else { return };
    let method = &endpoint.spec.method.value;
    let fields = model[endpoint.request].fields.iter();
    let in_body = fields.filter(|field| matches!(field.spec.place(), None | Some(Place::Body)));
    match body.value {
        _ if !method.has_body() => {
            let message = format_args!("a {} request has no body", method.word());
            diagnostics
                .error(body.span, "contradiction", message)
                .help("remove `body`, or write `method: POST`");
        }
        BodyKind::Json | BodyKind::Text | BodyKind::Binary => {}
        BodyKind::None => in_body.for_each(|field| check_without_body(diagnostics, field)),
        BodyKind::Form | BodyKind::Multipart => {
            in_body.for_each(|field| check_field(diagnostics, field, body.value));
        }
    }
}

/// What is sent back has headers only.
fn check_head(diagnostics: &mut Diagnostics, endpoint: &Endpoint<'_>) {
    if let Some(response) = endpoint.response_shapes().next() {
        diagnostics
            .error(response.written.span, "contradiction", "a HEAD response has no body")
            .help("remove `response` and read the headers of the reply, or write `method: GET`");
    }
    if let Ok(envelope) = &endpoint.envelope
        && !envelope.spec.goes_by_status()
    {
        let name = &endpoint.spec.envelope;
        let message = format_args!("a HEAD response has no body to hold the code of `{name}`");
        diagnostics
            .error(name.span, "contradiction", message)
            .help("name an envelope without `code`, or with `success: status`: the HTTP status then decides");
    }
}

fn check_without_body(diagnostics: &mut Diagnostics, field: &Field<'_>) {
    let name = &field.spec.name;
    let message = format_args!("`{name}` would go into the body, but the request has none");
    diagnostics
        .error(name.span, "contradiction", message)
        .help("add `in: query`, or remove `body: none`");
}

fn check_field(diagnostics: &mut Diagnostics, field: &Field<'_>, body: BodyKind) {
    if let Some(nullable) = field.spec.nullable.as_ref().filter(|nullable| nullable.value) {
        let message = format_args!("a `{}` body cannot hold `null`", body.word());
        diagnostics.error(nullable.span, "contradiction", message).help("remove `nullable`");
    }
}
