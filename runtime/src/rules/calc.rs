//! Numbers while they are computed with.

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Neg, Sub};

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Days, Exact, RuleFault, RuleResult};
use crate::money::Money;

/// A number while it is computed with, or why there is none: what goes wrong is kept until the number is asked for. Units
/// were checked when the code was generated.
///
/// It is kept as a fraction, so that a third times three is one. Whatever would lose a digit on the way is
/// [`RuleFault::Overflow`].
#[derive(Debug, Clone, Copy)]
pub struct Calc(RuleResult<Fraction>);

/// A number over another, which is above 0.
#[derive(Debug, Clone, Copy)]
struct Fraction {
    above: Decimal,
    below: Decimal,
}

/// A quantity as a number to compute with.
pub fn calc(quantity: impl Into<Calc>) -> Calc {
    quantity.into()
}

/// A whole number to compute with.
pub fn number(number: i64) -> Calc {
    Calc::from(number)
}

/// One of two values; the other is not computed.
///
/// # Errors
///
/// What went wrong with the one.
pub fn choose<T>(
    condition: bool,
    then: impl FnOnce() -> RuleResult<T>,
    otherwise: impl FnOnce() -> RuleResult<T>,
) -> RuleResult<T> {
    if condition { then() } else { otherwise() }
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
    /// The number; one that has no end is the nearest of 28 digits.
    ///
    /// # Errors
    ///
    /// What went wrong while it was computed.
    pub fn value(self) -> RuleResult<Decimal> {
        self.0?.value()
    }

    /// The same with at most so many decimals.
    #[must_use]
    pub fn rounded(self, decimals: u32, rounding: Rounding) -> Calc {
        Calc(self.0.and_then(|fraction| fraction.rounded(decimals, rounding)))
    }

    /// The higher of two.
    #[must_use]
    pub fn max(self, other: impl Into<Calc>) -> Calc {
        self.with(other, |one, other| Ok(if one.compare(other)?.is_lt() { other } else { one }))
    }

    /// The lower of two.
    #[must_use]
    pub fn min(self, other: impl Into<Calc>) -> Calc {
        self.with(other, |one, other| Ok(if one.compare(other)?.is_gt() { other } else { one }))
    }

    /// Which of two is the higher.
    pub(super) fn compare(self, other: Calc) -> RuleResult<Ordering> {
        self.0?.compare(other.0?)
    }

    /// As an amount with at most so many decimals.
    ///
    /// # Errors
    ///
    /// What went wrong while it was computed, or [`RuleFault::Decimals`] under the name of the `quantity`.
    pub fn exact<M>(self, quantity: &'static str, decimals: u32) -> RuleResult<Exact<M>> {
        self.decimals(quantity, decimals).map(Exact::new)
    }

    /// As a whole amount of money.
    ///
    /// # Errors
    ///
    /// As of `exact`; [`RuleFault::Overflow`] if 64 bits cannot hold it.
    pub fn money<M: Money>(self, quantity: &'static str) -> RuleResult<M> {
        self.whole(quantity).map(M::from_amount)
    }

    /// As a number of natural days.
    ///
    /// # Errors
    ///
    /// As of `money`.
    pub fn days(self, quantity: &'static str) -> RuleResult<Days> {
        self.whole(quantity).map(Days)
    }

    /// As a whole number.
    ///
    /// # Errors
    ///
    /// As of `money`.
    pub fn whole(self, quantity: &'static str) -> RuleResult<i64> {
        let whole = self.decimals(quantity, 0)?;
        i64::try_from(whole.mantissa()).map_err(|_| RuleFault::Overflow)
    }

    /// As a number with at most so many decimals.
    ///
    /// # Errors
    ///
    /// As of `exact`.
    pub fn decimals(self, quantity: &'static str, most: u32) -> RuleResult<Decimal> {
        let fraction = self.0?;
        let number = fraction.value()?.normalize();
        let is_exact = || Ok(times(number, fraction.below)? == fraction.above);
        match number.scale() <= most && is_exact()? {
            true => Ok(number),
            false => Err(RuleFault::Decimals { quantity, most }),
        }
    }

    fn with(
        self,
        other: impl Into<Calc>,
        compute: impl FnOnce(Fraction, Fraction) -> RuleResult<Fraction>,
    ) -> Calc {
        let both = self.0.and_then(|one| Ok((one, other.into().0?)));
        Calc(both.and_then(|(one, other)| compute(one, other)))
    }
}

impl Fraction {
    fn value(self) -> RuleResult<Decimal> {
        self.above.checked_div(self.below).ok_or(RuleFault::Overflow)
    }

    fn compare(self, other: Fraction) -> RuleResult<Ordering> {
        Ok(times(self.above, other.below)?.cmp(&times(other.above, self.below)?))
    }

    fn plus(self, other: Fraction) -> RuleResult<Fraction> {
        if self.below == other.below {
            return Ok(Fraction { above: plus(self.above, other.above)?, below: self.below });
        }
        let above = plus(times(self.above, other.below)?, times(other.above, self.below)?)?;
        Ok(Fraction { above, below: times(self.below, other.below)? })
    }

