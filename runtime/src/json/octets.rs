//! Bytes as they are.

use std::fmt;

use bytes::Bytes;
use serde::de::{Deserializer, Visitor};

/// What the decoder gives to a newtype of this name, which is one that asks for bytes.
pub(crate) fn octets<'de, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
) -> Result<Bytes, D::Error> {
    deserializer.deserialize_newtype_struct(name, Octets)
}

struct Octets;

impl Visitor<'_> for Octets {
    type Value = Bytes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
        Ok(Bytes::copy_from_slice(bytes))
    }
}
