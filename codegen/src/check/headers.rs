//! Headers of requests: those that are the same in each, fields that travel as one, the media type of the body.

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Field, Model, Type};
use crate::source::{Located, Named};
use crate::spec::{BodyKind, Host, Place};

/// Headers that the client itself writes, or HTTP does.
const TAKEN: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The header that a token travels in.
pub(super) fn check_of_token(diagnostics: &mut Diagnostics, header: &Located<String>) {
    if is_taken(header) {
        diagnostics
            .error(header.span, "bad-header", format_args!("`{header}` cannot carry a token"))
            .help("HTTP has another use for this header; name the one of the document");
    }
    check_name(diagnostics, header);
}

pub(super) fn check_host(diagnostics: &mut Diagnostics, host: &Host) {
    check_constants(diagnostics, &host.headers);
}

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>, endpoint: &Endpoint<'_>) {
    let constants = &endpoint.spec.headers;
    check_constants(diagnostics, constants);
    let fields = model[endpoint.request].fields.iter();
    let fields = fields.filter(|field| field.spec.place() == Some(Place::Header));
    let fields: Vec<&Field<'_>> = fields.collect();
    for (index, field) in fields.iter().enumerate() {
        check_field(diagnostics, field);
        let earlier = fields[..index].iter().map(|field| &field.spec.name);
        // Two fields of the same name to the letter are told of as such.
        let earlier = earlier.filter(|name| name.value != field.spec.name.value);
        let given = earlier.chain(headers_of_host(endpoint)).chain(constants.names());
        check_once(diagnostics, &field.spec.name, given);
    }
    let names = fields.iter().map(|field| &field.spec.name).chain(constants.names());
    check_beside_token(diagnostics, endpoint, &names.collect::<Vec<_>>());
    if let Some(content_type) = &endpoint.spec.content_type {
        check_content_type(diagnostics, endpoint, content_type);
    }
}

/// An endpoint may give a header of its host another value, but a field is one or the other.
fn headers_of_host<'m>(endpoint: &'m Endpoint<'_>) -> impl Iterator<Item = &'m Located<String>> {
    endpoint.host.iter().flat_map(|host| host.spec.headers.names())
}

fn check_constants(diagnostics: &mut Diagnostics, headers: &Named<Located<String>>) {
    for (index, (name, value)) in headers.entries.iter().enumerate() {
        check_free(diagnostics, name);
        check_no_secret(diagnostics, name);
        let earlier = headers.entries[..index].iter().map(|(name, _)| name);
        check_once(diagnostics, name, earlier);
        if let Some(value) = value
            && !is_header_text(value.as_str())
        {
            diagnostics
                .error(
                    value.span,
                    "bad-header",
                    format_args!("{:?} is not the value of a header", value.value),
                )
                .help("a value is made of visible ASCII characters and spaces");
        }
    }
}

fn check_no_secret(diagnostics: &mut Diagnostics, name: &Located<String>) {
    if name.value.eq_ignore_ascii_case("authorization") {
        diagnostics.error(name.span, "bad-header", "credentials do not belong in a spec").help(
            "define a way to authenticate in `auth`, with this header, and name it on endpoints",
        );
    }
}

/// A header that a spec may give.
fn check_free(diagnostics: &mut Diagnostics, name: &Located<String>) {
    if is_taken(name) || name.value.eq_ignore_ascii_case("user-agent") {
        let help = match name.value.eq_ignore_ascii_case("content-type") {
            true => "write the media type of the body as `content_type` of the endpoint",
            false => "remove it",
        };
        diagnostics
            .error(name.span, "bad-header", format_args!("`{name}` is written by the client"))
            .help(help);
    }
    check_name(diagnostics, name);
}

pub(super) fn check_name(diagnostics: &mut Diagnostics, name: &Located<String>) {
    if !is_token(&name.value) {
        let message = format_args!("`{name}` is not the name of an HTTP header");
        diagnostics
            .error(name.span, "bad-header", message)
            .help("a header is named with ASCII letters, digits and `-`, as access-token");
    }
}