    fn times(self, other: Fraction) -> RuleResult<Fraction> {
        Ok(Fraction {
            above: times(self.above, other.above)?,
            below: times(self.below, other.below)?,
        })
    }

    fn over(self, other: Fraction) -> RuleResult<Fraction> {
        if other.above.is_zero() {
            return Err(RuleFault::DivisionByZero);
        }
        let sign = sign(other.above);
        self.times(Fraction { above: other.below * sign, below: other.above.abs() })
    }

    fn negated(self) -> Fraction {
        Fraction { above: -self.above, ..self }
    }

    fn rounded(self, decimals: u32, rounding: Rounding) -> RuleResult<Fraction> {
        let step = Decimal::try_new(1, decimals).map_err(|_| RuleFault::Overflow)?;
        let away = step * sign(self.above);
        let mut number = self.value()?.round_dp_with_strategy(decimals, RoundingStrategy::ToZero);
        let mut rest = self.rest(number)?;
        // The quotient of 28 digits may have come out a little too far from zero.
        if !rest.is_zero() && sign(rest) != sign(self.above) {
            number = plus(number, -away)?;
            rest = self.rest(number)?;
        }
        let half = times(step, self.below)?.cmp(&times(rest.abs(), Decimal::TWO)?);
        let is_odd = || {
            let mut whole = number;
            whole.rescale(decimals);
            whole.mantissa() % 2 != 0
        };
        let is_further = match rounding {
            Rounding::Down => false,
            Rounding::Up => !rest.is_zero(),
            Rounding::HalfUp => half.is_le(),
            Rounding::HalfEven => half.is_lt() || (half.is_eq() && is_odd()),
        };
        let number = if is_further { plus(number, away)? } else { number };
        Ok(Fraction::from(number))
    }

    /// What is left above when a number is taken off.
    fn rest(self, number: Decimal) -> RuleResult<Decimal> {
        plus(self.above, -times(number, self.below)?)
    }
}

fn sign(number: Decimal) -> Decimal {
    match number {
        zero if zero.is_zero() => Decimal::ZERO,
        negative if negative.is_sign_negative() => Decimal::NEGATIVE_ONE,
        _ => Decimal::ONE,
    }
}

impl From<Decimal> for Fraction {
    fn from(number: Decimal) -> Self {
        Fraction { above: number, below: Decimal::ONE }
    }
}

/// The product, if no digit of it is lost.
fn times(one: Decimal, other: Decimal) -> RuleResult<Decimal> {
    let (one, other) = (one.normalize(), other.normalize());
    let product = one.checked_mul(other).ok_or(RuleFault::Overflow)?;
    let is_exact = match product.is_zero() {
        true => one.is_zero() || other.is_zero(),
        false => product.scale() == one.scale() + other.scale(),
    };
    if is_exact { Ok(product) } else { Err(RuleFault::Overflow) }
}

/// The sum, if no digit of it is lost.
fn plus(one: Decimal, other: Decimal) -> RuleResult<Decimal> {
    let (one, other) = (one.normalize(), other.normalize());
    let sum = one.checked_add(other).ok_or(RuleFault::Overflow)?;
    let is_exact = sum.is_zero() || sum.scale() == one.scale().max(other.scale());
    if is_exact { Ok(sum) } else { Err(RuleFault::Overflow) }
}

impl<R: Into<Calc>> Add<R> for Calc {
    type Output = Calc;

    fn add(self, other: R) -> Calc {
        self.with(other, Fraction::plus)
    }
}

impl<R: Into<Calc>> Sub<R> for Calc {
    type Output = Calc;

    fn sub(self, other: R) -> Calc {
        self.with(other, |one, other| one.plus(other.negated()))
    }
}

impl<R: Into<Calc>> Mul<R> for Calc {
    type Output = Calc;

    fn mul(self, other: R) -> Calc {
        self.with(other, Fraction::times)
    }
}

impl<R: Into<Calc>> Div<R> for Calc {
    type Output = Calc;

    fn div(self, other: R) -> Calc {
        self.with(other, Fraction::over)
    }
}

impl Neg for Calc {
    type Output = Calc;

    fn neg(self) -> Calc {
        Calc(self.0.map(Fraction::negated))
    }
}

impl From<Decimal> for Calc {
    fn from(number: Decimal) -> Self {
        Calc(Ok(Fraction::from(number)))
    }
}

impl From<i64> for Calc {
    fn from(number: i64) -> Self {
        Calc::from(Decimal::from(number))
    }
}

impl<M> From<Exact<M>> for Calc {
    fn from(amount: Exact<M>) -> Self {
        Calc::from(amount.amount())
    }
}

impl<M: Money> From<M> for Calc {
    fn from(amount: M) -> Self {
        Calc::from(amount.amount())
    }
}

impl From<Days> for Calc {
    fn from(days: Days) -> Self {
        Calc::from(days.0)
    }
}
