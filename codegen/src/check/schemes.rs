//! How messages are signed: what the receiver needs travels, what travels is signed, and no secret does.

use crate::diagnostic::Diagnostics;
use crate::ir::{Algorithm, Carrier, Part};
use crate::model::Model;
use crate::model::schemes::{Carried, SignatureScheme};
use crate::source::{Located, Span, is_set};
use crate::spec;
use crate::spec::schemes::{Cipher, Unless};

use super::check_positive;
use super::headers::is_token;

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    for scheme in &model.schemes {
        check_scheme(diagnostics, scheme);
    }
    for (_, cipher) in model.shared.ciphers.iter() {
        check_cipher(diagnostics, cipher);
    }
}

fn check_scheme(diagnostics: &mut Diagnostics, scheme: &SignatureScheme<'_>) {
    check_names(diagnostics, scheme);
    check_travellers(diagnostics, scheme);
    check_window(diagnostics, scheme);
    if let Some(unless) = &scheme.spec.unless {
        check_marks(diagnostics, scheme, unless);
    }
    if let Ok(text) = &scheme.text {
        check_text(diagnostics, scheme, text);
        check_secret(diagnostics, scheme, text);
        check_joined(diagnostics, scheme, text);
    }
}

/// Where nothing is signed, no endpoint is an exception.
pub(super) fn check_unsigned(
    diagnostics: &mut Diagnostics,
    model: &Model<'_>,
    endpoint: &spec::Endpoint,
) {
    if let Some(unsigned) = &endpoint.unsigned
        && model.schemes.is_empty()
        && is_set(&endpoint.unsigned)
    {
        let message = "no response is signed, as there are no `schemes`";
        diagnostics
            .error(unsigned.span, "contradiction", message)
            .help("declare in `schemes` how responses are signed, or remove `unsigned`");
    }
}

/// What a template calls a part.
fn written(part: &Part) -> String {
    let name = match part {
        Part::Text(text) => return text.clone(),
        Part::Method => "method",
        Part::Target => "target",
        Part::Timestamp => "timestamp",
        Part::Nonce => "nonce",
        Part::Body => "body",
        Part::Joined(_) => "joined",
        Part::Account => "account",
        Part::KeyId => "key_id",
        Part::Key => "key",
        Part::Signature => "signature",
        Part::Header(name) => return format!("{{header:{name}}}"),
    };
    format!("{{{name}}}")
}

/// Where a part stands in a template.
fn place(diagnostics: &Diagnostics, template: &Located<String>, part: &Part) -> Span {
    diagnostics.part(template, &written(part))
}

fn is_joined(part: &Part) -> bool {
    matches!(part, Part::Joined(_))
}

/// What is signed has the message in it, and nothing that the receiver cannot know.
fn check_text(diagnostics: &mut Diagnostics, scheme: &SignatureScheme<'_>, text: &[Part]) {
    let template = &scheme.spec.text;
    if !text.iter().any(|part| *part == Part::Body || is_joined(part)) {
        diagnostics
            .error(template.span, "bad-signature", "the signature does not cover the body")
            .help("add `{body}`, or `{joined}` where fields of the body are signed");
    }
    if text.contains(&Part::Signature) {
        let span = place(diagnostics, template, &Part::Signature);
        diagnostics
            .error(span, "bad-signature", "the signature cannot be part of what is signed")
            .help("say in `headers` or `fields` where it is sent");
    }
    for part in text {
        if let Part::Header(name) = part {
            let span = place(diagnostics, template, part);
            check_header(diagnostics, name, span);
        }
    }
    // Whoever signs makes these up, and the receiver needs the same.
    for part in [Part::Timestamp, Part::Nonce] {
        if text.contains(&part) && !travels(scheme, &part) {
            let span = place(diagnostics, template, &part);
            let message = format_args!("`{}` is signed but not sent", written(&part));
            diagnostics
                .error(span, "bad-signature", message)
                .help("add the header or field that carries it to `headers` or `fields`");
        }
    }
}

