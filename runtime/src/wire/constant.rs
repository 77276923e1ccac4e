//! Keys that always have the same value: another one is passed over, and noted like any that cannot be read.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Unexpected, Visitor};

use super::decode::{Slot, pass_over};
use crate::json;

/// The value that a key always has.
#[derive(Clone, Copy)]
pub enum Constant {
    Text(&'static str),
    Int(i64),
    Bool(bool),
}

impl<'de, A: MapAccess<'de>> Slot<'de, A> for Constant {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        let found = map.next_value_seed(*self).map(Some);
        found.or_else(|error| pass_over(map, error)).map(drop)
    }
}

impl<'de> DeserializeSeed<'de> for Constant {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self {
            Self::Text(_) => deserializer.deserialize_newtype_struct(json::TEXT, self),
            Self::Int(_) => deserializer.deserialize_newtype_struct(json::WHOLE, self),
            Self::Bool(_) => deserializer.deserialize_bool(self),
        }
    }
}

impl Constant {
    fn expect<E: Error>(self, is_found: bool, found: Unexpected<'_>) -> Result<(), E> {
        if is_found { Ok(()) } else { Err(E::invalid_value(found, &self)) }
    }
}

impl<'de> Visitor<'de> for Constant {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Int(number) => write!(f, "{number}"),
            Self::Bool(value) => write!(f, "{value}"),
        }
    }

    /// What any other deserializer than the one here asks.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, any: D) -> Result<(), D::Error> {
        any.deserialize_any(self)
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<(), E> {
        let is_found = match self {
            Self::Text(text) => text == found,
            Self::Int(number) => json::int(found) == Some(number),
            Self::Bool(_) => false,
        };
        self.expect(is_found, Unexpected::Str(found))
    }

    fn visit_i64<E: Error>(self, found: i64) -> Result<(), E> {
        self.expect(matches!(self, Self::Int(number) if number == found), Unexpected::Signed(found))
    }

    fn visit_u64<E: Error>(self, found: u64) -> Result<(), E> {
        let is_found = matches!(self, Self::Int(number) if i64::try_from(found) == Ok(number));
        self.expect(is_found, Unexpected::Unsigned(found))
    }

    fn visit_bool<E: Error>(self, found: bool) -> Result<(), E> {
        self.expect(matches!(self, Self::Bool(value) if value == found), Unexpected::Bool(found))
    }
}
