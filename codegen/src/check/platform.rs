//! Hosts, levels and other things that the domains share.

use crate::diagnostic::Diagnostics;
use crate::source::Located;
use crate::spec::{CallbackEnvelope, Envelope, File, Levels};

use super::{addresses, tokens};

pub(crate) fn check_file(diagnostics: &mut Diagnostics, file: &File) {
    for (_, host) in file.hosts.iter() {
        for url in [&host.production].into_iter().chain(&host.sandbox) {
            addresses::check_callable(diagnostics, url);
        }
        // Shown in documents, where it may be a placeholder.
        if let Some(url) = &host.development {
            addresses::check_base_url(diagnostics, url);
        }
    }
    for (name, levels) in file.levels.iter() {
        check_levels(diagnostics, name, levels);
    }
    for (name, source) in file.sources.iter() {
        check_citable(diagnostics, name);
        if let Some(url) = &source.url {
            addresses::check_web_address(diagnostics, url);
        }
    }
    for (_, auth) in file.auth.iter() {
        check_header(diagnostics, &auth.header);
        tokens::check_auth(diagnostics, auth);
    }
    for (_, envelope) in file.envelopes.iter() {
        check_envelope(diagnostics, envelope);
    }
    for (_, CallbackEnvelope { event, version, content, .. }) in file.callback_envelopes.iter() {
        // `answer` is a key of another object.
        let keys: Vec<_> = [event].into_iter().chain(version).chain([content]).collect();
        check_keys(diagnostics, &keys);
    }
}

fn check_citable(diagnostics: &mut Diagnostics, name: &Located<String>) {
    if name.value.contains(',') || name.value.trim() != name.value {
        diagnostics
            .error(name.span, "bad-name", format_args!("no source can be named `{name}`"))
            .help("a citation is the name up to a comma, and then the place in the source");
    }
}

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

fn check_header(diagnostics: &mut Diagnostics, header: &Located<String>) {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if TAKEN.contains(&header.value.to_ascii_lowercase().as_str()) {
        diagnostics
            .error(header.span, "bad-header", format_args!("`{header}` cannot carry a token"))
            .help("HTTP has another use for this header; name the one of the document");
    }
    if !header.value.bytes().all(is_token) {
        let message = format_args!("`{header}` is not the name of an HTTP header");
        diagnostics
            .error(header.span, "bad-header", message)
            .help("a header is named with ASCII letters, digits and `-`, as access-token");
    }
}

fn check_envelope(diagnostics: &mut Diagnostics, envelope: &Envelope) {
    let Envelope { code, message, log_id, data, .. } = envelope;
    let head: Vec<_> = [code].into_iter().chain(&message.0).chain(log_id).collect();
    let keys: Vec<_> = head.iter().copied().chain([data]).collect();
    check_keys(diagnostics, &keys);
    for key in head.into_iter().filter(|key| !is_within_reach(key, data)) {
        let message = format_args!("`{key}` is neither beside the data nor in them");
        diagnostics.error(key.span, "bad-envelope", message).help(format_args!(
            "a key in the data is written `{data}.name`, one beside them without a dot"
        ));
    }
    if data.value.contains('.') {
        let message = format_args!("the data cannot be at `{data}`");
        diagnostics
            .error(data.span, "bad-envelope", message)
            .help("name a key of the response itself, without a dot");
    }
}

/// Either a key of the response itself, or `data.` and a key of the data.
fn is_within_reach(key: &Located<String>, data: &Located<String>) -> bool {
    match key.value.split_once('.') {
        Some((outer, inner)) => outer == data.value && !inner.is_empty() && !inner.contains('.'),
        None => true,
    }
}

/// No key of an envelope stands for two parts.
fn check_keys(diagnostics: &mut Diagnostics, keys: &[&Located<String>]) {
    for (index, key) in keys.iter().enumerate() {
        let earlier = keys[..index].iter().find(|earlier| earlier.value == key.value);
        if let Some(first) = earlier {
            let first = diagnostics.place(first.span);
            diagnostics
                .error(key.span, "bad-envelope", format_args!("`{key}` is the key of two parts"))
                .help(format_args!("the other is at {first}"));
        }
    }
}

fn check_levels(diagnostics: &mut Diagnostics, name: &Located<String>, levels: &Levels) {
    if levels.values.is_empty() {
        diagnostics
            .error(name.span, "bad-levels", format_args!("`{name}` has no values"))
            .help("add `values: [1, 3, 6]`");
    }
    let mut highest = 0;
    for value in &levels.values {
        if value.value <= highest {
            let message = match highest {
                0 => format!("a level cannot be {value}"),
                _ => format!("{value} does not follow {highest}"),
            };
            diagnostics
                .error(value.span, "bad-levels", message)
                .help("levels are positive and rise");
        }
        highest = highest.max(value.value);
    }
}
