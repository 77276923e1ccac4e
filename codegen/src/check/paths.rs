//! Paths of endpoints: the signs in them, and their parameters.

use crate::diagnostic::Diagnostics;
use crate::source::Located;
use crate::spec::{Endpoint, Place};
use crate::spelling::closest;

use super::{addresses, given_urls};

pub(super) fn check(diagnostics: &mut Diagnostics, endpoint: &Endpoint) {
    match endpoint.url_hosts.as_slice() {
        [] => check_signs(diagnostics, &endpoint.path),
        hosts => given_urls::check(diagnostics, &endpoint.path, hosts),
    }
    check_placeholders(diagnostics, endpoint);
}

fn check_signs(diagnostics: &mut Diagnostics, path: &Located<String>) {
    if path.value.starts_with('{') {
        let message = format_args!("the path `{path}` does not begin with `/`");
        diagnostics.error(path.span, "bad-path", message).help(
            "a parameter is a part of a path, in which `/` is written as %2F, so it cannot be a whole path: write each part as a \
             parameter of its own, as `/{a}/{b}`. For a whole URL that the platform gave, name the servers that it leads to, as \
             `url_hosts: [files.example.com]`; one to download from goes to `Client::download`",
        );
    } else if !path.value.starts_with('/') {
        diagnostics
            .error(path.span, "bad-path", format_args!("the path `{path}` does not begin with `/`"))
            .help(format_args!("write `/{path}`"));
    } else if let Some(bad) = path.value.chars().find(|c| !addresses::is_path_sign(*c)) {
        let span = diagnostics.part(path, bad.encode_utf8(&mut [0; 4]));
        let message = format_args!("`{}` cannot stand in a path", bad.escape_debug());
        diagnostics
            .error(span, "bad-path", message)
            .help("parameters of the query are fields with `in: query`");
    } else if let Some(fault) = addresses::path_fault(&path.value) {
        diagnostics
            .error(path.span, "bad-path", format_args!("the path `{path}` has {fault}"))
            .help("an HTTP client would send another path; write the one that is meant");
    }
}

/// Each `{name}` in the path is a field and each path field is in the path.
fn check_placeholders(diagnostics: &mut Diagnostics, endpoint: &Endpoint) {
    let path = &endpoint.path;
    let Some(placeholders) = placeholders(&path.value) else {
        diagnostics
            .error(path.span, "bad-path", "a `{` or `}` without its other half")
            .help("write a parameter as {name}");
        return;
    };
    let fields = &endpoint.request.fields;
    let in_path = fields.iter().filter(|field| field.place() == Some(Place::Path));
    let in_path: Vec<&Located<String>> = in_path.map(|field| &field.name).collect();
    for (index, placeholder) in placeholders.iter().enumerate() {
        if placeholders[..index].contains(placeholder) {
            let message = format_args!("`{{{placeholder}}}` is in the path twice");
            diagnostics.error(path.span, "bad-path", message).help("give each its own field");
        } else if fields.whole && !in_path.iter().any(|name| name.value == *placeholder) {
            report_unfilled(diagnostics, path, placeholder, &in_path);
        }
    }
    for name in in_path.into_iter().filter(|name| !placeholders.contains(&name.as_str())) {
        let message = format_args!("the path has no parameter `{name}`");
        diagnostics
            .error(name.span, "unknown-parameter", message)
            .help(format_args!("write {{{name}}} in the path, or remove `in: path`"));
    }
}

fn report_unfilled(
    diagnostics: &mut Diagnostics,
    path: &Located<String>,
    placeholder: &str,
    in_path: &[&Located<String>],
) {
    let span = diagnostics.part(path, placeholder);
    let message = format_args!("no field fills the path parameter `{placeholder}`");
    let complaint = diagnostics.error(span, "unknown-parameter", message);
    match closest(placeholder, in_path.iter().map(|name| name.as_str())) {
        Some(near) => complaint.help(format_args!("did you mean `{near}`?")),
        None => complaint.help(format_args!("add a field `{placeholder}` with `in: path`")),
    }
}

/// The names in braces; nothing if the braces do not pair.
fn placeholders(path: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find(['{', '}']) {
        let (name, after) = rest[open..].strip_prefix('{')?.split_once('}')?;
        if name.is_empty() || name.contains('{') {
            return None;
        }
        found.push(name);
        rest = after;
    }
    Some(found)
}
