//! Readers of the values of `source`.

use serde_json::{Map, Value, json};

use super::Read;
use super::faults::expected;
use crate::diagnostic::Diagnostics;
use crate::source::{Bound, Code, Day, Decimal, Name, Scalar, Version};
use crate::yaml::{Kind, Node};

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

const NAMES: &str = "a name is made of ASCII letters, digits and `_`, and starts with a letter";

/// The same with `_` for whatever cannot stand in a name, if that makes one of it.
fn near_name(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let near = words.collect::<Vec<_>>().join("_");
    if Name::is_valid(&near) { format!(": write `{near}`") } else { String::new() }
}

impl Read for Name {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        let text = String::read(diagnostics, node)?;
        if !Name::is_valid(&text) {
            diagnostics
                .error(node.span, "bad-name", format_args!("`{text}` is not a name"))
                .help(format_args!("{NAMES}{}", near_name(&text)));
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
            let found = if *plain { format!("`{text}`") } else { format!("the string {text:?}") };
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
