//! Fields of an object in, one text out: how older schemes sign.

use serde_json::{Map, Value};
use zeroize::{Zeroize, Zeroizing};

use super::fault::SignatureError;
use crate::scheme::{FieldForm, FieldValue, Fields};

/// In the order of their bytes, for a Rust string compares as its UTF-8 does.
pub(super) fn join(
    fields: &Fields,
    object: &Map<String, Value>,
    key: &str,
) -> Result<Zeroizing<String>, SignatureError> {
    let mut texts = Vec::with_capacity(object.len() + 1);
    let signed = object.iter().filter(|(name, _)| !fields.without.contains(&name.as_str()));
    for (name, value) in signed {
        if let Some(value) = fields.value.text(value)? {
            texts.push(match fields.form {
                FieldForm::Value => value,
                FieldForm::Pair => format!("{name}={value}"),
            });
        }
    }
    if fields.with_key {
        texts.push(key.to_owned());
    }
    texts.sort_unstable();
    let text = Zeroizing::new(texts.join(fields.separator));
    texts.zeroize();
    Ok(text)
}

impl FieldValue {
    /// The value's text; `None` for one that is left out.
    fn text(self, value: &Value) -> Result<Option<String>, SignatureError> {
        match self {
            Self::Exact => exact(value).map(Some),
            Self::Trimmed => Ok(trimmed(value)),
        }
    }
}

/// A value whose text is the same for all who read it.
fn exact(value: &Value) -> Result<String, SignatureError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Null => Ok(String::new()),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => Err(SignatureError::Unreadable),
    }
}

fn trimmed(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text = text.trim();
    let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let text = inside.unwrap_or(text).trim();
    Some(text).filter(|text| !text.is_empty() && *text != "null").map(str::to_owned)
}
