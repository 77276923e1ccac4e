//! Bodies that are neither JSON nor text.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer};

use crate::json;

/// The body of a response as it came: an image, an archive. `Debug` gives its length only.
///
/// The response of an endpoint whose [`ResponseKind`](crate::meta::ResponseKind) is `Binary`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Binary(pub Bytes);

impl Deref for Binary {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Binary({} bytes)", self.0.len())
    }
}

impl<'de> Deserialize<'de> for Binary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::octets(deserializer, json::BINARY).map(Self)
    }
}
