//! The keys that no field has go into a body, and their values can be written there.

use crate::diagnostic::Diagnostics;
use crate::model::{Object, Rest, Role};
use crate::spec::{BodyKind, Endpoint, Place};

pub(super) fn check(diagnostics: &mut Diagnostics, object: &Object<'_>) {
    if let (Some(rest), Role::Request(endpoint)) = (&object.rest, object.role) {
        let mut places = object.fields.iter().map(|field| field.spec.place());
        let is_one_value = places.any(|place| place == Some(Place::WholeBody));
        check_body(diagnostics, rest, endpoint.spec, is_one_value);
    }
}

fn check_body(
    diagnostics: &mut Diagnostics,
    rest: &Rest<'_>,
    endpoint: &Endpoint,
    is_one_value: bool,
) {
    let written = rest.of.written;
    let body = endpoint.body.as_ref().map_or(BodyKind::Json, |body| body.value);
    let has_keys = matches!(body, BodyKind::Json | BodyKind::Form | BodyKind::Multipart);
    if !endpoint.method.value.has_body() || !has_keys || is_one_value {
        diagnostics
            .error(written.span, "contradiction", "the request has no body with other keys")
            .help("give the parameters of the query as fields");
    } else if body != BodyKind::Json && !rest.of.ty.is_single() {
        let message = format_args!("`{written}` cannot stand in a `{}` body", body.word());
        diagnostics
            .error(written.span, "bad-type", message)
            .help("other keys of such a body have single values, as a `string`");
    }
}
