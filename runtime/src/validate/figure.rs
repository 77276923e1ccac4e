//! The numbers that violations show, whatever type they had.

use std::fmt;

use serde::ser::{Serialize, Serializer};

/// A limit, or the number found instead: an integer of any width, a float, or a decimal.
///
/// Displayed as the number. Serialised as a number too; as a string if it needs more than 64 bits, has decimals, which
/// readers would take for a float, or is not finite, which JSON has no number for.
///
/// ```
/// use apiscribe::validate::Figure;
///
/// assert_eq!(Figure::from(5_u8), Figure::from(5_i64));
/// assert_eq!(Figure::from(u64::MAX).as_i64(), None);
/// assert_eq!(Figure::from(u64::MAX).to_string(), "18446744073709551615");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure(Kind);

/// Each number has one form only, so that numbers of two types compare. The wide ones are in two halves, which aligns
/// them as the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Int(i64),
    Wide([u64; 2]),
    Widest([u64; 2]),
    Float(Float),
    /// With a fraction; without one it is an integer.
    #[cfg(feature = "decimals")]
    Decimal(rust_decimal::Decimal),
}

/// Compared by its bits, so that NaN equals itself.
#[derive(Debug, Clone, Copy)]
struct Float(f64);

impl Figure {
    /// The number, if it is an integer that fits.
    pub fn as_i64(self) -> Option<i64> {
        match self.0 {
            Kind::Int(number) => Some(number),
            _ => None,
        }
    }

    /// The number, if it is an integer that fits.
    pub fn as_i128(self) -> Option<i128> {
        match self.0 {
            Kind::Int(number) => Some(i128::from(number)),
            Kind::Wide(halves) => Some(join(halves) as i128),
            _ => None,
        }
    }

    /// The number, if it is a float.
    pub fn as_f64(self) -> Option<f64> {
        match self.0 {
            Kind::Float(Float(number)) => Some(number),
            _ => None,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Int(number) => number.fmt(f),
            Kind::Wide(halves) => (join(*halves) as i128).fmt(f),
            Kind::Widest(halves) => join(*halves).fmt(f),
            Kind::Float(Float(number)) => number.fmt(f),
            #[cfg(feature = "decimals")]
            Kind::Decimal(number) => number.fmt(f),
        }
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Kind::Int(number) => serializer.serialize_i64(*number),
            Kind::Float(Float(number)) if number.is_finite() => serializer.serialize_f64(*number),
            Kind::Wide([0, number]) => serializer.serialize_u64(*number),
            _ => serializer.collect_str(self),
        }
    }
}

/// The higher half first.
const fn split(number: u128) -> [u64; 2] {
    [(number >> 64) as u64, number as u64]
}

const fn join([high, low]: [u64; 2]) -> u128 {
    (high as u128) << 64 | low as u128
}

impl PartialEq for Float {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Float {}

#[cfg(feature = "decimals")]
impl From<rust_decimal::Decimal> for Figure {
    fn from(number: rust_decimal::Decimal) -> Self {
        let number = number.normalize();
        match number.scale() {
            0 => Self::from(number.mantissa()),
            _ => Self(Kind::Decimal(number)),
        }
    }
}

impl From<i128> for Figure {
    fn from(number: i128) -> Self {
        Self(match i64::try_from(number) {
            Ok(number) => Kind::Int(number),
            Err(_) => Kind::Wide(split(number as u128)),
        })
    }
}

impl From<u128> for Figure {
    fn from(number: u128) -> Self {
        match i128::try_from(number) {
            Ok(number) => Self::from(number),
            Err(_) => Self(Kind::Widest(split(number))),
        }
    }
}

impl From<usize> for Figure {
    fn from(number: usize) -> Self {
        Self::from(number as u64)
    }
}

impl From<f64> for Figure {
    fn from(number: f64) -> Self {
        Self(Kind::Float(Float(number)))
    }
}

/// The number that its shortest digits say: `0.1`, not `0.10000000149011612`.
impl From<f32> for Figure {
    fn from(number: f32) -> Self {
        Self::from(number.to_string().parse().unwrap_or(f64::from(number)))
    }
}

macro_rules! figure {
    ($($int:ty),*) => {$(
        impl From<$int> for Figure {
            fn from(number: $int) -> Self {
                Self::from(i128::from(number))
            }
        }
    )*};
}

impl From<i64> for Figure {
    fn from(number: i64) -> Self {
        Self(Kind::Int(number))
    }
}

figure!(i32, i16, i8, u64, u32, u16, u8);
