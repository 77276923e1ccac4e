//! Responses: those that differ by HTTP status, and headers that are fields.

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Field, ObjectId, Role, Type};
use crate::source::{Located, is_set};
use crate::spec::Place;

use super::names::Taken;
use super::{Scope, headers};

pub(super) fn check(diagnostics: &mut Diagnostics, endpoint: &Endpoint<'_>) {
    if let (Some(response), Some(first)) = (&endpoint.response, endpoint.responses.first()) {
        let place = diagnostics.place(response.written.span);
        let message = format_args!("`{}` has `response` and `responses`", endpoint.name);
        diagnostics
            .error(first.spec.status.span, "contradiction", message)
            .help(format_args!("move the one at {place} to `responses`, with its status"));
    }
    let mut seen: Vec<&Located<i64>> = Vec::new();
    let mut variants = Taken::new("variant").advise("give one of them a `name`");
    for response in &endpoint.responses {
        let status = &response.spec.status;
        if !(200..300).contains(&status.value) {
            diagnostics
                .error(
                    status.span,
                    "bad-status",
                    format_args!("{status} is not the status of a success"),
                )
                .help("a success is from 200 to 299; list failures in `errors`");
        } else if let Some(first) = seen.iter().find(|first| first.value == status.value) {
            let place = diagnostics.place(first.span);
            diagnostics
                .error(
                    status.span,
                    "duplicate-value",
                    format_args!("the status {status} is listed twice"),
                )
                .help(format_args!("the first is at {place}"));
        } else {
            let span = response.spec.name.as_ref().map_or(status.span, |name| name.span);
            variants.take_at(diagnostics, &response.name, span, response.name.clone());
        }
        seen.push(status);
        check_json(diagnostics, response.response.as_ref().map(|shape| (&shape.ty, shape.written)));
    }
}

/// What has a status of its own in the spec is read as JSON.
fn check_json(diagnostics: &mut Diagnostics, data: Option<(&Type<'_>, &Located<String>)>) {
    if let Some((Type::PlainText | Type::Binary, written)) = data {
        let message = format_args!("a response by status is JSON, and never `{written}`");
        diagnostics
            .error(written.span, "bad-type", message)
            .help("remove it from `responses`: a success that is not listed is kept as it came");
    }
}

/// Fields that are headers stand in the object that a response is, written in place.
pub(super) fn check_headers(diagnostics: &mut Diagnostics, scope: &Scope<'_, '_>) {
    let shapes = scope.domain.endpoints.iter().flat_map(Endpoint::response_shapes);
    let responses: Vec<ObjectId> =
        shapes.filter_map(|shape| shape.ty.object().ok().flatten()).collect();
    for id in &scope.domain.objects {
        let object = &scope.model[*id];
        if matches!(object.role, Role::Request(_)) {
            continue;
        }
        let is_response = matches!(object.role, Role::Response) && responses.contains(id);
        for field in &object.fields {
            check_header(diagnostics, field, is_response);
        }
    }
}

fn check_header(diagnostics: &mut Diagnostics, field: &Field<'_>, is_response: bool) {
    let Some(place) = field.spec.place.as_ref().filter(|place| place.value == Place::Header) else {
        return;
    };
    if !is_response {
        diagnostics
            .error(place.span, "misplaced-key", "only a field of a request or of a response as a whole is a header")
            .help("move the field into the `object` of the `response`, written in place; `Reply::headers` has all headers");
        return;
    }
    if let Some(essential) = field.spec.essential.as_ref().filter(|essential| essential.value) {
        diagnostics
            .error(
                essential.span,
                "contradiction",
                "a header may be missing, so it cannot be essential",
            )
            .help("remove `essential`");
    }
    if is_set(&field.spec.nullable) {
        diagnostics
            .error(place.span, "contradiction", "a header is never `null`")
            .help("remove `nullable`");
    }
    headers::check_name(diagnostics, &field.spec.name);
    let written = field.shape.written;
    if !field.shape.ty.is_single() {
        diagnostics
            .error(
                written.span,
                "bad-type",
                format_args!("`{written}` cannot be read from a header"),
            )
            .help("write `string`, or another type of a single value");
    }
}
