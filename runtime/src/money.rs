//! Money: each unit a type of its own, which a client declares with `#[derive(Money)]`. Whole numbers throughout.
//!
//! [`Money`] is what all units can do, [`MoneyUnit`] what a unit is called and worth.

/// A unit of money: what it is called and worth. Or several units, of which an amount is in one.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct MoneyUnit {
    /// As in a serialised violation: `cents`, `cents_or_points`.
    pub name: &'static str,
    /// Behind the number 1, as `cent`.
    pub one: &'static str,
    /// Behind any other number, as `cents`.
    pub many: &'static str,
    /// How many of another unit one is worth, always and exactly, as 100 cents. Amounts of both can be compared.
    pub worth: Option<(i64, &'static MoneyUnit)>,
    /// The units of which an amount is in one; empty for a single unit.
    pub either: &'static [&'static MoneyUnit],
}

impl MoneyUnit {
    /// Behind this number.
    pub const fn noun(&self, is_one: bool) -> &'static str {
        if is_one { self.one } else { self.many }
    }

    /// How many of `to` an amount of this unit is worth, if that is a whole number of 64 bits.
    pub fn convert(&self, amount: i64, to: &MoneyUnit) -> Option<i64> {
        let ((rate, base), (to_rate, to_base)) = (self.base(), to.base());
        let worth = i128::from(amount).checked_mul(rate).filter(|_| base == to_base)?;
        let whole = worth.checked_rem(to_rate)? == 0;
        i64::try_from(worth.checked_div(to_rate)?).ok().filter(|_| whole)
    }

    /// What it is counted in at the bottom, and how many of that one is worth.
    fn base(&self) -> (i128, &MoneyUnit) {
        match self.worth {
            Some((count, unit)) => (i128::from(count), unit),
            None => (1, self),
        }
    }
}

/// An amount in one unit of money. Derive it, for a newtype over `i64`:
///
/// ```
/// use apiscribe::{Money, Validate};
///
/// #[derive(Debug, Clone, Copy, PartialEq, Money)]
/// #[money(name = "cents", one = "cent")]
/// struct Cents(i64);
///
/// #[derive(Debug, Clone, Copy, PartialEq, Money)]
/// #[money(name = "dollars", one = "dollar", worth(100, Cents))]
/// struct Dollars(i64);
///
/// #[derive(Validate)]
/// struct Price {
///     #[validate(range(min = 1))]
///     price: Cents,
/// }
///
/// assert_eq!(Dollars(3).to_cents(), Some(Cents(300)));
/// assert_eq!(Cents(299).to_dollars(), None);
/// let violations = Price { price: Cents(0) }.validate().unwrap_err();
/// assert_eq!(violations.to_string(), "price: 0 cents, at least 1 needed");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a unit of money",
    label = "not an amount in one unit of money",
    note = "write `#[derive(apiscribe::Money)]` on a newtype over `i64`"
)]
pub trait Money: Copy {
    /// The unit.
    const UNIT: &'static MoneyUnit;

    /// The amount in this unit.
    fn amount(self) -> i64;

    /// The amount in this unit.
    fn from_amount(amount: i64) -> Self;
}
