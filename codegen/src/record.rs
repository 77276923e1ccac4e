//! Tree → typed values, all faults in one go; and the JSON Schema of what is taken.
//!
//! `record!` declares a mapping once and makes of it the struct, its reader and its schema; `words!` does so for a
//! closed set of words. A reader that fails has reported why.

use serde_json::{Map, Value, json};

use crate::diagnostic::Diagnostics;
use crate::source::{List, Located, Name, Named, Scalar, Span, Version};
use crate::spelling::closest;
use crate::yaml::{Kind, Node, read_otherwise};

/// What can be read from a node.
pub(crate) trait Read: Sized {
    /// Whether a mapping may leave it out; then `Read::absent` gives its value.
    const OPTIONAL: bool = false;

    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self>;

    fn absent() -> Option<Self> {
        None
    }

    /// Its JSON Schema; records add themselves to `definitions`.
    fn schema(definitions: &mut Map<String, Value>) -> Value;
}

/// What is read from a mapping with known keys.
pub(crate) trait Record: Sized {
    fn keys(keys: &mut Vec<Key>);

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
}

impl Fields<'_> {
    pub(crate) fn take<T: Read>(&self, diagnostics: &mut Diagnostics, key: &str) -> Option<T> {
        match self.entries.iter().find(|(name, _)| name.value == key) {
            Some((_, node)) => T::read(diagnostics, node),
            None if T::OPTIONAL => T::absent(),
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

/// Reads a mapping as a record; every unknown key is reported.
pub(crate) fn read_record<T: Record>(diagnostics: &mut Diagnostics, node: &Node) -> Option<T> {
    let Kind::Map(entries) = &node.kind else {
        return expected(diagnostics, node, "a mapping");
    };
    let mut keys = Vec::new();
    T::keys(&mut keys);
    let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
    for (name, _) in entries {
        if !names.contains(&name.as_str()) {
            let complaint =
                diagnostics.error(name.span, "unknown-key", format_args!("unknown key `{name}`"));
            match closest(name.as_str(), names.iter().copied()) {
                Some(near) => complaint.help(format_args!("did you mean `{near}`?")),
                None => complaint.help(format_args!("expected one of {}", ticked(&names))),
            }
        }
    }
    T::read_fields(diagnostics, &Fields { span: node.span, entries })
}

/// The JSON Schema of a record, as a reference to its definition.
pub(crate) fn record_schema<T: Record>(
    definitions: &mut Map<String, Value>,
    name: &str,
    doc: &str,
) -> Value {
    if !definitions.contains_key(name) {
        definitions.insert(name.to_owned(), Value::Null);
        let mut keys = Vec::new();
        T::keys(&mut keys);
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
        definitions.insert(name.to_owned(), schema);
    }
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// Reads one of a closed set of words.
pub(crate) fn read_word<T: Copy>(
    diagnostics: &mut Diagnostics,
    node: &Node,
    words: &[(&str, T)],
) -> Option<T> {
    let text = String::read(diagnostics, node)?;
    let known = words.iter().find(|(word, _)| *word == text);
    if known.is_none() {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let complaint =
            diagnostics.error(node.span, "unknown-word", format_args!("unknown word `{text}`"));
        match closest(&text, names.iter().copied()) {
            Some(near) => complaint.help(format_args!("did you mean `{near}`?")),
            None => complaint.help(format_args!("expected one of {}", ticked(&names))),
        }
    }
    known.map(|(_, word)| *word)
}

fn ticked(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn expected<T>(diagnostics: &mut Diagnostics, node: &Node, what: &str) -> Option<T> {
    let found = match &node.kind {
        Kind::Scalar { text, plain: true } if text.is_empty() => "nothing",
        Kind::Scalar { .. } => "a single value",
        Kind::List(_) => "a list",
        Kind::Map(_) => "a mapping",
        Kind::Broken => return None,
    };
    let message = format_args!("expected {what}, found {found}");
    let span = match &node.kind {
        Kind::Map(entries) => entries.first().map_or(node.span, |(name, _)| name.span),
        _ => node.span,
    };
    diagnostics.error(span, "wrong-shape", message);
    None
}

impl Read for String {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let Kind::Scalar { text, plain } = &node.kind else {
            return expected(diagnostics, node, "text");
        };
        if text.is_empty() {
            return expected(diagnostics, node, "text");
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
        let Kind::Scalar { text, plain } = &node.kind else {
            return expected(diagnostics, node, "a whole number");
        };
        let number = text.parse().ok().filter(|number: &i64| number.to_string() == *text);
        if *plain && number.is_some() {
            return number;
        }
        let message = format_args!("expected a whole number, found `{text}`");
        let complaint = diagnostics.error(node.span, "wrong-shape", message);
        if let Some(number) = number {
            complaint.help(format_args!("remove the quotes: {number}"));
        } else {
            complaint.help("write it in decimal digits, as 64");
        }
        None
    }

    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "integer" })
    }
}

impl Read for bool {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, plain: true } if text == "true" => Some(true),
            Kind::Scalar { text, plain: true } if text == "false" => Some(false),
            Kind::Scalar { text, .. } => {
                let message = format_args!("expected `true` or `false`, found `{text}`");
                diagnostics.error(node.span, "wrong-shape", message);
                None
            }
            _ => expected(diagnostics, node, "`true` or `false`"),
        }
    }

    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "boolean" })
    }
}

