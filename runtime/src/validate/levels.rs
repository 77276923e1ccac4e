//! Lists of the only amounts that the platform takes.

use std::fmt;

use crate::money::LevelUnit;

/// The only amounts allowed, as the 30 price levels of coins.
#[derive(Debug, PartialEq, Eq)]
pub struct Levels {
    /// What the amounts are in.
    pub unit: LevelUnit,
    /// The amounts, rising.
    pub values: &'static [i64],
}

impl Levels {
    /// `values` in `unit`, rising.
    pub const fn new(unit: LevelUnit, values: &'static [i64]) -> Self {
        Self { unit, values }
    }

    /// Whether `amount` in `unit` is one of the levels. Fen and yuan are compared exactly; diamonds are neither.
    pub fn contains(&self, amount: i64, unit: LevelUnit) -> bool {
        let Some(amount) = convert(amount, unit, self.unit) else { return false };
        self.values.contains(&amount)
    }

    pub(super) fn explain(
        &self,
        actual: Option<i64>,
        unit: LevelUnit,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        match actual {
            Some(actual) => write!(f, "{actual} {} is", unit.name())?,
            None => f.write_str("the amount is")?,
        }
        write!(f, " none of the {} levels", self.values.len())?;
        if let ([first, ..], [.., last]) = (self.values, self.values) {
            write!(f, " from {first} to {last} {}", self.unit.name())?;
        }
        Ok(())
    }
}

/// `None` where there is no such whole amount of 64 bits.
fn convert(amount: i64, from: LevelUnit, to: LevelUnit) -> Option<i64> {
    match (from, to) {
        (LevelUnit::Yuan, LevelUnit::Fen) => amount.checked_mul(100),
        (LevelUnit::Fen, LevelUnit::Yuan) => (amount % 100 == 0).then_some(amount / 100),
        _ => (from == to).then_some(amount),
    }
}