/// Whether a part travels, as far as that is known.
fn travels(scheme: &SignatureScheme<'_>, part: &Part) -> bool {
    scheme.carried().any(|carried| carried.carrier.is_err() || carried.parts().contains(&part))
}

/// A header or field, and a part that travels in it.
fn travellers<'s, 'a>(
    scheme: &'s SignatureScheme<'a>,
) -> impl Iterator<Item = (&'s Carried<'a>, &'s Part)> {
    scheme
        .carried()
        .flat_map(|carried| carried.parts().into_iter().map(move |part| (carried, part)))
}

/// The signature travels, and what is read with it is signed, once.
fn check_travellers(diagnostics: &mut Diagnostics, scheme: &SignatureScheme<'_>) {
    let mut seen: Vec<&Part> = Vec::new();
    for (carried, part) in travellers(scheme) {
        let span = place(diagnostics, &carried.spec.value, part);
        if !matches!(
            part,
            Part::Timestamp | Part::Nonce | Part::Account | Part::KeyId | Part::Signature
        ) {
            let message = format_args!("`{}` is not sent with the message", written(part));
            let help = match part {
                Part::Key => "whoever has the shared secret can sign: remove it",
                _ => "only the account, the key's id, the time, the nonce and the signature do",
            };
            diagnostics.error(span, "bad-signature", message).help(help);
        } else if seen.contains(&part) {
            diagnostics
                .error(span, "bad-signature", format_args!("`{}` is sent twice", written(part)))
                .help("of two values, one reader would check the first and another the second");
        } else if matches!(part, Part::Timestamp | Part::Nonce) && !is_signed(scheme, carried, part)
        {
            let message = format_args!("`{}` is sent without being signed", written(part));
            diagnostics
                .error(span, "bad-signature", message)
                .help("anyone could change it in transit: add it to `text`, or remove it here");
        }
        seen.push(part);
    }
    if scheme.carried().next().is_some() && !travels(scheme, &Part::Signature) {
        diagnostics
            .error(scheme.name.span, "bad-signature", "the signature is not sent")
            .help("add `{signature}` to a header or field, or remove `headers` and `fields`");
    }
}

/// Whether a part that travels is covered by the signature.
fn is_signed(scheme: &SignatureScheme<'_>, carried: &Carried<'_>, part: &Part) -> bool {
    let Ok(text) = &scheme.text else { return true };
    let field = match &carried.carrier {
        Ok(Carrier::Field { field, .. }) => Some(field),
        _ => None,
    };
    text.iter().any(|signed| match signed {
        Part::Body => field.is_some(),
        Part::Joined(joined) => field.is_some_and(|field| !joined.without.contains(field)),
        signed => signed == part,
    })
}

/// A hash without a secret is not a signature, and RSA has none to share.
fn check_secret(diagnostics: &mut Diagnostics, scheme: &SignatureScheme<'_>, text: &[Part]) {
    let spec = scheme.spec;
    let algorithm = &spec.algorithm;
    let word = algorithm.value.word();
    let sorted = spec.joined.as_ref().and_then(|joined| joined.value.with_key.as_ref());
    let sorted = sorted.filter(|flag| flag.value);
    let has_key = text.contains(&Part::Key) || sorted.is_some();
    match algorithm.value {
        Algorithm::RsaSha256 if has_key => {
            let span = match sorted {
                Some(flag) => flag.span,
                None => place(diagnostics, &spec.text, &Part::Key),
            };
            diagnostics
                .error(span, "bad-signature", format_args!("`{word}` has no shared secret"))
                .help("remove it, or name the algorithm that signs with a secret");
        }
        Algorithm::Sha1 | Algorithm::Md5 if !has_key => {
            let message = format_args!("anyone can make a `{word}` without the shared secret");
            diagnostics
                .error(algorithm.span, "bad-signature", message)
                .help("add `{key}` to `text`, or `with_key: true` to `joined`");
        }
        _ => {}
    }
}

