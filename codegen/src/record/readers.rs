//! Readers of single values, lists and mappings of names.

use serde_json::{Map, Value, json};

use super::{Read, expected};
use crate::diagnostic::Diagnostics;
use crate::source::{Bound, Code, Day, Decimal, List, Located, Name, Named, Scalar, Version};
use crate::yaml::{Kind, Node, read_otherwise};

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
        let what = "a whole number";
        match &node.kind {
            Kind::Scalar { text, plain } if !text.is_empty() => {
                let number = text.parse().ok().filter(|number: &i64| number.to_string() == *text);
                if *plain && number.is_some() {
                    return number;
                }
                let found = if *plain { format!("`{text}`") } else { format!("the text {text:?}") };
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

/// How to write the number that `text` is meant to be.
fn number_advice(text: &str) -> String {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_decimal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse::<i64>() {
        Ok(number) if !digits.starts_with('0') => format!("write {number}"),
        Err(_) if is_decimal => format!("the highest is {}, the lowest {}", i64::MAX, i64::MIN),
        _ => "write it in decimal digits, as 64".to_owned(),
    }
}

impl Read for bool {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let what = "`true` or `false`";
        match &node.kind {
            Kind::Scalar { text, plain: true } if text == "true" => Some(true),
            Kind::Scalar { text, plain: true } if text == "false" => Some(false),
            Kind::Scalar { text, plain } if !text.is_empty() => {
                let found = if *plain { format!("`{text}`") } else { format!("the text {text:?}") };
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

/// A whole number, or text; digits in quotes are text.
impl Read for Code {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, plain: true } if text.parse::<i64>().is_ok() => {
                i64::read(diagnostics, node).map(Code::Int)
            }
            Kind::Scalar { text, .. } if !text.is_empty() => {
                String::read(diagnostics, node).map(Code::Text)
            }
            _ => expected(diagnostics, node, "a code, a whole number or a string"),
        }
    }

    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": ["integer", "string"] })
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

impl Read for Day {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let text = String::read(diagnostics, node)?;
        let day = Day::parse(&text);
        if day.is_none() {
            diagnostics
                .error(node.span, "bad-day", format_args!("`{text}` is not a day"))
                .help(r#"write it as "2026-01-31", or "2026-01" if only the month is known"#);
        }
        day
    }

    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$" })
    }
}

impl Read for Decimal {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let Kind::Scalar { text, .. } = &node.kind else {
            return expected(diagnostics, node, "a number");
        };
        let number = Decimal::parse(text);
        if number.is_none() {
            diagnostics
                .error(node.span, "wrong-shape", format_args!("expected a number, found `{text}`"))
                .help("write it in decimal digits, as 5000, 0.1 or 1 %");
        }
        number
    }

    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": ["number", "string"] })
    }
}

impl Read for Bound {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let Kind::Scalar { text, plain } = &node.kind else {
            return expected(diagnostics, node, "a number");
        };
        let bound = Bound::parse(text).filter(|_| *plain);
        if bound.is_none() {
            let found = if *plain { format!("`{text}`") } else { format!("the text {text:?}") };
            let message = format_args!("expected a number, found {found}");
            diagnostics.error(node.span, "wrong-shape", message).help(format_args!(
                "write it in decimal digits, {} at the most, as 64 or 0.01",
                Bound::DIGITS
            ));
        }
        bound
    }

    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "number" })
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
