//! Bounds of numbers, which no float comes near.

use std::cmp::Ordering;
use std::fmt;

use serde::Serialize;

/// A bound of a number: whole, or with decimals, which are kept as they are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Bound {
    Whole(i128),
    Decimal(String),
}

impl Bound {
    /// As many digits as a decimal of the generated code holds for sure.
    pub(crate) const DIGITS: usize = 28;

    /// Takes a number in decimal digits, as `64`, `-1` or `0.01`.
    pub(crate) fn parse(text: &str) -> Option<Bound> {
        let size = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match size.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (size, ""),
        };
        let is_padded = whole.len() > 1 && whole.starts_with('0');
        let mut digits = whole.bytes().chain(fraction.bytes());
        let is_number = !whole.is_empty() && digits.all(|digit| digit.is_ascii_digit());
        if !is_number || is_padded || whole.len() + fraction.len() > Self::DIGITS {
            return None;
        }
        match text.parse() {
            Ok(number) => Some(Bound::Whole(number)),
            Err(_) => Some(Bound::Decimal(text.to_owned())),
        }
    }

    /// The number, if it is a whole one.
    pub(crate) fn whole(&self) -> Option<i128> {
        match self {
            Bound::Whole(number) => Some(*number),
            Bound::Decimal(_) => None,
        }
    }

    /// How two of them compare as numbers.
    pub(crate) fn compare(&self, other: &Bound) -> Ordering {
        self.parts().cmp(&other.parts())
    }

    /// The whole part, and the rest in units of the last digit that there can be, each with the sign.
    fn parts(&self) -> (i128, i128) {
        let text = match self {
            Bound::Whole(number) => return (*number, 0),
            Bound::Decimal(text) => text,
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let fraction = format!("{fraction:0<width$}", width = Self::DIGITS);
        (whole.parse().unwrap_or(0), sign * fraction.parse().unwrap_or(0))
    }
}

impl From<i64> for Bound {
    fn from(number: i64) -> Self {
        Bound::Whole(number.into())
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bound::Whole(number) => number.fmt(f),
            Bound::Decimal(text) => f.write_str(text),
        }
    }
}
