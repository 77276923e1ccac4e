//! Units of quantities, and what multiplication makes of them.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::{Serialize, Serializer};

/// The power of each base unit, none of which is 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit(BTreeMap<Base, i8>);

/// What units are made of. Units of money stay apart: one becomes another by a stated rate only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Base {
    /// A unit of money, by its name in the spec.
    Money(String),
    Days,
}

impl Unit {
    /// Of a number that counts or divides.
    pub const NONE: Unit = Unit(BTreeMap::new());

    /// Of natural days.
    pub fn days() -> Unit {
        Unit::from(Base::Days)
    }

    /// Of a product.
    #[must_use]
    pub fn times(&self, other: &Unit) -> Unit {
        self.combine(other, i8::saturating_add)
    }

    /// Of a quotient.
    #[must_use]
    pub fn over(&self, other: &Unit) -> Unit {
        self.combine(other, i8::saturating_sub)
    }

    fn combine(&self, other: &Unit, combine: fn(i8, i8) -> i8) -> Unit {
        let mut powers = self.0.clone();
        for (base, &power) in &other.0 {
            let combined = powers.entry(base.clone()).or_default();
            *combined = combine(*combined, power);
        }
        powers.retain(|_, power| *power != 0);
        Unit(powers)
    }

    /// The unit of money that it is, by its name in the spec.
    pub fn money(&self) -> Option<&str> {
        match self.0.iter().next() {
            Some((Base::Money(money), 1)) if self.0.len() == 1 => Some(money),
            _ => None,
        }
    }

    /// As `points`, `points/dollars`, `a number without a unit`.
    pub fn describe(&self) -> String {
        if *self == Unit::NONE {
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

    fn product(&self, sign: fn(i8) -> i8) -> String {
        let mut text = String::new();
        for (base, &power) in self.0.iter().filter(|(_, power)| sign(**power) > 0) {
            let between = if text.is_empty() { "" } else { "·" };
            let _ = match sign(power) {
                1 => write!(text, "{between}{base}"),
                power => write!(text, "{between}{base}^{power}"),
            };
        }
        text
    }
}

impl From<Base> for Unit {
    fn from(base: Base) -> Unit {
        Unit(BTreeMap::from([(base, 1)]))
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Base::Money(name) => f.write_str(name),
            Base::Days => f.write_str("days"),
        }
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.describe())
    }
}
