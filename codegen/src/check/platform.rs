//! Hosts, levels and other things that the domains share.

use crate::diagnostic::Diagnostics;
use crate::source::Located;
use crate::spec::{Envelope, File, Levels};

use super::{addresses, envelopes, headers, token_places, tokens};

pub(crate) fn check_file(diagnostics: &mut Diagnostics, file: &File) {
    for (_, host) in file.hosts.iter() {
        for url in [&host.production].into_iter().chain(&host.sandbox) {
            addresses::check_callable(diagnostics, url);
        }
        // Shown in documents, where it may be a placeholder.
        if let Some(url) = &host.development {
            addresses::check_base_url(diagnostics, url);
        }
        headers::check_host(diagnostics, host);
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
    for (name, auth) in file.auth.iter() {
        token_places::check(diagnostics, name, auth);
        tokens::check_auth(diagnostics, auth);
    }
    for (_, envelope) in file.envelopes.iter() {
        check_envelope(diagnostics, envelope);
    }
}

fn check_citable(diagnostics: &mut Diagnostics, name: &Located<String>) {
    if name.value.contains(',') || name.value.trim() != name.value {
        diagnostics
            .error(name.span, "bad-name", format_args!("no source can be named `{name}`"))
            .help("a citation is the name up to a comma, and then the place in the source");
    }
}

/// Codes of one envelope at most: `Envelope::MOST_CODES` of the runtime, which is not named here. A test compares the two.
const MOST_CODES: usize = 4;

fn check_envelope(diagnostics: &mut Diagnostics, envelope: &Envelope) {
    let Envelope { ok, code, message, log_id, data, .. } = envelope;
    if let Some(header) = &envelope.log_id_header {
        headers::check_name(diagnostics, header);
    }
    let message = message.iter().filter(|message| !envelopes::is_code_as_text(envelope, message));
    let values: Vec<_> = ok.iter().chain(code).chain(message).chain(log_id).collect();
    let places: Vec<_> = values.iter().copied().chain(data).collect();
    check_keys(diagnostics, &places);
    for place in &places {
        check_place(diagnostics, place, &values);
    }
    if let Some(at) = envelope.details.as_ref().and_then(|details| details.at.as_ref()) {
        // They may be where the data of a success are.
        check_keys(diagnostics, &values.iter().copied().chain([at]).collect::<Vec<_>>());
        check_place(diagnostics, at, &values);
    }
    if let Some(wait) = &envelope.retry_after {
        check_keys(diagnostics, &places.iter().copied().chain([&wait.at]).collect::<Vec<_>>());
        check_place(diagnostics, &wait.at, &values);
    }
    envelopes::check_success(diagnostics, envelope);
    if let Some(more) = code.get(MOST_CODES) {
        diagnostics
            .error(more.span, "bad-envelope", format_args!("more than {MOST_CODES} codes"))
            .help("name the places that can differ");
    }
}

/// A place is keys with dots between them, and none of them is that of a value.
fn check_place(
    diagnostics: &mut Diagnostics,
    place: &Located<String>,
    values: &[&Located<String>],
) {
    envelopes::check_no_item(diagnostics, place);
    if place.value.split('.').any(str::is_empty) {
        diagnostics
            .error(place.span, "bad-envelope", format_args!("`{place}` is not a path of keys"))
            .help("write the keys from the top of the response, as `extra.error_code`");
    }
    let inside = |value: &str| {
        place.value.strip_prefix(value).is_some_and(|rest| rest.len() > 1 && rest.starts_with('.'))
    };
    if let Some(outer) = values.iter().find(|value| inside(&value.value)) {
        let first = diagnostics.place(outer.span);
        diagnostics
            .error(
                place.span,
                "bad-envelope",
                format_args!("`{outer}` is a value, so nothing is inside it"),
            )
            .help(format_args!("it is named at {first}"));
    }
}

/// No key of an envelope stands for two parts.
pub(super) fn check_keys(diagnostics: &mut Diagnostics, keys: &[&Located<String>]) {
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
