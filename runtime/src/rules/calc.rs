//! Numbers while they are computed with.

use std::ops::{Add, Div, Mul, Neg, Sub};

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Days, Exact, RuleFault};
use crate::money::{Diamonds, Fen, Money, Yuan};

/// A number while it is computed with, or why there is none: what goes wrong is kept until the number is asked for. Units
/// were checked when the code was generated.
#[derive(Debug, Clone, Copy)]
pub struct Calc(Result<Decimal, RuleFault>);

/// A quantity as a number to compute with.
pub fn calc(quantity: impl Into<Calc>) -> Calc {
    quantity.into()
}

/// A whole number to compute with.
pub fn number(number: i64) -> Calc {
    Calc::from(number)
}

/// One of two numbers.
pub fn choose<T>(condition: bool, then: T, otherwise: T) -> T {
    if condition { then } else { otherwise }
}

/// How what has too many decimals is brought to fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
    /// To the nearest; a half goes away from zero.
    HalfUp,
    /// To the nearest; a half goes to the even one.
    HalfEven,
}

impl Calc {
    /// The number.
    ///
    /// # Errors
    ///
    /// What went wrong while it was computed.
    pub fn value(self) -> Result<Decimal, RuleFault> {
        self.0
    }

    /// The same with at most so many decimals.
    #[must_use]
    pub fn rounded(self, decimals: u32, rounding: Rounding) -> Calc {
        let strategy = match rounding {
            Rounding::Down => RoundingStrategy::ToZero,
            Rounding::Up => RoundingStrategy::AwayFromZero,
            Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
        };
        Calc(self.0.map(|number| number.round_dp_with_strategy(decimals, strategy)))
    }

    /// The higher of two.
    #[must_use]
    pub fn max(self, other: impl Into<Calc>) -> Calc {
        self.with(other, |one, other| Some(one.max(other)))
    }

    /// The lower of two.
    #[must_use]
    pub fn min(self, other: impl Into<Calc>) -> Calc {
        self.with(other, |one, other| Some(one.min(other)))
    }

    /// As an amount with at most so many decimals.
    ///
    /// # Errors
    ///
    /// What went wrong while it was computed, or [`RuleFault::Decimals`] under the name of the `quantity`.
    pub fn exact<M>(self, quantity: &'static str, decimals: u32) -> Result<Exact<M>, RuleFault> {
        self.decimals(quantity, decimals).map(Exact::new)
    }

    /// As a whole amount of money.
    ///
    /// # Errors
    ///
    /// As of `exact`; [`RuleFault::Overflow`] if 64 bits cannot hold it.
    pub fn money<M: Money>(self, quantity: &'static str) -> Result<M, RuleFault> {
        self.whole(quantity).map(M::from_amount)
    }

    /// As a number of natural days.
    ///
    /// # Errors
    ///
    /// As of `money`.
    pub fn days(self, quantity: &'static str) -> Result<Days, RuleFault> {
        self.whole(quantity).map(Days)
    }

    /// As a whole number.
    ///
    /// # Errors
    ///
    /// As of `money`.
    pub fn whole(self, quantity: &'static str) -> Result<i64, RuleFault> {
        let whole = self.decimals(quantity, 0)?;
        i64::try_from(whole.mantissa()).map_err(|_| RuleFault::Overflow)
    }

    /// As a number with at most so many decimals.
    ///
    /// # Errors
    ///
    /// As of `exact`.
    pub fn decimals(self, quantity: &'static str, most: u32) -> Result<Decimal, RuleFault> {
        let number = self.0?.normalize();
        match number.scale() > most {
            true => Err(RuleFault::Decimals { quantity, most }),
            false => Ok(number),
        }
    }

    fn with(
        self,
        other: impl Into<Calc>,
        compute: fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Calc {
        let both = self.0.and_then(|one| other.into().0.map(|other| (one, other)));
        Calc(both.and_then(|(one, other)| compute(one, other).ok_or(RuleFault::Overflow)))
    }
}

impl<R: Into<Calc>> Add<R> for Calc {
    type Output = Calc;

    fn add(self, other: R) -> Calc {
        self.with(other, Decimal::checked_add)
    }
}

impl<R: Into<Calc>> Sub<R> for Calc {
    type Output = Calc;

    fn sub(self, other: R) -> Calc {
        self.with(other, Decimal::checked_sub)
    }
}

impl<R: Into<Calc>> Mul<R> for Calc {
    type Output = Calc;

    fn mul(self, other: R) -> Calc {
        self.with(other, Decimal::checked_mul)
    }
}

impl<R: Into<Calc>> Div<R> for Calc {
    type Output = Calc;

    fn div(self, other: R) -> Calc {
        let other = other.into();
        match other.0 {
            Ok(by) if by.is_zero() => Calc(self.0.and(Err(RuleFault::DivisionByZero))),
            _ => self.with(other, Decimal::checked_div),
        }
    }
}

impl Neg for Calc {
    type Output = Calc;

    fn neg(self) -> Calc {
        Calc(self.0.map(|number| -number))
    }
}

impl From<Decimal> for Calc {
    fn from(number: Decimal) -> Self {
        Calc(Ok(number))
    }
}

impl From<i64> for Calc {
    fn from(number: i64) -> Self {
        Calc(Ok(Decimal::from(number)))
    }
}

impl<M> From<Exact<M>> for Calc {
    fn from(amount: Exact<M>) -> Self {
        Calc(Ok(amount.amount()))
    }
}

macro_rules! whole {
    ($($ty:ty)*) => {$(
        impl From<$ty> for Calc {
            fn from(whole: $ty) -> Self {
                Calc::from(whole.0)
            }
        }
    )*};
}

whole!(Fen Yuan Diamonds Days);
