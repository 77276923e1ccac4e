//! Tree → typed values, all faults in one go; and the JSON Schema of what is taken.
//!
//! `record!` declares a mapping once and makes of it the struct, its reader and its schema; `words!` does so for a
//! closed set of words. A reader that fails has reported why.

mod words;
mod values;
mod faults;

use serde_json::{Map, Value, json};

use self::faults::{expected, number_advice, report_unknown_key};
use crate::diagnostic::Diagnostics;
use crate::source::{List, Located, Named, OneOrMore, Span};
use crate::yaml::{Kind, Node, read_otherwise};

pub(crate) use self::words::{read_word, words};

/// Declares a mapping: `name: Type` for a key, `name "key": Type` where the key is not a Rust name, `..name: Type` for
/// a record whose keys stand in the same mapping.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        pub(crate) struct $name:ident {
            $($(#[doc = $field_doc:literal])* $field:ident $($key:literal)?: $ty:ty,)*
            $(..$flat:ident: $flat_ty:ty,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub(crate) struct $name {
            $($(#[doc = $field_doc])* pub(crate) $field: $ty,)*
            $(pub(crate) $flat: $flat_ty,)*
        }

        impl crate::record::Record for $name {
            fn keys() -> Vec<crate::record::Key> {
                #[allow(unused_mut, reason = "not every record holds another's keys")]
                let mut keys = vec![$(crate::record::Key {
                    name: crate::record::key!($field $($key)?),
                    doc: concat!($($field_doc),*).trim_ascii(),
                    optional: <$ty as crate::record::Read>::OPTIONAL,
                    schema: <$ty as crate::record::Read>::schema,
                }),*];
                $(keys.extend(<$flat_ty as crate::record::Record>::keys());)*
                keys
            }

            fn has_key(name: &str) -> bool {
                [$(crate::record::key!($field $($key)?)),*].contains(&name)
                    $(|| <$flat_ty as crate::record::Record>::has_key(name))*
            }

            fn read_fields(
                diagnostics: &mut crate::diagnostic::Diagnostics,
                fields: &crate::record::Fields<'_>,
            ) -> Option<Self> {
                // All are read before any is missed, so that every fault is reported.
                $(let $field = fields.take::<$ty>(diagnostics, crate::record::key!($field $($key)?));)*
                $(let $flat = <$flat_ty as crate::record::Record>::read_fields(diagnostics, fields);)*
                Some($name { $($field: $field?,)* $($flat: $flat?,)* })
            }
        }

        impl crate::record::Read for $name {
            fn read(
                diagnostics: &mut crate::diagnostic::Diagnostics,
                node: &crate::yaml::Node,
            ) -> Option<Self> {
                crate::record::read_record(diagnostics, node)
            }

            fn schema(
                definitions: &mut serde_json::Map<String, serde_json::Value>,
            ) -> serde_json::Value {
                let doc = concat!($($doc),*).trim_ascii();
                crate::record::record_schema::<$name>(definitions, stringify!($name), doc)
            }
        }
    };
}

macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

pub(crate) use {key, record};

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

impl Read for String {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let Kind::Scalar { text, plain } = &node.kind else {
            return expected(diagnostics, node, "a string");
        };
        if text.is_empty() {
            return expected(diagnostics, node, "a string");
        }
        if *plain && let Some(other) = read_otherwise(text) {
            let message = format_args!("`{text}` without quotes is read as {other}");
            diagnostics
                .error(node.span, "ambiguous-scalar", message)
                .help(format_args!("write {text:?}"));
            return None;
        }
        Some(text.clone())
    }

    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "string", "minLength": 1 })
    }
}

impl Read for i64 {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let what = "a whole number";
        match &node.kind {
            Kind::Scalar { text, plain } if !text.is_empty() => {
                let number = text.parse().ok().filter(|number: &i64| number.to_string() == *text);
                if *plain && number.is_some() {
                    return number;
                }
                let found =
                    if *plain { format!("`{text}`") } else { format!("the string {text:?}") };
                let message = format_args!("expected {what}, found {found}");
                diagnostics.error(node.span, "wrong-shape", message).help(number_advice(text));
                None
            }
            _ => expected(diagnostics, node, what),
        }
    }

    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "integer" })
    }
}

