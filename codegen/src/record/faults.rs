//! What is said of a key, word or value that cannot be read, and what would be right.

use crate::diagnostic::Diagnostics;
use crate::source::Located;
use crate::spelling::{advice, closest};
use crate::yaml::{Kind, Node};

/// Reports a key that is none of `known`; returns the one that was probably meant.
pub(super) fn report_unknown_key(
    diagnostics: &mut Diagnostics,
    name: &Located<String>,
    value: &Node,
    known: &[&'static str],
) -> Option<&'static str> {
    let Some((meant, help)) = explain_key(&name.value, value, known) else {
        return report_unknown(diagnostics, "key", name, known);
    };
    diagnostics.error(name.span, "unknown-key", format_args!("unknown key `{name}`")).help(help);
    meant
}

/// What is wrong with a key that is more than a misspelt name, and the key that it was to be, if that is known.
fn explain_key(
    name: &str,
    value: &Node,
    known: &[&'static str],
) -> Option<(Option<&'static str>, String)> {
    if name.starts_with(|c: char| c.is_whitespace() || c == '\u{200b}') {
        return Some((None, "indent with plain spaces; those before this key are not".to_owned()));
    }
    let joined = known.iter().find_map(|key| Some((*key, sign_after(name, key)?)));
    if let Some((key, sign)) = joined {
        let help = match sign {
            ':' => format!("put a space after `{key}:`"),
            _ => format!("write `{key}:` and a space, without `{sign}`"),
        };
        return Some((Some(key), help));
    }
    let is_lone = matches!(&value.kind, Kind::Scalar { text, plain: true } if text.is_empty());
    let is_strange = is_lone && closest(name, known.iter().copied()).is_none();
    is_strange.then(|| (None, "add `: value`, or quote text that contains a comma".to_owned()))
}

/// What stands after a key in place of a colon and a space.
fn sign_after(name: &str, key: &str) -> Option<char> {
    let sign = name.strip_prefix(key)?.trim_start().chars().next()?;
    ":：=＝".contains(sign).then_some(sign)
}

/// Reports a name that is none of `known`; returns the one that was probably meant.
pub(super) fn report_unknown(
    diagnostics: &mut Diagnostics,
    kind: &str,
    name: &Located<String>,
    known: &[&'static str],
) -> Option<&'static str> {
    let code = if kind == "key" { "unknown-key" } else { "unknown-word" };
    let message = format_args!("unknown {kind} `{name}`");
    diagnostics.error(name.span, code, message).help(advice(name.as_str(), known.iter().copied()));
    closest(name.as_str(), known.iter().copied())
}

/// Reports a word that is none of `known`, whose nearest neighbour is another thing and not what was meant.
pub(super) fn report_unsupported(
    diagnostics: &mut Diagnostics,
    kind: &str,
    word: &Located<String>,
    known: &[&'static str],
) {
    let known: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
    let message = format_args!("the {kind} `{word}` is not supported");
    diagnostics
        .error(word.span, "unknown-word", message)
        .help(format_args!("those supported are {}", known.join(", ")));
}

pub(super) fn expected<T>(diagnostics: &mut Diagnostics, node: &Node, what: &str) -> Option<T> {
    let found = match &node.kind {
        Kind::Scalar { text, plain: true } if text.is_empty() => "nothing",
        Kind::Scalar { text, .. } if text.is_empty() => "an empty string",
        Kind::Scalar { .. } => "a single value",
        Kind::List(_) => "a list",
        Kind::Map { .. } => "a mapping",
        Kind::Broken => return None,
    };
    let message = format_args!("expected {what}, found {found}");
    let span = match &node.kind {
        Kind::Map { entries, .. } => entries.first().map_or(node.span, |(name, _)| name.span),
        _ => node.span,
    };
    let help = explain_shape(diagnostics, node, what);
    diagnostics.error(span, "wrong-shape", message).help_if(help);
    None
}

/// What would be right instead of a value of another shape.
fn explain_shape(diagnostics: &Diagnostics, node: &Node, what: &str) -> Option<&'static str> {
    let is_text = what == "a string";
    match &node.kind {
        Kind::Scalar { text, plain } if text.is_empty() => {
            let rest = diagnostics.rest_of_line(node.span).trim_start_matches(':');
            Some(match rest.trim_start().starts_with('#') {
                true if *plain && is_text => "put text that begins with `#` in quotes",
                _ if is_text => "write the string, or remove the key",
                _ => "give it a value, or remove the key",
            })
        }
        Kind::Scalar { text, .. } if what.starts_with("a mapping") => {
            let key = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
            let sign = key.trim_start().chars().next().filter(|sign| ":：=＝".contains(*sign));
            match (key.len() < text.len(), sign) {
                (true, Some(':')) => Some("put a space after the `:`"),
                (true, Some(_)) => Some("write `:` and a space after the key"),
                _ => None,
            }
        }
        Kind::List(_) if is_text => Some("put text that begins with `[` in quotes"),
        Kind::Map { .. } if is_text => {
            Some("put text that begins with `{` or contains `: ` in quotes")
        }
        _ => None,
    }
}

/// How to write the number that `text` is meant to be.
pub(super) fn number_advice(text: &str) -> String {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_decimal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse::<i64>() {
        Ok(number) if !digits.starts_with('0') => format!("write {number}"),
        Err(_) if is_decimal => format!("the highest is {}, the lowest {}", i64::MAX, i64::MIN),
        _ => "write it in decimal digits, as 64".to_owned(),
    }
}
