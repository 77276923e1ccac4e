//! An idempotency key made of several fields.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::parameters::to_value;
use crate::secret::is_blank;

/// The values of the fields, for generated code. If one is absent or blank, there is no key.
#[derive(Default)]
pub struct KeyParts {
    values: Vec<Value>,
    is_incomplete: bool,
}

impl KeyParts {
    pub const fn new() -> Self {
        Self { values: Vec::new(), is_incomplete: false }
    }

    #[must_use]
    pub fn with(mut self, value: &impl Serialize) -> Self {
        let value = to_value(value);
        self.is_incomplete |= value.is_null() || value.as_str().is_some_and(is_blank);
        self.values.push(value);
        self
    }

    /// As JSON, which tells where a value ends: `"a"` and `"bc"` are not `"ab"` and `"c"`.
    pub fn into_key(self) -> Option<Cow<'static, str>> {
        (!self.is_incomplete).then(|| Value::Array(self.values).to_string().into())
    }
}
