//! Values that the developer has configured on the platform and that rules need, as the price of a coin.

use std::marker::PhantomData;

use crate::money::{Money, MoneyUnit};

/// The name of a value that a rule needs, and its unit: `Setting::<Cents>::new("coin_price")`.
#[derive(Debug)]
pub struct Setting<T> {
    name: &'static str,
    unit: PhantomData<fn() -> T>,
}

/// Given settings.
///
/// ```
/// use apiscribe::Money;
/// use apiscribe::validate::{Setting, Settings};
///
/// #[derive(Debug, Clone, Copy, PartialEq, Money)]
/// #[money(name = "cents", one = "cent")]
/// struct Cents(i64);
///
/// const COIN_PRICE: Setting<Cents> = Setting::new("coin_price");
///
/// let settings = Settings::new().with(COIN_PRICE, Cents(10));
/// assert_eq!(settings.get(COIN_PRICE), Some(Cents(10)));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    given: Vec<(&'static str, &'static MoneyUnit, i64)>,
}

impl<T> Setting<T> {
    /// `name` in snake case; settings of one name and unit are one.
    pub const fn new(name: &'static str) -> Self {
        Self { name, unit: PhantomData }
    }

    /// The name, as `coin_price`.
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<T> Clone for Setting<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Setting<T> {}

impl Settings {
    pub(super) const NONE: &'static Self = &Self::new();

    /// No settings.
    pub const fn new() -> Self {
        Self { given: Vec::new() }
    }

    /// With `value` for `setting`, in place of an earlier one.
    #[must_use]
    pub fn with<T: Money>(mut self, setting: Setting<T>, value: T) -> Self {
        self.given.retain(|(name, unit, _)| (*name, *unit) != (setting.name, T::UNIT));
        self.given.push((setting.name, T::UNIT, value.amount()));
        self
    }

    /// The value of `setting`, if it is given.
    pub fn get<T: Money>(&self, setting: Setting<T>) -> Option<T> {
        let mut given = self.given.iter();
        given
            .find(|(name, unit, _)| (*name, *unit) == (setting.name, T::UNIT))
            .map(|(_, _, amount)| T::from_amount(*amount))
    }
}
