//! The templates of signatures: what is signed, and what travels.

use crate::diagnostic::Diagnostics;
use crate::ir::{Carrier, Joined, Part, Told};
use crate::model::schemes::{
    CallbackEnvelope, CallbackScheme, Carried, Member, SchemeUse, SignatureScheme,
};
use crate::model::{Reported, Resolved, Shared};
use crate::source::{Located, is_set};
use crate::spec::schemes as spec;
use crate::spelling::advice;

use super::names::require;
use super::template::{Piece, pieces};

pub(super) fn resolve_schemes<'a>(
    diagnostics: &mut Diagnostics,
    shared: &Shared<'a>,
) -> Vec<SignatureScheme<'a>> {
    shared.schemes.iter().map(|(name, spec)| resolve_scheme(diagnostics, name, spec)).collect()
}

fn resolve_scheme<'a>(
    diagnostics: &mut Diagnostics,
    name: &'a Located<String>,
    spec: &'a spec::SignatureScheme,
) -> SignatureScheme<'a> {
    let joined = spec.joined.as_ref().map(|joined| joined_of(&joined.value));
    let mut read = |template: &Located<String>| require_parts(diagnostics, template, &joined);
    let text = read(&spec.text);
    let headers: Vec<_> = spec.headers.iter().map(|spec| (spec, read(&spec.value))).collect();
    let fields: Vec<_> = spec.fields.iter().map(|spec| (spec, read(&spec.value))).collect();
    let mut carried =
        |(spec, parts): (&'a spec::Carried, Resolved<Vec<Part>>), place: Place| Carried {
            spec,
            carrier: parts.and_then(|parts| require_carrier(diagnostics, spec, place, &parts)),
        };
    SignatureScheme {
        name,
        spec,
        text,
        headers: headers.into_iter().map(|header| carried(header, Place::Header)).collect(),
        fields: fields.into_iter().map(|field| carried(field, Place::Field)).collect(),
    }
}

fn joined_of(spec: &spec::Joined) -> Joined {
    Joined {
        without: spec.without.iter().map(|name| name.value.clone()).collect(),
        form: spec.form.value,
        value: spec.value.value,
        separator: spec.separator.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        with_key: is_set(&spec.with_key),
    }
}

/// The parts of a template; those that there are not, and braces without a partner, are reported.
fn require_parts(
    diagnostics: &mut Diagnostics,
    template: &Located<String>,
    joined: &Option<Joined>,
) -> Resolved<Vec<Part>> {
    let pieces = pieces(&template.value).map_err(|rest| {
        let span = diagnostics.part(template, rest);
        diagnostics
            .error(span, "bad-template", "a brace without its partner")
            .help("write a part as `{body}`, and a brace that stands for itself twice");
        Reported
    })?;
    let parts = pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) => Ok(Part::Text(text)),
        Piece::Name(name) => require_part(diagnostics, template, name, joined),
    });
    // All are looked at before any is missed, so that every fault is reported.
    parts.collect::<Vec<_>>().into_iter().collect()
}

/// What can stand in the braces of a template.
const NAMES: &[&str] = &[
    "method",
    "target",
    "timestamp",
    "nonce",
    "body",
    "joined",
    "account",
    "key_id",
    "key",
    "signature",
    "header:Name",
];

fn require_part(
    diagnostics: &mut Diagnostics,
    template: &Located<String>,
    name: &str,
    joined: &Option<Joined>,
) -> Resolved<Part> {
    let part = match name {
        "method" => Part::Method,
        "target" => Part::Target,
        "timestamp" => Part::Timestamp,
        "nonce" => Part::Nonce,
        "body" => Part::Body,
        "account" => Part::Account,
        "key_id" => Part::KeyId,
        "key" => Part::Key,
        "signature" => Part::Signature,
        "joined" => match joined {
            Some(joined) => Part::Joined(joined.clone()),
            None => {
                let span = diagnostics.part(template, "{joined}");
                diagnostics
                    .error(span, "bad-template", "nothing says how `{joined}` is made")
                    .help("add `joined: { form: value, value: exact, without: [sign] }` to the scheme");
                return Err(Reported);
            }
        },
        _ => match name.strip_prefix("header:").filter(|name| !name.is_empty()) {
            Some(header) => Part::Header(header.to_owned()),
            None => return Err(report_unknown(diagnostics, template, name)),
        },
    };
    Ok(part)
}

fn report_unknown(
    diagnostics: &mut Diagnostics,
    template: &Located<String>,
    name: &str,
) -> Reported {
    let span = diagnostics.part(template, &format!("{{{name}}}"));
    diagnostics
        .error(span, "bad-template", format_args!("there is no part named `{name}`"))
        .help(advice(name, NAMES.iter().copied()));
    Reported
}

#[derive(Clone, Copy)]
enum Place {
    Header,
    Field,
}

