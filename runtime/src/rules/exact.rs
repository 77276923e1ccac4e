//! Amounts of money with decimals.

use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;

use rust_decimal::Decimal;

use crate::money::Money;

/// An amount with decimals in a unit of money, as the 94.33 points of `Exact<Points>`.
///
/// For what is computed; what is paid is whole: the unit `M` itself.
pub struct Exact<M> {
    amount: Decimal,
    unit: PhantomData<M>,
}

impl<M> Exact<M> {
    /// So many of the unit.
    pub const fn new(amount: Decimal) -> Self {
        Exact { amount, unit: PhantomData }
    }

    /// How many of the unit.
    pub const fn amount(self) -> Decimal {
        self.amount
    }
}

impl<M: Money> Exact<M> {
    /// The same in whole units, unless it has a fraction or 64 bits cannot hold it.
    pub fn to_whole(self) -> Option<M> {
        let whole = self.amount.normalize();
        if whole.scale() > 0 {
            return None;
        }
        i64::try_from(whole.mantissa()).ok().map(M::from_amount)
    }
}

impl<M: Money> From<M> for Exact<M> {
    fn from(whole: M) -> Self {
        Exact::new(Decimal::from(whole.amount()))
    }
}

impl<M> Clone for Exact<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Exact<M> {}

impl<M> Default for Exact<M> {
    fn default() -> Self {
        Exact::new(Decimal::ZERO)
    }
}

impl<M> PartialEq for Exact<M> {
    fn eq(&self, other: &Self) -> bool {
        self.amount == other.amount
    }
}

impl<M> Eq for Exact<M> {}

impl<M> PartialOrd for Exact<M> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<M> Ord for Exact<M> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.amount.cmp(&other.amount)
    }
}

impl<M: Money> fmt::Debug for Exact<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, M::UNIT.many)
    }
}

/// The amount without its unit.
impl<M> fmt::Display for Exact<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.amount.fmt(f)
    }
}
