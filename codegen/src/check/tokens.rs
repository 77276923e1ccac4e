//! Ways to authenticate, and the endpoints that issue their tokens.

use crate::diagnostic::Diagnostics;
use crate::source::{List, Located, Span, is_set};
use crate::spec::{Auth, Endpoint, Field, Issues, Shape};
use crate::symbols::{self, Item};

use super::limits::check_positive;
use super::{Scope, essentials};

pub(super) fn check_auth(diagnostics: &mut Diagnostics, auth: &Auth) {
    check_positive(diagnostics, auth.lifetime.as_ref(), "lifetime");
    check_positive(diagnostics, auth.overlap.as_ref(), "overlap");
    if let (Some(lifetime), Some(overlap)) = (&auth.lifetime, &auth.overlap)
        && overlap.value > lifetime.value
    {
        let message = format_args!("the overlap {overlap} is longer than the lifetime {lifetime}");
        diagnostics.error(overlap.span, "bad-limit", message).help("exchange the two, or mend one");
    }
    for (index, code) in auth.refused.iter().enumerate() {
        if auth.refused[..index].iter().any(|earlier| earlier.value == code.value) {
            diagnostics
                .error(code.span, "duplicate-value", format_args!("the code {code} is given twice"))
                .help("remove one of the two");
        }
    }
}

pub(super) fn check(diagnostics: &mut Diagnostics, scope: &Scope<'_>, endpoint: &Endpoint) {
    let Some(issues) = &endpoint.issues else { return };
    check_names(diagnostics, scope, endpoint, &issues.value);
    match response_fields(scope, endpoint) {
        Response::Fields(fields) => check_fields(diagnostics, &fields, &issues.value),
        Response::Unreadable => {}
        Response::NoObject(span) => {
            diagnostics
                .error(
                    span.unwrap_or(issues.span),
                    "bad-type",
                    "no token is in a response that is no object",
                )
                .help(
                    "add `response: { type: object, fields: […] }` with the token among its fields",
                );
        }
    }
}

fn check_names(
    diagnostics: &mut Diagnostics,
    scope: &Scope<'_>,
    endpoint: &Endpoint,
    issues: &Issues,
) {
    scope.symbols.auth.require(diagnostics, &issues.auth);
    if let Some(needed) = endpoint.auth.as_ref().filter(|auth| auth.value == issues.auth.value) {
        let message = format_args!("the endpoint needs the `{needed}` that it issues");
        diagnostics
            .error(needed.span, "contradiction", message)
            .help("remove `auth`, or name another token");
    }
}

/// The fields of an object, and the domain that the names of their types are looked up from.
struct Fields<'a> {
    scope: &'a Scope<'a>,
    domain: &'a str,
    list: &'a List<Field>,
}

enum Response<'a> {
    Fields(Fields<'a>),
    /// Something is wrong with it that has been told.
    Unreadable,
    /// Where its type stands, if it has one.
    NoObject(Option<Span>),
}

fn response_fields<'a>(scope: &'a Scope<'a>, endpoint: &'a Endpoint) -> Response<'a> {
    let Some(response) = &endpoint.response else { return Response::NoObject(None) };
    let fields = |domain, shape: &'a Shape| match shape.ty.as_str() {
        "object" => Response::Fields(Fields { scope, domain, list: &shape.fields }),
        _ => Response::NoObject(Some(response.ty.span)),
    };
    let (domain, _) = symbols::split(scope.domain, response.ty.as_str());
    match scope.symbols.item(scope.domain, response.ty.as_str()) {
        Some(Item::Type(def)) => fields(domain, &def.shape),
        Some(Item::Broken) => Response::Unreadable,
        Some(Item::Enum(_)) => Response::NoObject(Some(response.ty.span)),
        None => fields(scope.domain, response),
    }
}

fn check_fields(diagnostics: &mut Diagnostics, fields: &Fields<'_>, issues: &Issues) {
    if let Some(field) = find(diagnostics, fields, &issues.token) {
        check_text(diagnostics, fields, &issues.token, field);
        if !is_set(&field.required) || is_set(&field.nullable) {
            let message = format_args!("`{}` need not be there", issues.token);
            diagnostics
                .error(issues.token.span, "bad-token", message)
                .help("a response without its token is none: add `required: true` to the field");
        } else {
            let why = "a response without its token is none";
            essentials::require(diagnostics, &issues.token, field, "bad-token", why);
        }
    }
    if let Some(name) = &issues.refresh_token
        && let Some(field) = find(diagnostics, fields, name)
    {
        check_text(diagnostics, fields, name, field);
    }
    for name in issues.expires_in.iter().chain(&issues.refresh_expires_in) {
        if let Some(field) = find(diagnostics, fields, name)
            && field.shape.ty.value != "s"
        {
            let message =
                format_args!("`{name}` is of the type `{}`, not a time to live", field.shape.ty);
            diagnostics.error(name.span, "bad-token", message).help("its type is `s`, seconds");
        }
    }
}

fn find<'a>(
    diagnostics: &mut Diagnostics,
    fields: &Fields<'a>,
    name: &Located<String>,
) -> Option<&'a Field> {
    let found = fields.list.iter().find(|field| field.name.value == name.value);
    if found.is_none() && fields.list.whole {
        let known = fields.list.iter().map(|field| field.name.as_str());
        symbols::report_unknown(diagnostics, "field", name, known);
    }
    found
}

fn check_text(
    diagnostics: &mut Diagnostics,
    fields: &Fields<'_>,
    name: &Located<String>,
    field: &Field,
) {
    let is_text = match fields.scope.symbols.item(fields.domain, field.shape.ty.as_str()) {
        Some(Item::Type(def)) => def.shape.ty.value == "string",
        Some(Item::Enum(_)) => false,
        Some(Item::Broken) => true,
        None => field.shape.ty.value == "string",
    };
    if !is_text {
        let message = format_args!("`{name}` is of the type `{}`, not a token", field.shape.ty);
        diagnostics.error(name.span, "bad-token", message).help("a token is a `string`");
    }
}
