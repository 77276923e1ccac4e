//! Enums of the wire: the values that the documents list, and whatever else comes.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt::{self, Display};
use std::num::ParseIntError;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serialize;

use crate::lenient::lenient;
use crate::version::Version;

/// An enum whose variants are values on the wire, and one that keeps a value that the documents do not list.
///
/// The derive of the same name implements it, and with it serde both ways, `FromStr` and `Display`, all three by the
/// value on the wire.
pub trait WireEnum: Sized {
    /// What the values are: `str` or `i64`.
    type Value: EnumValue + ?Sized;

    /// The documented values, in the order of the variants.
    const DOCUMENTED: &'static [DocumentedValue<Self::Value>];

    /// The variant of a value or of one of its aliases; never fails, as an undocumented value is kept.
    fn from_value(value: &Self::Value) -> Self;

    /// The place among the documented values, or the value that is none. For derived code.
    #[doc(hidden)]
    fn place(&self) -> Result<usize, &Self::Value>;

    /// The documented values, in the order of the variants.
    fn documented() -> &'static [DocumentedValue<Self::Value>] {
        Self::DOCUMENTED
    }

    /// The value on the wire; of a variant with aliases the value itself.
    fn value(&self) -> &Self::Value {
        value_of(Self::DOCUMENTED, self.place())
    }

    /// Whether the documents list the value.
    fn is_documented(&self) -> bool {
        self.place().is_ok()
    }

    /// The base library that brought the value; `None` if the documents do not say.
    fn since(&self) -> Option<Version> {
        Self::DOCUMENTED[self.place().ok()?].since
    }
}

/// A value that the documents list.
#[derive(Debug, PartialEq, Eq)]
pub struct DocumentedValue<V: ?Sized + 'static> {
    /// What is written.
    pub value: &'static V,
    /// What else is read as this value.
    pub aliases: &'static [&'static V],
    /// The base library that brought the value.
    pub since: Option<Version>,
}

/// In derived code.
#[doc(hidden)]
impl<V: ?Sized> DocumentedValue<V> {
    pub const fn new(value: &'static V) -> Self {
        DocumentedValue { value, aliases: &[], since: None }
    }

    pub const fn aliases(self, aliases: &'static [&'static V]) -> Self {
        DocumentedValue { aliases, ..self }
    }

    pub const fn since(self, since: Version) -> Self {
        DocumentedValue { since: Some(since), ..self }
    }
}

/// `str` or `i64`.
pub trait EnumValue: Display + Serialize + PartialEq + sealed::Sealed + 'static {
    /// Why text cannot be such a value.
    type Fault;

    #[doc(hidden)]
    fn parse<E: WireEnum<Value = Self>>(text: &str) -> Result<E, Self::Fault>;

    #[doc(hidden)]
    fn decode<'de, E: WireEnum<Value = Self>, D: Deserializer<'de>>(de: D) -> Result<E, D::Error>;
}

impl EnumValue for str {
    type Fault = Infallible;

    fn parse<E: WireEnum<Value = Self>>(text: &str) -> Result<E, Infallible> {
        Ok(E::from_value(text))
    }

    fn decode<'de, E: WireEnum<Value = Self>, D: Deserializer<'de>>(de: D) -> Result<E, D::Error> {
        de.deserialize_str(Text).map(|text| E::from_value(&text))
    }
}

impl EnumValue for i64 {
    type Fault = ParseIntError;

    fn parse<E: WireEnum<Value = Self>>(text: &str) -> Result<E, ParseIntError> {
        text.parse().map(|value| E::from_value(&value))
    }

    fn decode<'de, E: WireEnum<Value = Self>, D: Deserializer<'de>>(de: D) -> Result<E, D::Error> {
        lenient(de).map(|value| E::from_value(&value))
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for str {}
    impl Sealed for i64 {}
}

/// Text as it is, so that it is read by the same code for every enum.
struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// The place of a value, or of one of its aliases, among the documented ones; their number if it is none. For derived
/// code.
#[doc(hidden)]
pub fn find<V: PartialEq + ?Sized>(documented: &[DocumentedValue<V>], value: &V) -> usize {
    let is_it = |row: &DocumentedValue<V>| row.value == value || row.aliases.contains(&value);
    documented.iter().position(is_it).unwrap_or(documented.len())
}

fn value_of<'a, V: ?Sized>(
    documented: &'static [DocumentedValue<V>],
    place: Result<usize, &'a V>,
) -> &'a V {
    match place {
        Ok(place) => documented[place].value,
        Err(value) => value,
    }
}
