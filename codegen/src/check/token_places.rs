//! Where a token travels: in a header, in the query, in the body.

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Model};
use crate::source::Located;
use crate::spec::{Auth, BodyKind, Method, Place};

use super::headers;

/// A token travels in one place, and in a header in one way.
pub(super) fn check(diagnostics: &mut Diagnostics, name: &Located<String>, auth: &Auth) {
    let Auth { header, query, field, scheme, prefix, .. } = auth;
    let given: Vec<&Located<String>> = [header, query, field].into_iter().flatten().collect();
    match given.as_slice() {
        [] => diagnostics
            .error(
                name.span,
                "bad-authentication",
                format_args!("`{name}` does not say where its token is sent"),
            )
            .help(
                "add `header: access-token`, or `query` or `field` with the name that it has there",
            ),
        [_] => {}
        [_, second, ..] => diagnostics
            .error(second.span, "bad-authentication", "a token is sent in one place")
            .help("keep one of `header`, `query` and `field`"),
    }
    let scheme_span = scheme.as_ref().map(|scheme| scheme.span);
    let prefix_span = prefix.as_ref().map(|prefix| prefix.span);
    match (header, scheme_span, prefix_span) {
        (_, Some(_), Some(span)) => diagnostics
            .error(span, "bad-authentication", "a scheme has its own prefix")
            .help("keep one of `scheme` and `prefix`"),
        (None, Some(span), None) | (None, None, Some(span)) => diagnostics
            .error(span, "bad-authentication", "`scheme` and `prefix` apply to a header only")
            .help("write `header: Authorization` in place of `query` or `field`, or remove this"),
        (Some(header), ..) => check_header(diagnostics, header, auth),
        (None, None, None) => {}
    }
}

fn check_header(diagnostics: &mut Diagnostics, header: &Located<String>, auth: &Auth) {
    headers::check_of_token(diagnostics, header);
    let is_bare = auth.scheme.is_none() && auth.prefix.is_none();
    if is_bare && header.value.eq_ignore_ascii_case("authorization") {
        diagnostics
            .error(header.span, "bad-authentication", format_args!("`{header}` would carry the token alone"))
            .help("add `scheme: bearer`, `scheme: basic` or `prefix: \"token \"`; `scheme: none` if it does stand alone");
    }
    let Some(prefix) = &auth.prefix else { return };
    if !headers::is_header_text(prefix.value.trim_end()) {
        diagnostics
            .error(
                prefix.span,
                "bad-authentication",
                format_args!("{:?} cannot stand in a header", prefix.value),
            )
            .help("a prefix is made of visible ASCII characters and spaces");
    } else if prefix.value.ends_with(|last: char| last.is_ascii_alphanumeric()) {
        diagnostics
            .error(
                prefix.span,
                "bad-authentication",
                format_args!("nothing separates `{prefix}` from the token"),
            )
            .help(format_args!("write \"{prefix} \", with the space"));
    }
}

/// A token in the query or the body has a name that no field has, and a body to stand in.
pub(super) fn check_use(diagnostics: &mut Diagnostics, model: &Model<'_>, endpoint: &Endpoint<'_>) {
    let (Some(used), Some(Ok(auth))) = (&endpoint.spec.auth, &endpoint.auth) else { return };
    let Auth { query, field, .. } = auth.spec;
    if field.is_some()
        && let Some(why) = no_object(model, endpoint)
    {
        diagnostics
            .error(
                used.span,
                "bad-authentication",
                format_args!("the token of `{used}` is a field of the body, {why}"),
            )
            .help("name a way to authenticate whose token is in a header or the query");
    }
    let in_body = |place| matches!(place, None | Some(Place::Body));
    let has_body = endpoint.spec.method.value.has_body();
    let in_query =
        |place: Option<Place>| place == Some(Place::Query) || (place.is_none() && !has_body);
    for own in &model[endpoint.request].fields {
        let (name, place) = (&own.spec.name, own.spec.place());
        let is = |token: &Option<Located<String>>| {
            token.as_ref().is_some_and(|token| token.value == name.value)
        };
        if (is(query) && in_query(place)) || (is(field) && has_body && in_body(place)) {
            diagnostics
                .error(
                    name.span,
                    "bad-authentication",
                    format_args!("`{name}` is where the token of `{used}` goes"),
                )
                .help("remove the field, which the client fills by itself, or `auth`");
        }
    }
}

/// Why the body cannot have a field more.
fn no_object(model: &Model<'_>, endpoint: &Endpoint<'_>) -> Option<&'static str> {
    let method = endpoint.spec.method.value;
    let mut fields = model[endpoint.request].fields.iter();
    match endpoint.spec.body.as_ref().map(|body| body.value) {
        _ if !method.has_body() => Some("and the request has none"),
        Some(BodyKind::None) => Some("and the request has none"),
        Some(BodyKind::Multipart) => Some("which is in parts"),
        _ if fields.clone().any(|field| field.spec.place() == Some(Place::WholeBody)) => {
            Some("which is one value")
        }
        Some(BodyKind::Form) => None,
        _ if method != Method::Delete => None,
        _ => fields
            .all(|field| !matches!(field.spec.place(), None | Some(Place::Body)))
            .then_some("and a DELETE without fields for one has none"),
    }
}
