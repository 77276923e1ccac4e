//! What a limit of frequency counts apart.

use std::fmt;

use serde::Serialize;

use super::parameters::to_value;
use crate::meta::RateLimit;

/// What of a request a limit counts apart: two requests with equal keys count together.
///
/// It is a key of a map and nothing else. It may be made of secret values, so `Debug` does not show it.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RateKey(pub(super) String);

impl RateKey {
    /// The key of requests that are all counted together.
    pub const fn new() -> Self {
        Self(String::new())
    }

    /// The key with the value of the field of this wire name, if the limit counts by it.
    #[must_use]
    pub fn with(mut self, limit: &RateLimit, name: &str, value: &impl Serialize) -> Self {
        if limit.by.contains(&name) {
            self.push(&to_value(value));
        }
        self
    }

    /// As JSON, which tells where a value ends.
    fn push(&mut self, value: &serde_json::Value) {
        self.0.push_str(&value.to_string());
        self.0.push(',');
    }
}

impl fmt::Debug for RateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RateKey(redacted)")
    }
}
