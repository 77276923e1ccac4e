//! The JSON of a value that some other deserializer than the one here reads: serde_json itself, another format, or what serde
//! has buffered for `flatten` and `untagged`.

use std::{fmt, io};

use serde::Serialize;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Unexpected, Visitor,
};
use serde_json::Value;
use serde_json::ser::Formatter;

use crate::json;

/// The JSON of the value. To the letter if serde_json reads it from a text, which knows the name that is asked for; otherwise
/// fractions have become floats on the way, and are written so that no decimal is read from them.
pub(super) fn text<'de, D: Deserializer<'de>>(any: D) -> Result<String, D::Error> {
    any.deserialize_newtype_struct(json::RAW_VALUE, AnyText)
}

struct AnyText;

impl<'de> Visitor<'de> for AnyText {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    /// serde_json gives the text as the one entry of an object.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        match map.next_key::<String>()?.as_deref() {
            Some(json::RAW_VALUE) => map.next_value_seed(self),
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }

    /// That of the document.
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    /// Perhaps made of a [`Value`].
    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        write(&serde_json::from_str(text).map_err(E::custom)?)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, any: D) -> Result<String, D::Error> {
        write(&Value::deserialize(any)?)
    }
}

impl<'de> DeserializeSeed<'de> for AnyText {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, text: D) -> Result<String, D::Error> {
        text.deserialize_str(self)
    }
}

fn write<E: Error>(value: &Value) -> Result<String, E> {
    let mut text = Vec::with_capacity(128);
    let mut writer = serde_json::Serializer::with_formatter(&mut text, Floats);
    value.serialize(&mut writer).map_err(E::custom)?;
    String::from_utf8(text).map_err(E::custom)
}

/// Writes a float with an exponent if it may have been rounded, which tells whoever wants all digits.
struct Floats;

/// From here on not every whole number is a float.
const SAFE: f64 = 9_007_199_254_740_992.0;

impl Formatter for Floats {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        match value.fract() == 0.0 && value.abs() < SAFE {
            true => write!(writer, "{value:.1}"),
            false => write!(writer, "{value:e}"),
        }
    }
}
