//! Refuses what cannot be meant.

use std::collections::HashSet;

use quote::ToTokens;
use syn::{Ident, LitStr};

use super::{Body, BodyKind, ConstantValue, Field, Place, Request, RequestLine};
use crate::errors::{Errors, unknown_name};
use crate::item::is_body;

pub(super) fn check(request: &Request<'_>, errors: &mut Errors) {
    check_complete(request, errors);
    check_response(request, errors);
    check_idempotency(request, errors);
    check_safe(request, errors);
    check_rate_limits(request, errors);
    check_files(request, errors);
    for field in &request.fields {
        check_place(field, errors);
        check_spelling(field, request, errors);
    }
    if let Some(line) = &request.attrs.line {
        check_path(line, request, errors);
        check_body(line, request, errors);
    }
    check_constants(request, errors);
    check_headers(request, errors);
}

fn check_complete(request: &Request<'_>, errors: &mut Errors) {
    let attrs = &request.attrs;
    let missing = [
        (attrs.line.is_none(), "POST \"/path\""),
        (attrs.name.is_none(), "name = \"..\""),
        (attrs.host.is_none(), "host = PATH"),
        (attrs.envelope.is_none(), "envelope = PATH"),
    ];
    let missing: Vec<&str> =
        missing.iter().filter(|(is_missing, _)| *is_missing).map(|(_, key)| *key).collect();
    if !missing.is_empty() && request.is_readable {
        let message =
            format!("the endpoint is not told in full, add `#[endpoint({})]`", missing.join(", "));
        errors.at(&request.node.ident, message);
    }
}

fn check_idempotency(request: &Request<'_>, errors: &mut Errors) {
    let attrs = &request.attrs;
    check_fields(attrs.idempotency_key.as_deref().unwrap_or_default(), request, errors);
    if let (Some(code), None) = (&attrs.duplicate, &attrs.idempotency_key) {
        let message = "the code answers a second request with the same key, add `idempotency_key = FIELD` or leave it out";
        errors.at(code, message);
    }
}

/// No data are nothing to read from a text.
fn check_response(request: &Request<'_>, errors: &mut Errors) {
    if let (Some(body), None) = (&request.attrs.response_body, &request.attrs.response) {
        let message = "what the body is read into is not said, add `response = TYPE`: `String` for text, `Binary` for anything else";
        errors.at(&body.word, message);
    }
}

pub(super) fn check_field(ident: &Ident, request: &Request<'_>, errors: &mut Errors) {
    if request.field(ident).is_none() {
        let names = request.names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        errors.push(unknown_name("field", ident, &names));
    }
}

/// What may be repeated at will needs nothing that makes a second time harmless.
fn check_safe(request: &Request<'_>, errors: &mut Errors) {
    if let (Some(safe), Some(_)) = (&request.attrs.safe, &request.attrs.idempotency_key) {
        let message = "what is safe needs no `idempotency_key`, leave one out";
        errors.at(safe, message);
    }
}

fn check_rate_limits(request: &Request<'_>, errors: &mut Errors) {
    for limit in &request.attrs.rate_limits {
        check_fields(&limit.by, request, errors);
    }
}

fn check_fields(fields: &[Ident], request: &Request<'_>, errors: &mut Errors) {
    for (place, field) in fields.iter().enumerate() {
        if fields[..place].contains(field) {
            errors.at(field, format_args!("`{field}` is given twice, leave one out"));
        } else {
            check_field(field, request, errors);
        }
    }
}

/// Files go into the parts of a body, not into its object, and only a multipart body has such parts; or one is the body.
fn check_files(request: &Request<'_>, errors: &mut Errors) {
    let kind = request.attrs.body.as_ref().map(|body| body.kind);
    let marks = request.fields_in(Place::File).filter_map(|field| field.attrs.place.as_ref());
    for (place, (mark, _)) in marks.enumerate() {
        match kind {
            Some(BodyKind::Multipart) => {}
            Some(BodyKind::Binary) if place == 0 => {}
            Some(BodyKind::Binary) => errors.at(mark, "a binary body is one file, leave this out"),
            _ => errors
                .at(mark, "only a multipart body has files, add `body = multipart` on the struct"),
        }
    }
}

/// What goes into the URL, or is a part of its own, does not go into the object of the body as well.
fn check_place(field: &Field<'_>, errors: &mut Errors) {
    if let Some((mark, place)) = &field.attrs.place
        && !field.is_skipped
    {
        let message = match place {
            Place::File => {
                "a file is not in the object of the body, add `#[wire(skip)]`".to_owned()
            }
            Place::Path | Place::Query | Place::Header => {
                format!("a field in the {mark} is not in the body, add `#[wire(skip)]`")
            }
        };
        errors.at(mark, message);
    }
}

