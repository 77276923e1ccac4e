//! What an envelope goes by: each response is a success or a failure, and nothing in it says otherwise unheard.

use crate::diagnostic::Diagnostics;
use crate::source::{Code, CodeKind, Located};
use crate::spec::{Envelope, Success};

/// Whether a place of the message is that of the code, which is a text that serves for both.
pub(super) fn is_code_as_text(envelope: &Envelope, message: &Located<String>) -> bool {
    let kind = envelope.success_code().map(|code| code.value.kind());
    kind != Some(CodeKind::Int) && envelope.code.iter().any(|code| code.value == message.value)
}

/// A path goes through objects; a key of digits or in brackets would mean an item of a list, which no path leads to.
pub(super) fn check_no_item(diagnostics: &mut Diagnostics, place: &Located<String>) {
    let is_item = |key: &str| {
        key.contains(['[', ']']) || !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
    };
    if place.value.split('.').any(is_item) {
        diagnostics
            .error(place.span, "bad-envelope", format_args!("`{place}` leads into a list"))
            .help(
                "a path names the keys of objects only; what to do instead is in the README of the format, under \"What cannot be said\"",
            );
    }
}

pub(super) fn check_success(diagnostics: &mut Diagnostics, envelope: &Envelope) {
    if let (None, [code, ..], []) = (&envelope.ok, &*envelope.code, &*envelope.success) {
        let message =
            format_args!("`{code}` says which error it is, but nothing says what a success is");
        diagnostics.error(code.span, "bad-envelope", message).help(
            "add `success`: the code of a success, `absent` if it has none, or `status` if a 2xx is one whatever its code; or \
             add `ok`, the place of a boolean that says so",
        );
    }
    for (index, success) in envelope.success.iter().enumerate() {
        match &success.value {
            Success::Code(code) => check_code(diagnostics, envelope, success, code),
            Success::Absent => check_absent(diagnostics, envelope, success),
            Success::Status => check_status(diagnostics, envelope, success),
        }
        check_alone(diagnostics, success, &envelope.success[..index]);
    }
}

fn check_code(
    diagnostics: &mut Diagnostics,
    envelope: &Envelope,
    success: &Located<Success>,
    code: &Code,
) {
    if envelope.code.is_empty() {
        let other = if envelope.ok.is_some() { "`ok`" } else { "the HTTP status" };
        diagnostics
            .error(
                success.span,
                "bad-envelope",
                format_args!("no code is declared that could be {code}"),
            )
            .help(format_args!(
                "add `code`, its place in the response, or remove `success`: {other} then decides"
            ));
    }
}

fn check_absent(diagnostics: &mut Diagnostics, envelope: &Envelope, success: &Located<Success>) {
    if let Some(ok) = &envelope.ok {
        let place = diagnostics.place(ok.span);
        diagnostics
            .error(success.span, "bad-envelope", "`ok` says already what is a success")
            .help(format_args!(
                "remove `absent`; `ok` is at {place}, and a success may lack a code beside it"
            ));
    } else if envelope.code.is_empty() {
        diagnostics
            .error(success.span, "bad-envelope", "no code is declared that could be absent")
            .help("add `code`, its place in the response of a failure");
    }
}

fn check_status(diagnostics: &mut Diagnostics, envelope: &Envelope, success: &Located<Success>) {
    if let Some(ok) = &envelope.ok {
        let place = diagnostics.place(ok.span);
        diagnostics
            .error(
                success.span,
                "bad-envelope",
                "the HTTP status does not say alone what is a success",
            )
            .help(format_args!("remove `success: status`, or `ok` at {place}"));
    }
}

/// A success has one code, or none, or may have it; or its status says it all.
fn check_alone(
    diagnostics: &mut Diagnostics,
    success: &Located<Success>,
    earlier: &[Located<Success>],
) {
    let clashes = |earlier: &&Located<Success>| match (&earlier.value, &success.value) {
        (Success::Code(_), Success::Absent) | (Success::Absent, Success::Code(_)) => false,
        (Success::Code(_) | Success::Absent | Success::Status, _) => true,
    };
    if let Some(first) = earlier.iter().find(clashes) {
        let place = diagnostics.place(first.span);
        diagnostics
            .error(success.span, "bad-envelope", "this does not go with what is a success already")
            .help(format_args!(
                "write one code, `absent`, `[absent, 0]`, or `status`; the other is at {place}"
            ));
    }
}
