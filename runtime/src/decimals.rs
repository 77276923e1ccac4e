//! Exact decimals: as text on the wire, or as a number, and never by way of a float.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::json;
use crate::validate::field::{Number, Present};

/// Makes newtypes over `Decimal`: read from a number or text, written as `$write` does.
macro_rules! decimals {
    ($($(#[$doc:meta])* $name:ident $write:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Decimal);

        impl Deref for $name {
            type Target = Decimal;

            fn deref(&self) -> &Decimal {
                &self.0
            }
        }

        impl From<Decimal> for $name {
            fn from(value: Decimal) -> Self {
                Self(value)
            }
        }

        impl FromStr for $name {
            type Err = rust_decimal::Error;

            fn from_str(text: &str) -> Result<Self, rust_decimal::Error> {
                Decimal::from_str_exact(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $write(self.0, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_newtype_struct(json::TEXT, DecimalVisitor).map(Self)
            }
        }

        impl Present for $name {}

        impl Number for $name {
            type Value = Decimal;

            #[inline]
            fn number(&self) -> Option<Decimal> {
                Some(self.0)
            }
        }
    )*};
}

decimals! {
    /// An exact decimal of up to 28 digits that is text on the wire, `"12.50"`. Read from text or from a number, to the
    /// last digit; a number with an exponent is refused, as it may have been rounded.
    ///
    /// Other deserializers than the one of this crate hand over fractions as floats, which are refused too.
    DecimalText write_text

    /// The same as [`DecimalText`], but a number on the wire, `12.50`.
    DecimalNumber write_number
}

impl Number for Decimal {
    type Value = Decimal;

    #[inline]
    fn number(&self) -> Option<Decimal> {
        Some(*self)
    }
}

/// A bound that is written in quotes: `12.5` is `(125, 1)`. The derive has seen that it fits.
#[doc(hidden)]
pub fn decimal(digits: i128, scale: u32) -> Decimal {
    Decimal::from_i128_with_scale(digits, scale)
}

fn write_text<S: Serializer>(value: Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&value)
}

/// By way of a `RawValue`, the one number that has all digits with any serializer of JSON.
fn write_number<S: Serializer>(value: Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(value.to_string()).map_err(S::Error::custom)?.serialize(serializer)
}

struct DecimalVisitor;

impl<'de> Visitor<'de> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal of at most 28 digits")
    }

    /// What any other deserializer than the one here asks.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, any: D) -> Result<Decimal, D::Error> {
        any.deserialize_any(self)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Decimal, E> {
        Ok(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Decimal, E> {
        Ok(number.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
        let decimal = Decimal::from_str_exact(text.trim());
        decimal.map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}