/// A constant in the query is not a field of the query, or another constant, as well.
fn check_constants(request: &Request<'_>, errors: &mut Errors) {
    let queries = || request.attrs.constants.iter().filter(|it| it.place == Place::Query);
    for (place, constant) in queries().enumerate() {
        let name = constant.name.value();
        let is_field = request.fields_in(Place::Query).any(|field| field.name() == name);
        if is_field || queries().take(place).any(|earlier| earlier.name.value() == name) {
            errors.at(&constant.name, "this is in the query twice, leave one out");
        }
    }
    for constant in request.attrs.constants.iter().filter(|it| it.place == Place::Header) {
        if let ConstantValue::Text(text) = &constant.value
            && !is_header_text(&text.value())
        {
            errors.at(text, "no header value, it is made of visible ASCII characters and spaces");
        }
    }
}

/// Headers that say how the message itself is to be read are written by whoever writes the message.
const OWN_HEADERS: &[&str] =
    &["content-type", "content-length", "transfer-encoding", "connection", "host"];

fn check_headers(request: &Request<'_>, errors: &mut Errors) {
    let fields = request.fields_in(Place::Header);
    let fields = fields.map(|field| (field.name(), field.name_token()));
    let constants = request.attrs.constants.iter().filter(|it| it.place == Place::Header);
    let constants = constants.map(|it| (it.name.value(), it.name.to_token_stream()));
    let mut seen = HashSet::new();
    for (name, token) in fields.chain(constants) {
        let is_new = seen.insert(name.to_ascii_lowercase());
        if name.eq_ignore_ascii_case("content-type") {
            errors.at(token, "this is the media type of the body, write `content_type = \"..\"`");
        } else if OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own)) {
            errors.at(token, "this header is written with the message, leave it out");
        } else if !is_header_name(&name) {
            errors.at(token, "no name of a header, expected one as `\"Idempotency-Key\"`");
        } else if !is_new {
            errors.at(token, "this header is given twice, leave one out");
        }
    }
    if let Some(content_type) = &request.attrs.content_type {
        check_content_type(content_type, request, errors);
    }
}

fn check_content_type(content_type: &LitStr, request: &Request<'_>, errors: &mut Errors) {
    let has_own = match request.body_kind() {
        Some(BodyKind::Multipart) => Some("a multipart body names its own media type"),
        Some(BodyKind::None) => Some("without a body there is no media type"),
        Some(BodyKind::Json | BodyKind::Form | BodyKind::Text | BodyKind::Binary) | None => None,
    };
    if let Some(why) = has_own {
        errors.at(content_type, format_args!("{why}, leave this out"));
    } else if !is_header_text(&content_type.value()) {
        errors.at(content_type, "no media type, expected one as `\"application/json\"`");
    }
}

/// RFC 9110, 5.1.
fn is_header_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}

