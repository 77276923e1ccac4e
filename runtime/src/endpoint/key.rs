//! The idempotency key of a request, of one field or of several.

use std::borrow::Cow;

use serde::Serialize;

use crate::json;
use crate::secret::is_blank;
use crate::validate::field::WireText;

/// What makes sending a request a second time harmless, if it has such a key.
pub type Key<'a> = Option<Cow<'a, str>>;

/// The key that is one field, for generated code.
pub fn key_of(field: &impl WireText) -> Key<'_> {
    field.text().map(Cow::Borrowed)
}

/// The values of the fields, for generated code. If one is absent or blank, there is no key.
#[derive(Default)]
pub struct KeyParts {
    /// As JSON each, to the digit.
    values: Vec<String>,
    is_incomplete: bool,
}

impl KeyParts {
    pub const fn new() -> Self {
        Self { values: Vec::new(), is_incomplete: false }
    }

    #[must_use]
    pub fn with(mut self, value: &impl Serialize) -> Self {
        // A value that JSON cannot hold is as good as none.
        let value = json::to_string(value).unwrap_or_else(|_| "null".to_owned());
        let text = serde_json::from_str::<String>(&value);
        self.is_incomplete |= value == "null" || text.is_ok_and(|text| is_blank(&text));
        self.values.push(value);
        self
    }

    /// As JSON, which tells where a value ends: `"a"` and `"bc"` are not `"ab"` and `"c"`.
    pub fn into_key(self) -> Option<Cow<'static, str>> {
        (!self.is_incomplete).then(|| format!("[{}]", self.values.join(",")).into())
    }
}
