//! Lists of the only amounts that the platform takes, and the rules by them.

use std::fmt;

use super::number::{Number, Whole};
use super::report::Report;
use super::rule::{Rule, Unit};
use super::settings::Setting;
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

#[doc(hidden)]
impl Report<'_> {
    /// A number without a unit of its own is in that of the levels.
    #[inline]
    pub fn level<T: Number<Value: Whole> + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        levels: &'static Levels,
    ) {
        if let Some(amount) = value.number() {
            let unit = T::UNIT.and_then(Unit::of_money).unwrap_or(levels.unit);
            self.check_level(field, amount.to_i128(), unit, levels);
        }
    }

    #[inline]
    pub fn level_times<T: Number<Value: Whole> + ?Sized, P: Money>(
        &mut self,
        field: &'static str,
        value: &T,
        levels: &'static Levels,
        price: Setting<P>,
    ) {
        let Some(count) = value.number() else { return };
        match self.settings.get(price) {
            Some(price) => {
                let price = i128::from(price.amount());
                let amount = count.to_i128().and_then(|count| count.checked_mul(price));
                self.check_level(field, amount, P::UNIT, levels);
            }
            None => self.add(field, Rule::SettingMissing { setting: price.name() }),
        }
    }

    fn check_level(
        &mut self,
        field: &'static str,
        amount: Option<i128>,
        unit: &'static MoneyUnit,
        levels: &'static Levels,
    ) {
        let amount = amount.and_then(|amount| i64::try_from(amount).ok());
        if !amount.is_some_and(|amount| levels.contains(amount, unit)) {
            self.add(field, Rule::Level { levels, actual: amount, unit });
        }
    }
}
