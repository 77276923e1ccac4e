//! What the platform writes as a number or as text, `12` and `"12"`: whole numbers, and identifiers made of digits.
//!
//! Whatever the client receives is read so in any case. This is for other deserializers, which need to be asked.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

use crate::json;
use crate::secret::Secret;

/// A whole number or a string, or an option, list or map of them, read from numbers or text. 64 bits, nothing but zeros
/// behind a point: a string of digits that came as a number has every digit of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read leniently",
    label = "not `i64`, `u64` or `String`, nor an `Option`, list or map of it",
    note = "`lenient` goes on `i64`, `Option<i64>`, `Vec<i64>`, `BTreeMap<String, i64>` and what is made of these, on \
            `String` likewise; types that derive `Money` are lenient without it"
)]
pub trait Lenient: Sized {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// What was found instead of a whole number of 64 bits, or of text.
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// For `#[serde(deserialize_with = "apiscribe::wire::lenient")]`, and for derived code.
///
/// # Errors
///
/// What was found instead of a whole number of 64 bits, or of text.
pub fn lenient<'de, T: Lenient, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize_lenient(deserializer)
}

impl Lenient for i64 {
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(json::WHOLE, IntVisitor)
    }
}

impl Lenient for u64 {
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(json::WHOLE, UnsignedVisitor)
    }
}

impl Lenient for String {
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(json::TEXT, TextVisitor)
    }
}

impl Lenient for Secret<String> {
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize_lenient(deserializer).map(Self::new);
        text.map_err(|_| Error::custom("a secret value is not of the documented type"))
    }
}

impl<T: Lenient> Lenient for Option<T> {
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<Leniently<T>>::deserialize(deserializer)?;
        Ok(value.map(|value| value.0))
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = Vec::<Leniently<T>>::deserialize(deserializer)?;
        Ok(values.into_iter().map(|value| value.0).collect())
    }
}

impl<T: Lenient> Lenient for BTreeMap<String, T> {
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = BTreeMap::<String, Leniently<T>>::deserialize(deserializer)?;
        Ok(values.into_iter().map(|(key, value)| (key, value.0)).collect())
    }
}

/// A value to be read leniently.
pub(crate) struct Leniently<T>(pub(crate) T);

impl<'de, T: Lenient> Deserialize<'de> for Leniently<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize_lenient(deserializer).map(Self)
    }
}

struct IntVisitor;

impl<'de> Visitor<'de> for IntVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number of 64 bits, as a number or as text")
    }

    /// What any other deserializer than the one here asks.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, any: D) -> Result<i64, D::Error> {
        any.deserialize_any(self)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
        let int = i64::try_from(number);
        int.map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<i64, E> {
        json::int(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

struct UnsignedVisitor;

impl<'de> Visitor<'de> for UnsignedVisitor {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number of 64 bits without a sign, as a number or as text")
    }

    /// What any other deserializer than the one here asks.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, any: D) -> Result<u64, D::Error> {
        any.deserialize_any(self)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<u64, E> {
        let unsigned = u64::try_from(number);
        unsigned.map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<u64, E> {
        Ok(number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<u64, E> {
        json::unsigned(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, or a whole number of 64 bits")
    }

    /// What any other deserializer than the one here asks.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, any: D) -> Result<String, D::Error> {
        any.deserialize_any(self)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
}