/// What a header or field carries; a value that could not be taken apart when it comes back is reported.
fn require_carrier(
    diagnostics: &mut Diagnostics,
    spec: &spec::Carried,
    place: Place,
    parts: &[Part],
) -> Resolved<Carrier> {
    let name = spec.name.value.clone();
    let (found, help) = match (place, parts) {
        (Place::Field, [part]) if !is_text(part) => {
            return Ok(Carrier::Field { field: name, part: part.clone() });
        }
        (Place::Header, [part]) if !is_text(part) => {
            return Ok(Carrier::Header { header: name, part: part.clone() });
        }
        (Place::Field, _) => (None, r#"a field holds one part, as "{signature}""#),
        (Place::Header, parts) => (
            pairs(name, parts),
            r#"write one part, as "{signature}", or pairs, as 'prefix name="{part}",name="{part}"'"#,
        ),
    };
    found.ok_or_else(|| {
        let message = format_args!("the parts of `{}` cannot be separated", spec.name);
        diagnostics.error(spec.value.span, "bad-template", message).help(help);
        Reported
    })
}

fn is_text(part: &Part) -> bool {
    matches!(part, Part::Text(_))
}

/// `prefix name="{part}",name="{part}"`, each value in quotes or none.
fn pairs(header: String, parts: &[Part]) -> Option<Carrier> {
    let Some(Part::Text(lead)) = parts.first() else { return None };
    let quote = if lead.ends_with('"') { "\"" } else { "" };
    let (opening, between) = (format!("={quote}"), format!("{quote},"));
    let start = lead.strip_suffix(&opening)?;
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || "_-.".contains(sign);
    let (prefix, first) = start.split_at(start.trim_end_matches(is_name).len());
    let mut pairs = Vec::new();
    for chunk in parts.chunks(2) {
        let name = match chunk {
            [Part::Text(_), part] if is_text(part) => return None,
            [Part::Text(_), _] if pairs.is_empty() => first,
            [Part::Text(text), _] => text.strip_prefix(&between)?.strip_suffix(&opening)?,
            [Part::Text(end)] if end == quote => break,
            _ => return None,
        };
        if name.is_empty() || !name.chars().all(is_name) {
            return None;
        }
        pairs.push((name.to_owned(), chunk[1].clone()));
    }
    let is_closed = parts.last().is_some_and(is_text) != quote.is_empty();
    let (prefix, quote) = (prefix.to_owned(), quote.to_owned());
    is_closed.then_some(Carrier::Pairs { header, prefix, quote, pairs })
}

pub(super) fn resolve_callback_schemes<'a>(
    diagnostics: &mut Diagnostics,
    shared: &Shared<'a>,
) -> Vec<CallbackScheme<'a>> {
    let schemes = shared.callback_schemes.iter();
    let schemes = schemes.map(|(name, spec)| CallbackScheme {
        name,
        spec,
        signed_by: spec
            .signed_by
            .iter()
            .map(|name| scheme_use(diagnostics, shared, name))
            .collect(),
        cipher: spec
            .cipher
            .as_ref()
            .map(|name| require(diagnostics, &shared.ciphers, "cipher", name)),
        refusal: spec.refusal.iter().map(|spec| resolve_member(diagnostics, spec)).collect(),
    });
    schemes.collect()
}

/// The scheme of this name; one that is not there is reported.
pub(super) fn scheme_use<'a>(
    diagnostics: &mut Diagnostics,
    shared: &Shared<'a>,
    name: &'a Located<String>,
) -> SchemeUse<'a> {
    SchemeUse { name, scheme: require(diagnostics, &shared.schemes, "scheme", name) }
}

/// A member is one of two parts, or text.
fn resolve_member<'a>(diagnostics: &mut Diagnostics, spec: &'a spec::Member) -> Member<'a> {
    let told = match spec.value.as_str() {
        "{status}" => Ok(Told::Status),
        "{reason}" => Ok(Told::Reason),
        text if !text.contains(['{', '}']) => Ok(Told::Text(text.to_owned())),
        text => {
            diagnostics
                .error(spec.value.span, "bad-template", format_args!("`{text}` is not known"))
                .help(r#"write "{status}", "{reason}", or text without braces"#);
            Err(Reported)
        }
    };
    Member { spec, told }
}

pub(super) fn resolve_envelopes<'a>(
    diagnostics: &mut Diagnostics,
    shared: &Shared<'a>,
) -> Vec<CallbackEnvelope<'a>> {
    let envelopes = shared.callback_envelopes.iter();
    let envelopes = envelopes.map(|(name, spec)| CallbackEnvelope {
        name,
        spec,
        scheme: spec.scheme.as_ref().map(|scheme| {
            require(diagnostics, &shared.callback_schemes, "callback scheme", scheme)
        }),
    });
    envelopes.collect()
}
