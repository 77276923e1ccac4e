//! What an envelope calls a success, as written.

use serde_json::{Map, Value, json};

use super::Envelope;
use crate::diagnostic::Diagnostics;
use crate::record::Read;
use crate::source::{Code, Located};
use crate::yaml::{Kind, Node, read_otherwise};

/// One of the ways in which a response says that it is a success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Success {
    /// This code.
    Code(Code),
    /// A 2xx without a code.
    Absent,
    /// A 2xx, whatever code there is.
    Status,
}

impl Read for Success {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        if let Kind::Scalar { text, plain } = &node.kind {
            match text.as_str() {
                "absent" => return Some(Success::Absent),
                "status" => return Some(Success::Status),
                "" => {}
                _ if is_boolean(text, *plain) => return report_boolean(diagnostics, node, text),
                _ if *plain && is_nothing(text) => {
                    return report_nothing(diagnostics, node, text);
                }
                _ => {}
            }
        }
        Code::read(diagnostics, node).map(Success::Code)
    }

    fn schema(definitions: &mut Map<String, Value>) -> Value {
        let code = Code::schema(definitions);
        json!({ "anyOf": [{ "enum": ["absent", "status"] }, code] })
    }
}

/// In quotes as well, for what stands in the place is a boolean.
fn is_boolean(text: &str, plain: bool) -> bool {
    matches!(text, "true" | "false") || (plain && read_otherwise(text) == Some("a boolean"))
}

fn is_nothing(text: &str) -> bool {
    let words = ["none", "missing", "empty", "undefined"];
    read_otherwise(text) == Some("null") || words.contains(&text.to_ascii_lowercase().as_str())
}

fn report_boolean<T>(diagnostics: &mut Diagnostics, node: &Node, text: &str) -> Option<T> {
    let message = format_args!("`{text}` is a boolean, not a code");
    diagnostics.error(node.span, "bad-envelope", message).help(
        "give the boolean's place as `ok`, and in `code` that of the error code, as `{ ok: ok, code: error }`",
    );
    None
}

fn report_nothing<T>(diagnostics: &mut Diagnostics, node: &Node, text: &str) -> Option<T> {
    let message = format_args!("`{text}` is not clearly a code");
    diagnostics.error(node.span, "bad-envelope", message).help(format_args!(
        "write `absent` if a success has no code, or {text:?} if that is its code"
    ));
    None
}

impl Envelope {
    /// Whether the HTTP status alone says what is a success.
    pub(crate) fn goes_by_status(&self) -> bool {
        let is_status = |success: &Located<Success>| success.value == Success::Status;
        self.ok.is_none() && self.success.iter().all(is_status)
    }

    /// The code of a success.
    pub(crate) fn success_code(&self) -> Option<Located<&Code>> {
        self.success.iter().find_map(|success| match &success.value {
            Success::Code(code) => Some(Located { value: code, span: success.span }),
            Success::Absent | Success::Status => None,
        })
    }

    /// Whether a 2xx without a code is a success.
    pub(crate) fn success_without_code(&self) -> bool {
        self.success.iter().any(|success| success.value == Success::Absent)
    }
}
