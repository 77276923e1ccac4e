//! How a platform makes its calls: what it hears can be said, and what is looked for is kept.

use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::model::schemes::{CallbackScheme, SchemeUse};
use crate::source::Located;

use super::callbacks::check_json;
use super::schemes::check_header;

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    for scheme in &model.callback_schemes {
        check_signers(diagnostics, scheme);
        check_response(diagnostics, scheme);
        check_kept(diagnostics, scheme);
    }
}

/// Of a call it can be told by which scheme it is signed.
fn check_signers(diagnostics: &mut Diagnostics, scheme: &CallbackScheme<'_>) {
    let mut open: Option<&SchemeUse<'_>> = None;
    for (index, used) in scheme.signed_by.iter().enumerate() {
        let (name, Ok(signer)) = (used.name, used.scheme) else { continue };
        let earlier = &scheme.signed_by[..index];
        if earlier.iter().any(|earlier| earlier.name.value == name.value) {
            diagnostics
                .error(name.span, "duplicate-name", format_args!("`{name}` is named twice"))
                .help("name each scheme once");
        } else if signer.spec.headers.is_empty() && signer.spec.fields.is_empty() {
            diagnostics
                .error(name.span, "bad-callback-scheme", format_args!("`{name}` signs no calls"))
                .help("its signature is not sent: give it `headers` or `fields`");
        } else if signer.spec.unless.is_none()
            && let Some(first) = open.replace(used)
        {
            let message =
                format_args!("nothing distinguishes its calls from those of `{}`", first.name);
            diagnostics
                .error(name.span, "bad-callback-scheme", message)
                .help("give one of the two `unless`, what only calls of the other have");
        }
    }
}

/// An acknowledgement is a success, and a refusal says each thing once.
fn check_response(diagnostics: &mut Diagnostics, scheme: &CallbackScheme<'_>) {
    let spec = scheme.spec;
    if let Some(status) = spec.status.as_ref().filter(|it| !(200..300).contains(&it.value)) {
        diagnostics
            .error(status.span, "bad-status", format_args!("{status} acknowledges nothing"))
            .help("the status of an acknowledgement is from 200 to 299");
    }
    if let Some(acknowledgement) = &spec.acknowledgement {
        check_json(diagnostics, acknowledgement);
    }
    if let (Some(acknowledgement), Some(status)) = (
        &spec.acknowledgement,
        spec.status.as_ref().filter(|status| matches!(status.value, 204 | 205)),
    ) {
        let message = format_args!("a response of the status {status} has no body");
        diagnostics
            .error(acknowledgement.span, "bad-status", message)
            .help("remove `acknowledgement`, or correct the status");
    }
    let members = &scheme.refusal;
    for (index, member) in members.iter().enumerate() {
        let name = &member.spec.name;
        if members[..index].iter().any(|other| other.spec.name.value == name.value) {
            diagnostics
                .error(name.span, "duplicate-name", format_args!("a second member `{name}`"))
                .help("a JSON object has each member once");
        }
    }
}

/// An id can only be read of a header that is kept.
fn check_kept(diagnostics: &mut Diagnostics, scheme: &CallbackScheme<'_>) {
    let spec = scheme.spec;
    for name in &spec.kept {
        let start = name.value.strip_suffix('*').unwrap_or(&name.value);
        check_header(diagnostics, start, name.span);
    }
    for header in spec.log_id.iter().chain(&spec.event_id) {
        let is_name = check_header(diagnostics, &header.value, header.span);
        if is_name && !spec.kept.iter().any(|kept| is_of(&header.value, kept)) {
            diagnostics
                .error(header.span, "bad-callback-scheme", format_args!("`{header}` is not kept"))
                .help(format_args!("add `{header}` to `kept`"));
        }
    }
}

/// Whether a header is one that is kept.
fn is_of(header: &str, kept: &Located<String>) -> bool {
    let (header, kept) = (header.to_ascii_lowercase(), kept.value.to_ascii_lowercase());
    match kept.strip_suffix('*') {
        Some(start) => header.starts_with(start),
        None => header == kept,
    }
}
