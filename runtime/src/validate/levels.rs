//! Lists of the only amounts that the platform takes.

use std::fmt;

/// The only amounts allowed, as the 30 price levels of coins.
#[derive(Debug, PartialEq, Eq)]
pub struct Levels {
    /// What the amounts are in.
    pub unit: LevelUnit,
    /// The amounts, rising.
    pub values: &'static [i64],
}

/// A unit of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LevelUnit {
    /// Hundredths of a yuan.
    Fen,
    /// The platform's own coin.
    Diamonds,
    /// Worth 100 fen.
    Yuan,
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

impl LevelUnit {
    /// The unit in English: `fen`, `diamonds`, `yuan`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fen => "fen",
            Self::Diamonds => "diamonds",
            Self::Yuan => "yuan",
        }
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