fn check_once<'n>(
    diagnostics: &mut Diagnostics,
    name: &Located<String>,
    mut earlier: impl Iterator<Item = &'n Located<String>>,
) {
    if let Some(first) = earlier.find(|first| first.value.eq_ignore_ascii_case(&name.value)) {
        let first = diagnostics.place(first.span);
        diagnostics
            .error(name.span, "bad-header", format_args!("the header `{name}` is given twice"))
            .help(format_args!("it is given at {first}"));
    }
}

/// The client writes the token of the endpoint, and not what a spec says.
fn check_beside_token(
    diagnostics: &mut Diagnostics,
    endpoint: &Endpoint<'_>,
    names: &[&Located<String>],
) {
    let (Some(used), Some(Ok(auth))) = (&endpoint.spec.auth, &endpoint.auth) else { return };
    let Some(token) = &auth.spec.header else { return };
    let is_of_token = |name: &str| name.eq_ignore_ascii_case(&token.value);
    for name in names.iter().filter(|name| is_of_token(name.as_str())) {
        let message = format_args!("`{name}` carries the token of `{used}`");
        diagnostics
            .error(name.span, "bad-header", message)
            .help("remove it here, or `auth` from the endpoint");
    }
    if let Some(name) = headers_of_host(endpoint).find(|name| is_of_token(name.as_str())) {
        let first = diagnostics.place(name.span);
        let message = format_args!("`{token}` carries the token, but is also a header of the host");
        diagnostics
            .error(used.span, "bad-header", message)
            .help(format_args!("remove it at {first}, or `auth` here"));
    }
}

fn check_field(diagnostics: &mut Diagnostics, field: &Field<'_>) {
    check_free(diagnostics, &field.spec.name);
    let ty = &field.shape.ty;
    let is_list = matches!(ty, Type::List(of) if of.ty.is_single());
    if !ty.is_single() && !is_list {
        let written = field.shape.written;
        diagnostics
            .error(written.span, "bad-type", format_args!("`{written}` cannot stand in a header"))
            .help("a `string`, a `bool`, a number, an enum, or a list of these can");
    }
    if let Some(nullable) = field.spec.nullable.as_ref().filter(|nullable| nullable.value) {
        diagnostics
            .error(nullable.span, "contradiction", "a header cannot be `null`")
            .help("remove `nullable`");
    }
}

fn check_content_type(
    diagnostics: &mut Diagnostics,
    endpoint: &Endpoint<'_>,
    content_type: &Located<String>,
) {
    let body = endpoint.spec.body.as_ref().map_or(BodyKind::Json, |body| body.value);
    let message = match body {
        _ if !endpoint.spec.method.value.has_body() => "a request without a body has no media type",
        BodyKind::None => "a request without a body has no media type",
        BodyKind::Multipart => "a `multipart` body names its own media type",
        _ => return check_media_type(diagnostics, content_type),
    };
    diagnostics.error(content_type.span, "contradiction", message).help("remove `content_type`");
}

/// RFC 9110, 8.3.1, as far as a typing error shows.
fn check_media_type(diagnostics: &mut Diagnostics, content_type: &Located<String>) {
    let kind = content_type.value.split(';').next().unwrap_or_default().trim_end();
    let is_kind = kind.split_once('/').is_some_and(|(a, b)| is_token(a) && is_token(b));
    if !is_kind || !is_header_text(content_type.as_str()) {
        diagnostics
            .error(
                content_type.span,
                "bad-header",
                format_args!("{:?} is not a media type", content_type.value),
            )
            .help("write it as application/merge-patch+json");
    }
}

fn is_taken(header: &Located<String>) -> bool {
    TAKEN.contains(&header.value.to_ascii_lowercase().as_str())
}

/// RFC 9110, 5.6.2.
pub(super) fn is_token(text: &str) -> bool {
    let may_be = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(may_be)
}

pub(super) fn is_header_text(text: &str) -> bool {
    text.trim() == text && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}
