//! Lists of the only amounts that the platform takes.

use std::fmt;

use crate::money::{Money, MoneyUnit};

/// The only amounts allowed, as the 30 price levels of coins.
#[derive(Debug, PartialEq, Eq)]
pub struct Levels {
    /// What the amounts are in.
    pub unit: &'static MoneyUnit,
    /// The amounts, rising.
    pub values: &'static [i64],
}

impl Levels {
    /// `values` in the unit `M`, rising.
    ///
    /// ```
    /// use apiscribe::Money;
    /// use apiscribe::validate::Levels;
    ///
    /// #[derive(Clone, Copy, Money)]
    /// #[money(name = "cents", one = "cent")]
    /// struct Cents(i64);
    ///
    /// #[derive(Clone, Copy, Money)]
    /// #[money(name = "dollars", one = "dollar", worth(100, Cents))]
    /// struct Dollars(i64);
    ///
    /// const PRICES: Levels = Levels::of::<Dollars>(&[1, 6, 648]);
    ///
    /// assert!(PRICES.contains(600, Cents::UNIT));
    /// ```
    pub const fn of<M: Money>(values: &'static [i64]) -> Self {
        Self { unit: M::UNIT, values }
    }

    /// Whether `amount` in `unit` is one of the levels. Units of one worth are compared exactly.
    pub fn contains(&self, amount: i64, unit: &'static MoneyUnit) -> bool {
        unit.convert(amount, self.unit).is_some_and(|amount| self.values.contains(&amount))
    }

    pub(super) fn explain(
        &self,
        actual: Option<i64>,
        unit: &MoneyUnit,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        match actual {
            Some(actual) => write!(f, "{actual} {} is", unit.noun(actual == 1))?,
            None => f.write_str("the amount is")?,
        }
        write!(f, " none of the {} levels", self.values.len())?;
        if let ([first, ..], [.., last]) = (self.values, self.values) {
            write!(f, " from {first} to {last} {}", self.unit.many)?;
        }
        Ok(())
    }
}