/// What is joined is used, and does not have the signature in it.
fn check_joined(diagnostics: &mut Diagnostics, scheme: &SignatureScheme<'_>, text: &[Part]) {
    if let Some(joined) = scheme.spec.joined.as_ref().filter(|_| !text.iter().any(is_joined)) {
        diagnostics
            .error(joined.span, "bad-signature", "`text` has no `{joined}`")
            .help("add `{joined}` where the fields go, or remove `joined`");
    }
    for carried in &scheme.fields {
        let name = &carried.spec.name;
        let signs = carried.parts().contains(&&Part::Signature);
        if signs && is_signed(scheme, carried, &Part::Signature) {
            let message = format_args!("the field `{name}` has the signature and is signed itself");
            diagnostics
                .error(name.span, "bad-signature", message)
                .help("sign the other fields: `{joined}` in `text`, with this one in `without`");
        }
    }
}

/// A message is old or new by the time that it says.
fn check_window(diagnostics: &mut Diagnostics, scheme: &SignatureScheme<'_>) {
    let Some(window) = &scheme.spec.window else { return };
    check_positive(diagnostics, Some(window), "window");
    if !travels(scheme, &Part::Timestamp) {
        diagnostics
            .error(window.span, "bad-signature", "no timestamp is sent that could be off")
            .help("add `{timestamp}` to a header or field, or remove `window`");
    }
}

/// A message of the scheme does not have what shows that it is of another.
fn check_marks(diagnostics: &mut Diagnostics, scheme: &SignatureScheme<'_>, unless: &Unless) {
    let own = |carried: &[Carried<'_>], mark: &str| {
        carried.iter().any(|carried| carried.spec.name.value.eq_ignore_ascii_case(mark))
    };
    for header in &unless.headers {
        check_header(diagnostics, &header.value, header.span);
    }
    let headers = unless.headers.iter().filter(|mark| own(&scheme.headers, &mark.value));
    let fields = unless.fields.iter().filter(|mark| own(&scheme.fields, &mark.value));
    for mark in headers.chain(fields) {
        diagnostics
            .error(mark.span, "bad-signature", format_args!("`{mark}` is the scheme's own"))
            .help("name what only messages of the other scheme have");
    }
}

/// Headers are such, and each is written once; so is each field.
fn check_names(diagnostics: &mut Diagnostics, scheme: &SignatureScheme<'_>) {
    for carried in &scheme.headers {
        let name = &carried.spec.name;
        check_header(diagnostics, &name.value, name.span);
        let value = &carried.spec.value;
        if !value.value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
            diagnostics
                .error(value.span, "bad-header", "a header holds signs of ASCII on one line")
                .help("write the header as its source shows it");
        }
    }
    for carriers in [&scheme.headers, &scheme.fields] {
        for (index, carried) in carriers.iter().enumerate() {
            let name = &carried.spec.name;
            let is_same =
                |other: &Carried<'_>| other.spec.name.value.eq_ignore_ascii_case(&name.value);
            if carriers[..index].iter().any(is_same) {
                diagnostics
                    .error(name.span, "duplicate-name", format_args!("a second `{name}`"))
                    .help("write all parts of a header in one `value`");
            }
        }
    }
}

/// What messages can have as a header (RFC 9110, section 5.6.2); false if it is something else, which is reported.
pub(super) fn check_header(diagnostics: &mut Diagnostics, name: &str, span: Span) -> bool {
    let is_name = is_token(name);
    if !is_name {
        diagnostics
            .error(span, "bad-header", format_args!("no header is named `{name}`"))
            .help("a header is named with ASCII letters, digits and `-`, as X-Signature");
    }
    is_name
}

/// Each field holds one thing.
fn check_cipher(diagnostics: &mut Diagnostics, cipher: &Cipher) {
    let fields: Vec<_> =
        [&cipher.ciphertext, &cipher.nonce].into_iter().chain(&cipher.associated_data).collect();
    for (index, field) in fields.iter().enumerate() {
        if fields[..index].iter().any(|other| other.value == field.value) {
            diagnostics
                .error(
                    field.span,
                    "duplicate-name",
                    format_args!("`{field}` is the field of two parts"),
                )
                .help("name the field of each part");
        }
    }
}