fn is_header_text(text: &str) -> bool {
    !text.trim().is_empty() && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// Only pairs of name and text have spellings to choose from.
fn check_spelling(field: &Field<'_>, request: &Request<'_>, errors: &mut Errors) {
    let is_json = || !matches!(request.body_kind(), Some(BodyKind::Form | BodyKind::Multipart));
    let message = match field.place() {
        Some(Place::Query) => return,
        None if !is_json() => return,
        None => {
            "a JSON body has lists and objects of its own, leave this out or add `body = form` on the struct"
        }
        Some(_) => "only fields of the query and of a form are spelled in pairs, leave this out",
    };
    for word in field.attrs.spelling.words() {
        errors.at(&word.key, message);
    }
}

fn check_path(line: &RequestLine, request: &Request<'_>, errors: &mut Errors) {
    let path = line.path.value();
    match &request.attrs.url_hosts {
        Some(hosts) => check_url(line, &path, hosts, errors),
        None if request.is_readable => check_characters(line, &path, errors),
        // What is wrong with the struct may be that it names no servers for a URL.
        None => {}
    }
    let Some(names) = read_template(&path) else {
        errors.at(&line.path, "a brace has no match, write `{name}` for a field in the path");
        return;
    };
    check_names(line, &names, request, errors);
    let fields = request.fields_in(Place::Path).map(|field| (field.name(), field));
    for (name, field) in fields.filter(|(name, _)| !names.contains(&&**name)) {
        let mark = field.attrs.place.as_ref().map(|(mark, _)| mark);
        errors.at(
            mark,
            format_args!(
                "the path has no `{{{name}}}`, add it there or take the field out of the path"
            ),
        );
    }
}

fn check_characters(line: &RequestLine, path: &str, errors: &mut Errors) {
    if !path.starts_with('/') {
        errors.at(&line.path, format_args!("a path begins with `/`, write `\"/{path}\"`"));
    }
    if path.contains('?') {
        let message = "a path has no `?`, make what is behind it fields with `#[endpoint(query)]`";
        errors.at(&line.path, message);
    }
    if let Some(stray) = path.chars().find(|&char| !char.is_ascii_graphic() || char == '#') {
        errors.at(&line.path, format_args!("a path has no `{stray}`, write it percent-encoded"));
    }
}

/// A URL is one field, and the servers are names alone.
fn check_url(line: &RequestLine, path: &str, hosts: &[LitStr], errors: &mut Errors) {
    let is_field = path.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    if is_field.is_none_or(|name| name.is_empty() || name.contains(['{', '}'])) {
        errors.at(&line.path, "a URL that is given is one field, write `\"{url}\"`");
    }
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    for host in hosts {
        let value = host.value();
        let name = value.strip_prefix("*.").unwrap_or(&value);
        if !name.bytes().all(is_name) || name.split('.').any(str::is_empty) {
            errors.at(
                host,
                "no name of a server, expected one as `\"files.example.com\"` or `\"*.example.com\"`",
            );
        }
    }
}

fn check_names(line: &RequestLine, names: &[&str], request: &Request<'_>, errors: &mut Errors) {
    for (place, name) in names.iter().enumerate() {
        if names[..place].contains(name) {
            errors.at(&line.path, format_args!("`{{{name}}}` is in the path twice, leave one out"));
        } else if !request.fields_in(Place::Path).any(|field| field.name() == *name) {
            let message = format!(
                "`{{{name}}}` needs a field of that name with `#[endpoint(path)]` and `#[wire(skip)]`"
            );
            errors.at(&line.path, message);
        }
    }
}

/// What has no body has no fields in it either.
fn check_body(line: &RequestLine, request: &Request<'_>, errors: &mut Errors) {
    let method = &line.word;
    match &request.attrs.body {
        Some(body) if line.method.has_no_body() => errors.at(
            &body.word,
            format_args!("a {method} has no body, leave `body` out or write `POST`"),
        ),
        Some(body) if body.kind == BodyKind::None => {
            check_no_fields("an endpoint with `body = none`", request, errors)
        }
        Some(body) => check_whole_body(body, request, errors),
        _ => {}
    }
    if line.method.has_no_body() {
        check_no_fields(&format!("a {method}"), request, errors);
    }
}

/// A body that is one value is one field.
fn check_whole_body(body: &Body, request: &Request<'_>, errors: &mut Errors) {
    let whole = || request.in_body().find(|field| is_body(field.node));
    match body.kind {
        BodyKind::Text if whole().is_none() => {
            errors.at(&body.word, "text is one value, mark its field as `#[wire(body)]`");
        }
        BodyKind::Binary => {
            if request.fields_in(Place::File).next().is_none() {
                let message =
                    "a binary body is a file, mark it as `#[endpoint(file)]` and `#[wire(skip)]`";
                errors.at(&body.word, message);
            }
            for field in request.in_body() {
                let message =
                    "a binary body is one file, add `#[endpoint(query)]` and `#[wire(skip)]`";
                errors.at(field.ident, message);
            }
        }
        BodyKind::Form | BodyKind::Multipart => {
            if let Some(field) = whole() {
                let message = "pairs of a name and a text are fields, leave `#[wire(body)]` out";
                errors.at(field.ident, message);
            }
        }
        _ => {}
    }
}

fn check_no_fields(what: &str, request: &Request<'_>, errors: &mut Errors) {
    let advice = "has no body, add `#[endpoint(query)]` and `#[wire(skip)]`";
    for field in request.in_body() {
        errors.at(field.ident, format_args!("{what} {advice}"));
    }
}

/// The names in braces, or nothing if a brace has no match.
fn read_template(path: &str) -> Option<Vec<&str>> {
    let mut parts = path.split('{');
    if parts.next()?.contains('}') {
        return None;
    }
    parts.map(read_name).collect()
}

/// The name at the start of `name}rest`.
fn read_name(part: &str) -> Option<&str> {
    let (name, rest) = part.split_once('}')?;
    (!name.is_empty() && !rest.contains('}')).then_some(name)
}