impl Read for bool {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let what = "`true` or `false`";
        match &node.kind {
            Kind::Scalar { text, plain: true } if text == "true" => Some(true),
            Kind::Scalar { text, plain: true } if text == "false" => Some(false),
            Kind::Scalar { text, plain } if !text.is_empty() => {
                let found =
                    if *plain { format!("`{text}`") } else { format!("the string {text:?}") };
                let message = format_args!("expected {what}, found {found}");
                let complaint = diagnostics.error(node.span, "wrong-shape", message);
                match text.to_ascii_lowercase().as_str() {
                    "true" | "yes" | "on" | "y" | "1" => complaint.help("write true"),
                    "false" | "no" | "off" | "n" | "0" => complaint.help("write false"),
                    _ => {}
                }
                None
            }
            _ => expected(diagnostics, node, what),
        }
    }

    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "boolean" })
    }
}

impl<T: Read> Read for Located<T> {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let value = T::read(diagnostics, node)?;
        Some(Located { value, span: node.span })
    }

    fn schema(definitions: &mut Map<String, Value>) -> Value {
        T::schema(definitions)
    }
}

impl<T: Read> Read for Option<T> {
    const OPTIONAL: bool = true;

    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        T::read(diagnostics, node).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn schema(definitions: &mut Map<String, Value>) -> Value {
        T::schema(definitions)
    }
}

/// One value, or a list of them.
impl<T: Read> Read for Vec<Located<T>> {
    const OPTIONAL: bool = true;

    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::List(items) => {
                // All are read before any is missed, so that every fault is reported.
                let items: Vec<Option<Located<T>>> =
                    items.iter().map(|item| Read::read(diagnostics, item)).collect();
                items.into_iter().collect()
            }
            _ => Located::read(diagnostics, node).map(|value| vec![value]),
        }
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn schema(definitions: &mut Map<String, Value>) -> Value {
        let item = T::schema(definitions);
        json!({ "anyOf": [item.clone(), { "type": "array", "items": item }] })
    }
}

/// One value, or a list of them, which is not empty.
impl<T: Read> Read for OneOrMore<T> {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let items: Vec<Located<T>> = Read::read(diagnostics, node)?;
        if items.is_empty() {
            let message = "expected one value or more, found an empty list";
            diagnostics.error(node.span, "wrong-shape", message).help("name at least one");
            return None;
        }
        Some(OneOrMore(items))
    }

    fn schema(definitions: &mut Map<String, Value>) -> Value {
        let item = T::schema(definitions);
        json!({ "anyOf": [item.clone(), { "type": "array", "items": item, "minItems": 1 }] })
    }
}

impl<T: Read> Read for List<T> {
    const OPTIONAL: bool = true;

    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let Kind::List(nodes) = &node.kind else {
            return expected(diagnostics, node, "a list");
        };
        let items: Vec<T> = nodes.iter().filter_map(|item| T::read(diagnostics, item)).collect();
        Some(List { whole: items.len() == nodes.len(), items })
    }

    fn absent() -> Option<Self> {
        Some(List::default())
    }

    fn schema(definitions: &mut Map<String, Value>) -> Value {
        json!({ "type": "array", "items": T::schema(definitions) })
    }
}

/// A file of which one section cannot be read still has the others.
impl<T: Read> Read for Named<T> {
    const OPTIONAL: bool = true;

    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let Kind::Map { entries, .. } = &node.kind else {
            diagnostics.leave_unread(node.span);
            return expected(diagnostics, node, "a mapping of names").or_else(Self::misspelt);
        };
        let entries = entries.iter().map(|(name, item)| (name.clone(), T::read(diagnostics, item)));
        Some(Named { entries: entries.collect() })
    }

    fn absent() -> Option<Self> {
        Some(Named::default())
    }

    fn misspelt() -> Option<Self> {
        Some(Named::default())
    }

    fn schema(definitions: &mut Map<String, Value>) -> Value {
        json!({ "type": "object", "additionalProperties": T::schema(definitions) })
    }
}
