//! Units of quantities, and what multiplication makes of them.

use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use super::Money;

/// The power of each base unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unit([i8; BASES.len()]);

/// What units are made of. Fen and yuan are two: one becomes the other by a stated rate only.
const BASES: [&str; 4] = ["fen", "yuan", "diamonds", "days"];

impl Unit {
    /// Of a number that counts or divides.
    pub const NONE: Unit = Unit([0; BASES.len()]);
    /// Of natural days.
    pub const DAYS: Unit = Unit([0, 0, 0, 1]);

    /// Of a product.
    pub fn times(self, other: Unit) -> Unit {
        self.combine(other, i8::saturating_add)
    }

    /// Of a quotient.
    pub fn over(self, other: Unit) -> Unit {
        self.combine(other, i8::saturating_sub)
    }

    fn combine(self, other: Unit, combine: fn(i8, i8) -> i8) -> Unit {
        Unit(std::array::from_fn(|index| combine(self.0[index], other.0[index])))
    }

    /// The unit of money that it is.
    pub fn money(self) -> Option<Money> {
        [Money::Fen, Money::Yuan, Money::Diamonds]
            .into_iter()
            .find(|money| Unit::of(*money) == self)
    }

    /// Of an amount.
    pub fn of(money: Money) -> Unit {
        match money {
            Money::Fen => Unit([1, 0, 0, 0]),
            Money::Yuan => Unit([0, 1, 0, 0]),
            Money::Diamonds => Unit([0, 0, 1, 0]),
        }
    }

    /// As `diamonds`, `diamonds/yuan`, `a number without a unit`.
    pub fn describe(self) -> String {
        if self == Unit::NONE {
            return "a number without a unit".to_owned();
        }
        let above = self.product(|power| power);
        let below = self.product(|power| -power);
        match (above.as_str(), below.as_str()) {
            (above, "") => above.to_owned(),
            ("", below) => format!("1/{below}"),
            (above, below) => format!("{above}/{below}"),
        }
    }

    fn product(self, sign: fn(i8) -> i8) -> String {
        let mut text = String::new();
        for (base, &power) in BASES.iter().zip(&self.0).filter(|(_, power)| sign(**power) > 0) {
            let between = if text.is_empty() { "" } else { "·" };
            let _ = match sign(power) {
                1 => write!(text, "{between}{base}"),
                power => write!(text, "{between}{base}^{power}"),
            };
        }
        text
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.describe())
    }
}
