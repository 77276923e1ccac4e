//! Tree → typed values, all faults in one go; and the JSON Schema of what is taken.
//!
//! `record!` declares a mapping once and makes of it the struct, its reader and its schema; `words!` does so for a
//! closed set of words. A reader that fails has reported why.

mod declare;
mod readers;

use serde_json::{Map, Value, json};

use crate::diagnostic::Diagnostics;
use crate::source::{Located, Span};
use crate::spelling::{advice, closest};
use crate::yaml::{Kind, Node};

/// What can be read from a node.
pub(crate) trait Read: Sized {
    /// Whether a mapping may leave it out; then `Read::absent` gives its value.
    const OPTIONAL: bool = false;

    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self>;

    fn absent() -> Option<Self> {
        None
    }

    /// What counts instead if its key was misspelt, which has been reported.
    fn misspelt() -> Option<Self> {
        None
    }

    /// Its JSON Schema; records add themselves to `definitions`.
    fn schema(definitions: &mut Map<String, Value>) -> Value;
}

/// What is read from a mapping with known keys.
pub(crate) trait Record: Sized {
    fn keys() -> Vec<Key>;

    /// Whether a key of this name is among them.
    fn has_key(name: &str) -> bool;

    /// Reads the fields. The keys have been checked.
    fn read_fields(diagnostics: &mut Diagnostics, fields: &Fields<'_>) -> Option<Self>;
}

/// A key of a record.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) optional: bool,
    pub(crate) schema: fn(&mut Map<String, Value>) -> Value,
}

/// The entries of a mapping that is read as a record.
pub(crate) struct Fields<'a> {
    span: Span,
    entries: &'a [(Located<String>, Node)],
    /// Keys that unknown ones were taken for; these are not missed as well.
    meant: Vec<&'static str>,
    whole: bool,
}

impl Fields<'_> {
    pub(crate) fn take<T: Read>(&self, diagnostics: &mut Diagnostics, key: &str) -> Option<T> {
        match self.entries.iter().find(|(name, _)| name.value == key) {
            Some((_, node)) => T::read(diagnostics, node),
            None if self.meant.contains(&key) => T::misspelt(),
            None if T::OPTIONAL => T::absent(),
            None if !self.whole => None,
            None => {
                let span = Span { end: self.first_line_end(), ..self.span };
                diagnostics
                    .error(span, "missing-key", format_args!("`{key}` is missing"))
                    .help(format_args!("add `{key}: …` to this mapping"));
                None
            }
        }
    }

    /// The complaint underlines the first key only, not the whole mapping.
    fn first_line_end(&self) -> usize {
        self.entries.first().map_or(self.span.end, |(name, _)| name.span.end)
    }
}

/// Reads a mapping as a record; every unknown key is reported. A record of which a part is missing because of a fault
/// is looked through and then counts as missing itself, so that nobody complains of what follows from the fault.
pub(crate) fn read_record<T: Record>(diagnostics: &mut Diagnostics, node: &Node) -> Option<T> {
    let Kind::Map { entries, whole } = &node.kind else {
        return expect_record::<T>(diagnostics, node);
    };
    let mut meant = Vec::new();
    for (name, value) in entries.iter().filter(|(name, _)| !T::has_key(name.as_str())) {
        let known: Vec<&str> = T::keys().iter().map(|key| key.name).collect();
        meant.extend(report_unknown_key(diagnostics, name, value, &known));
        diagnostics.leave_unread(value.span);
    }
    let fields = Fields { span: node.span, entries, meant, whole: *whole };
    T::read_fields(diagnostics, &fields).filter(|_| *whole)
}

/// A single value where a record should be may be what the record's only necessary key is for.
fn expect_record<T: Record>(diagnostics: &mut Diagnostics, node: &Node) -> Option<T> {
    let keys = T::keys();
    let mut necessary = keys.iter().filter(|key| !key.optional);
    match (&node.kind, necessary.next(), necessary.next()) {
        (Kind::Scalar { text, plain: true }, Some(key), None) if is_word(text) => {
            diagnostics
                .error(node.span, "wrong-shape", "expected a mapping, found a single value")
                .help(format_args!("write {{ {}: {text} }}", key.name));
            None
        }
        _ => expected(diagnostics, node, "a mapping"),
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_.".contains(c))
}

/// Reports a key that is none of `known`; returns the one that was probably meant.
fn report_unknown_key(
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
fn report_unknown(
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

/// The JSON Schema of a record, as a reference to its definition.
pub(crate) fn record_schema<T: Record>(
    definitions: &mut Map<String, Value>,
    name: &str,
    doc: &str,
) -> Value {
    if !definitions.contains_key(name) {
        definitions.insert(name.to_owned(), Value::Null);
        let keys = T::keys();
        let mut properties = Map::new();
        for key in &keys {
            let mut schema = (key.schema)(definitions);
            schema["description"] = json!(key.doc);
            properties.insert(key.name.to_owned(), schema);
        }
        let required = keys.iter().filter(|key| !key.optional).map(|key| key.name);
        let required: Vec<&str> = required.collect();
        let schema = json!({
            "type": "object",
            "description": doc,
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        });
        return define(definitions, name, schema);
    }
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// Adds a definition; the schema is a reference to it.
pub(crate) fn define(definitions: &mut Map<String, Value>, name: &str, schema: Value) -> Value {
    definitions.insert(name.to_owned(), schema);
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// Reads one of a closed set of words.
pub(crate) fn read_word<T: Copy>(
    diagnostics: &mut Diagnostics,
    node: &Node,
    words: &[(&'static str, T)],
) -> Option<T> {
    let text: Located<String> = Read::read(diagnostics, node)?;
    let known = words.iter().find(|(word, _)| *word == text.value);
    if known.is_none() {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        report_unknown(diagnostics, "word", &text, &names);
    }
    known.map(|(_, word)| *word)
}

fn expected<T>(diagnostics: &mut Diagnostics, node: &Node, what: &str) -> Option<T> {
    let found = match &node.kind {
        Kind::Scalar { text, plain: true } if text.is_empty() => "nothing",
        Kind::Scalar { text, .. } if text.is_empty() => "an empty text",
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
    let is_text = what == "text";
    match &node.kind {
        Kind::Scalar { text, plain } if text.is_empty() => {
            let rest = diagnostics.rest_of_line(node.span).trim_start_matches(':');
            Some(match rest.trim_start().starts_with('#') {
                true if *plain && is_text => "put text that begins with `#` in quotes",
                _ if is_text => "write the text, or leave the key out",
                _ => "give it a value, or leave the key out",
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

pub(crate) use self::declare::{key, record, words};