impl Read for Scalar {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let Kind::Scalar { text, plain } = &node.kind else {
            return expected(diagnostics, node, "a single value");
        };
        if !plain {
            return Some(Scalar::String(text.clone()));
        }
        match text.as_str() {
            "true" => Some(Scalar::Bool(true)),
            "false" => Some(Scalar::Bool(false)),
            _ => match text.parse::<i64>() {
                Ok(number) if number.to_string() == *text => Some(Scalar::Int(number)),
                _ => String::read(diagnostics, node).map(Scalar::String),
            },
        }
    }

    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": ["string", "integer", "boolean"] })
    }
}

impl Read for Name {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let text = String::read(diagnostics, node)?;
        if !Name::is_valid(&text) {
            diagnostics
                .error(node.span, "bad-name", format_args!("`{text}` is not a name"))
                .help("a name is made of ASCII letters, digits and `_`, and starts with a letter");
            return None;
        }
        Some(Name(text))
    }

    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]*$" })
    }
}

impl Read for Version {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let Kind::Scalar { text, .. } = &node.kind else {
            return expected(diagnostics, node, "a version");
        };
        let version = Version::parse(text);
        if version.is_none() {
            diagnostics
                .error(node.span, "bad-version", format_args!("`{text}` is not a version"))
                .help("a version is three numbers, as 2.64.0");
        }
        version
    }

    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+$" })
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

/// One value, or a list of them. Faulty ones are left out.
impl<T: Read> Read for Vec<Located<T>> {
    const OPTIONAL: bool = true;

    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::List(items) => {
                Some(items.iter().filter_map(|item| Read::read(diagnostics, item)).collect())
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

impl<T: Read> Read for Named<T> {
    const OPTIONAL: bool = true;

    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let Kind::Map(nodes) = &node.kind else {
            return expected(diagnostics, node, "a mapping of names");
        };
        let entries = nodes.iter().map(|(name, item)| (name.clone(), T::read(diagnostics, item)));
        Some(Named { entries: entries.collect() })
    }

    fn absent() -> Option<Self> {
        Some(Named::default())
    }

    fn schema(definitions: &mut Map<String, Value>) -> Value {
        json!({ "type": "object", "additionalProperties": T::schema(definitions) })
    }
}

/// Declares a mapping: `name: Type` for a key, `name "key": Type` where the key is no Rust name, `..name: Type` for
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
            fn keys(keys: &mut Vec<crate::record::Key>) {
                $(keys.push(crate::record::Key {
                    name: crate::record::key!($field $($key)?),
                    doc: concat!($($field_doc),*).trim_ascii(),
                    optional: <$ty as crate::record::Read>::OPTIONAL,
                    schema: <$ty as crate::record::Read>::schema,
                });)*
                $(<$flat_ty as crate::record::Record>::keys(keys);)*
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

/// Declares a closed set of words.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub(crate) enum $name:ident {
            $($(#[doc = $word_doc:literal])* $variant:ident = $word:literal,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name {
            $($(#[doc = $word_doc])* $variant,)*
        }

        impl crate::record::Read for $name {
            fn read(
                diagnostics: &mut crate::diagnostic::Diagnostics,
                node: &crate::yaml::Node,
            ) -> Option<Self> {
                crate::record::read_word(diagnostics, node, &[$(($word, $name::$variant)),*])
            }

            fn schema(_: &mut serde_json::Map<String, serde_json::Value>) -> serde_json::Value {
                serde_json::json!({ "oneOf": [$({
                    "const": $word,
                    "description": concat!($($word_doc),*).trim_ascii(),
                }),*] })
            }
        }

        impl $name {
            /// The word in the spec.
            #[allow(dead_code, reason = "not every set of words is printed")]
            pub(crate) fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)*
                }
            }
        }
    };
}

pub(crate) use {key, record, words};
