//! Ways to authenticate, and the endpoints that issue their tokens.

use crate::diagnostic::Diagnostics;
use crate::ir::Integer;
use crate::model::{Endpoint, Field, FieldUse, Issues, Model, Type};
use crate::spec::Auth;

use super::{check_positive, essentials};

pub(super) fn check_auth(diagnostics: &mut Diagnostics, auth: &Auth) {
    check_positive(diagnostics, auth.lifetime.as_ref(), "lifetime");
    check_positive(diagnostics, auth.overlap.as_ref(), "overlap");
    if let (Some(lifetime), Some(overlap)) = (&auth.lifetime, &auth.overlap)
        && overlap.value > lifetime.value
    {
        let message = format_args!("the overlap {overlap} is longer than the lifetime {lifetime}");
        diagnostics.error(overlap.span, "bad-limit", message).help("swap the two, or correct one");
    }
    for (index, code) in auth.refused.iter().enumerate() {
        if auth.refused[..index].iter().any(|earlier| earlier.value == code.value) {
            diagnostics
                .error(code.span, "duplicate-value", format_args!("the code {code} is given twice"))
                .help("remove one of the two");
        }
    }
}

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, endpoint: &Endpoint<'_>) {
    let Some(issues) = &endpoint.issues else { return };
    let issued = &issues.spec.value.auth;
    if let Some(needed) = endpoint.spec.auth.as_ref().filter(|auth| auth.value == issued.value) {
        let message = format_args!("the endpoint needs the `{needed}` that it issues");
        diagnostics
            .error(needed.span, "contradiction", message)
            .help("remove `auth`, or name another token");
    }
    check_fields(diagnostics, model, issues);
}

fn check_fields(diagnostics: &mut Diagnostics, model: &Model<'_>, issues: &Issues<'_>) {
    if let Ok(token) = issues.token.field {
        check_token(diagnostics, &issues.token, &model[token]);
    }
    if let Some(used) = &issues.refresh_token
        && let Ok(field) = used.field
    {
        check_text(diagnostics, used, &model[field]);
    }
    for used in issues.expires_in.iter().chain(&issues.refresh_expires_in) {
        let Ok(field) = used.field else { continue };
        let (name, shape) = (used.name, &model[field].shape);
        if !matches!(shape.ty, Type::Number(Integer::Seconds) | Type::Error) {
            let message =
                format_args!("`{name}` is of the type `{}`, not a time to live", shape.written);
            diagnostics.error(name.span, "bad-token", message).help("its type is `s`, seconds");
        }
    }
}

fn check_token(diagnostics: &mut Diagnostics, used: &FieldUse<'_>, field: &Field<'_>) {
    let name = used.name;
    check_text(diagnostics, used, field);
    if field.spec.is_always_there() {
        let why = "a response must have its token";
        essentials::require(diagnostics, name, field.spec, "bad-token", why);
    } else {
        diagnostics
            .error(name.span, "bad-token", format_args!("`{name}` need not be there"))
            .help("a response must have its token: add `essential: true` to the field");
    }
}

fn check_text(diagnostics: &mut Diagnostics, used: &FieldUse<'_>, field: &Field<'_>) {
    if !field.shape.ty.is_text() {
        let name = used.name;
        let message =
            format_args!("`{name}` is of the type `{}`, not a token", field.shape.written);
        diagnostics.error(name.span, "bad-token", message).help("a token is a `string`");
    }
}
