//! Whole numbers that the platform writes as a number or as text: `12` and `"12"`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// A whole number, or an option or list of them, read from numbers or text. 64 bits, nothing behind a point.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read leniently",
    label = "not `i64`, `Option<i64>` or `Vec<i64>`",
    note = "`lenient` goes on `i64`, `Option<i64>`, `Vec<i64>` and `Option<Vec<i64>>`; `Fen` and its like are lenient \
            without it"
)]
pub trait Lenient: Sized {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// What was found instead of a whole number of 64 bits.
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// For `#[serde(deserialize_with = "runtime::lenient")]`, and for derived code.
///
/// # Errors
///
/// What was found instead of a whole number of 64 bits.
pub fn lenient<'de, T: Lenient, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize_lenient(deserializer)
}

impl Lenient for i64 {
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Int::deserialize(deserializer).map(|int| int.0)
    }
}

impl Lenient for Option<i64> {
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let int = Option::<Int>::deserialize(deserializer)?;
        Ok(int.map(|int| int.0))
    }
}

impl Lenient for Vec<i64> {
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ints = Vec::<Int>::deserialize(deserializer)?;
        Ok(ints.into_iter().map(|int| int.0).collect())
    }
}

impl Lenient for Option<Vec<i64>> {
    fn deserialize_lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ints = Option::<Vec<Int>>::deserialize(deserializer)?;
        Ok(ints.map(|ints| ints.into_iter().map(|int| int.0).collect()))
    }
}

struct Int(i64);

impl<'de> Deserialize<'de> for Int {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IntVisitor)
    }
}

struct IntVisitor;

impl Visitor<'_> for IntVisitor {
    type Value = Int;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number of 64 bits, as a number or as text")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Int, E> {
        Ok(Int(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Int, E> {
        let int = i64::try_from(number);
        int.map(Int).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Int, E> {
        text.parse().map(Int).map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}
