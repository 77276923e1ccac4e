//! Fields that go into the path or the query of a URL, percent-encoded by RFC 3986.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use crate::error::RequestError;
use crate::json;
use crate::secret::Secret;

/// The path and the query of a request, in the making. Derived code fills it.
#[derive(Debug)]
pub struct Parameters {
    path: Cow<'static, str>,
    query: String,
    secrets: Vec<Secret<String>>,
    fault: Option<RequestError>,
}

impl Parameters {
    pub(crate) fn new(path: &'static str) -> Self {
        Self { path: path.into(), query: String::new(), secrets: Vec::new(), fault: None }
    }

    /// Puts a field in place of `{name}` in the path.
    pub fn path(&mut self, name: &'static str, value: &impl Serialize) {
        let value = self.value(value);
        self.fill(name, value);
    }

    /// Adds a field to the query: a list once per item, an absent field not at all.
    pub fn query(&mut self, name: &'static str, value: &impl Serialize) {
        for text in values(self.value(value)) {
            append(&mut self.query, name, &text);
        }
    }

    /// Path and query, and the secrets in them; or the first field that cannot be a segment of a path.
    pub(crate) fn finish(self) -> Result<(Cow<'static, str>, Vec<Secret<String>>), RequestError> {
        match self.fault {
            Some(fault) => Err(fault),
            None if self.query.is_empty() => Ok((self.path, self.secrets)),
            None => Ok(((self.path.into_owned() + "?" + &self.query).into(), self.secrets)),
        }
    }

    fn value(&mut self, value: &impl Serialize) -> Value {
        let mut json = String::new();
        // A value that JSON cannot hold, as a map with keys that are no strings, is as good as none.
        match json::write_with_secrets(&mut json, value, &mut self.secrets) {
            Ok(()) => serde_json::from_str(&json).unwrap_or_default(),
            Err(_) => Value::Null,
        }
    }

    /// A URL takes `.` and `..` for steps, encoded or not, and an empty segment for another path.
    fn fill(&mut self, name: &'static str, value: Value) {
        let text = to_text(value);
        if matches!(text.as_str(), "" | "." | "..") {
            self.fault.get_or_insert(RequestError::PathField { name });
            return;
        }
        let mut segment = String::new();
        encode(&text, &mut segment);
        self.path = self.path.replacen(&format!("{{{name}}}"), &segment, 1).into();
    }
}

/// Adds a pair to a query or a form.
pub(super) fn append(out: &mut String, name: &str, value: &str) {
    if !out.is_empty() {
        out.push('&');
    }
    encode(name, out);
    out.push('=');
    encode(value, out);
}

/// A value as text: a list once per item, an absent one not at all.
pub(super) fn values(value: Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.into_iter().map(to_text).collect(),
        value => vec![to_text(value)],
    }
}

/// A value that JSON cannot hold, as a map with keys that are no text, is as good as none.
pub(super) fn to_value(value: &impl Serialize) -> Value {
    let json = json::to_string(value).unwrap_or_default();
    serde_json::from_str(&json).unwrap_or_default()
}

fn to_text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// Leaves the unreserved characters of RFC 3986 as they are.
fn encode(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}
