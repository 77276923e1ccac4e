//! URLs that the platform gave: one field, which leads to servers that are named.

use crate::diagnostic::Diagnostics;
use crate::model::{Endpoint, Model};
use crate::source::Located;
use crate::spec::Place;

use super::addresses;

/// The path of an endpoint that names such servers.
pub(super) fn check(
    diagnostics: &mut Diagnostics,
    path: &Located<String>,
    hosts: &[Located<String>],
) {
    let field = path.value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    if field.is_none_or(|name| name.contains(['{', '}'])) {
        diagnostics
            .error(path.span, "bad-path", format_args!("`{path}` is not one field that has a URL"))
            .help(
                "write the field alone, as `{upload_url}`, and give it `in: path`; for a path on `host`, remove `url_hosts`",
            );
    }
    for (index, host) in hosts.iter().enumerate() {
        check_host(diagnostics, host);
        if let Some(first) = hosts[..index].iter().find(|first| first.value == host.value) {
            let first = diagnostics.place(first.span);
            diagnostics
                .error(host.span, "duplicate-value", format_args!("`{host}` is given twice"))
                .help(format_args!("the first is at {first}"));
        }
    }
}

/// A server by its name, or all whose names end alike. A token may go there, so the end is that of one owner.
fn check_host(diagnostics: &mut Diagnostics, host: &Located<String>) {
    let rest = host.value.strip_prefix("*.");
    let name = rest.unwrap_or(&host.value);
    let help = match name {
        _ if !addresses::is_name(name) => {
            "write the name alone, as files.example.com, or *.example.com for all that end so; URLs are called by https"
        }
        _ if rest.is_some() && !name.contains('.') => {
            "write the end that the platform owns, as *.example.com"
        }
        _ => return,
    };
    diagnostics
        .error(host.span, "bad-url", format_args!("`{host}` is not the name of a server"))
        .help(help);
}

/// The field that has the URL is text.
pub(super) fn check_field(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    endpoint: &Endpoint<'_>,
) {
    if endpoint.spec.url_hosts.is_empty() {
        return;
    }
    let fields = model[endpoint.request].fields.iter();
    for field in fields.filter(|field| field.spec.place() == Some(Place::Path)) {
        if !field.shape.ty.is_text() {
            let (name, written) = (&field.spec.name, field.shape.written);
            let message = format_args!("`{name}` holds a URL, and `{written}` is not a string");
            diagnostics.error(written.span, "bad-type", message).help("write `type: string`");
        }
    }
}
