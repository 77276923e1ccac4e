//! What is a number on the wire, of times and durations too, and the rules on its range. An absent one breaks none.

use std::num::NonZero;
use std::ops::{Bound, RangeBounds};
use std::rc::Rc;
use std::sync::Arc;

use super::condition::Condition;
use super::figure::Figure;
use super::present::Present;
use super::report::Report;
use super::rule::{Rule, Unit};
use super::wire_value::WireValue;
use crate::money::Money;
use crate::time::{Millis, Seconds, UnixMillis, UnixSeconds};

/// A number, perhaps of money or time. `None` for an absent one.
///
/// For a number with a unit of its own, so that violations state it; for money derive [`Money`](macro@crate::Money):
///
/// ```
/// use apiscribe::Validate;
/// use apiscribe::validate::{Unit, UnitName};
/// use apiscribe::validate::field::Number;
///
/// struct Pieces(i64);
///
/// impl Number for Pieces {
///     type Value = i64;
///     const UNIT: Option<Unit> = Some(Unit::Other(&UnitName { one: "piece", many: "pieces" }));
///
///     fn number(&self) -> Option<i64> {
///         Some(self.0)
///     }
/// }
///
/// #[derive(Validate)]
/// struct Line {
///     #[validate(range(min = 1))]
///     count: Pieces,
/// }
///
/// let violations = Line { count: Pieces(0) }.validate().unwrap_err();
/// assert_eq!(violations.to_string(), "count: 0 pieces, at least 1 needed");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number",
    label = "this rule is for numbers",
    note = "`range` goes on integers, `NonZero`, floats, decimals, types that derive `Money`, times, or an `Option`, \
            `Box`, `Rc` or `Arc` of one; for the length of a string write `bytes`, `chars` or `utf16`, for that of a \
            list `items`"
)]
pub trait Number {
    /// What bounds are written as: `i64` for integers that fit, money and times; `u64`, `i128`, `u128`, `f32`, `f64`;
    /// `Decimal` for decimals.
    type Value: Copy + PartialOrd + Into<Figure>;

    /// What it is counted in, if that is known.
    const UNIT: Option<Unit> = None;

    /// The number, in its own unit.
    fn number(&self) -> Option<Self::Value>;
}

/// A number without a fraction, which can be added up exactly.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a whole number",
    label = "this rule is for whole numbers",
    note = "`level` and `sum` go on integers and on types that derive `Money`"
)]
pub trait Whole: Copy {
    /// The number, if it fits.
    fn to_i128(self) -> Option<i128>;
}

/// The bound that a constant is, for a range on `value`. The constant may have a unit, and then that of the value.
#[doc(hidden)]
#[inline]
pub fn included<T, B>(_value: &T, bound: &B) -> Bound<T::Value>
where
    T: Number + ?Sized,
    B: Number<Value = T::Value> + ?Sized,
{
    const { assert!(is_bound_of(B::UNIT, T::UNIT), "a bound has the unit of the number") };
    bound.number().map_or(Bound::Unbounded, Bound::Included)
}

/// As [`included`], for a bound that is itself out of the range.
#[doc(hidden)]
#[inline]
pub fn excluded<T, B>(value: &T, bound: &B) -> Bound<T::Value>
where
    T: Number + ?Sized,
    B: Number<Value = T::Value> + ?Sized,
{
    match included(value, bound) {
        Bound::Included(bound) => Bound::Excluded(bound),
        open => open,
    }
}

/// A number that may be in the unit `M`, among others: an amount with `#[money(either(..))]`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be in `{M}` by a condition",
    label = "not one of its units",
    note = "`unit` names one of the types in `#[money(either(..))]` of the number's type; leave it out for a number \
            whose unit is always the same"
)]
pub trait UnitByCondition<M: Money> {}

impl<M: Money, T: UnitByCondition<M> + ?Sized> UnitByCondition<M> for &T {}
impl<M: Money, T: UnitByCondition<M>> UnitByCondition<M> for Option<T> {}

/// What a condition makes of the unit of a value.
#[doc(hidden)]
#[inline]
pub fn unit_by_condition<M: Money, T: UnitByCondition<M> + ?Sized>(_value: &T) -> Option<Unit> {
    Some(Unit::Money(M::UNIT))
}

const fn is_bound_of(bound: Option<Unit>, number: Option<Unit>) -> bool {
    match (bound, number) {
        (None, _) => true,
        (Some(bound), Some(number)) => bound.may_be(number),
        (Some(_), None) => false,
    }
}

macro_rules! pointer {
    ($($(#[$attr:meta])* $pointer:ty),*) => {$(
        $(#[$attr])*
        impl<T: Number + ?Sized> Number for $pointer {
            type Value = T::Value;
            const UNIT: Option<Unit> = T::UNIT;

            #[inline]
            fn number(&self) -> Option<T::Value> {
                (**self).number()
            }
        }
    )*};
}

pointer!(&T, Box<T>, Rc<T>, Arc<T>);

impl<T: Number> Number for Option<T> {
    type Value = T::Value;
    const UNIT: Option<Unit> = T::UNIT;

    #[inline]
    fn number(&self) -> Option<T::Value> {
        self.as_ref()?.number()
    }
}

macro_rules! number {
    ($($value:ident: $($number:ty)*;)*) => {$($(
        impl Number for $number {
            type Value = $value;

            #[inline]
            fn number(&self) -> Option<$value> {
                Some(*self as $value)
            }
        }
    )*)*};
}

number! {
    i64: i64 i32 i16 i8 isize u32 u16 u8;
    u64: u64 usize;
    i128: i128;
    u128: u128;
    f64: f64;
    f32: f32;
}

macro_rules! non_zero {
    ($($int:ty)*) => {$(
        impl Number for NonZero<$int> {
            type Value = <$int as Number>::Value;

            #[inline]
            fn number(&self) -> Option<Self::Value> {
                self.get().number()
            }
        }
    )*};
}

non_zero!(i64 i32 i16 i8 isize u32 u16 u8 u64 usize i128 u128);

macro_rules! whole {
    ($($int:ty)*) => {$(
        impl Whole for $int {
            #[inline]
            fn to_i128(self) -> Option<i128> {
                i128::try_from(self).ok()
            }
        }
    )*};
}

whole!(i64 u64 i128 u128);

// Times and durations are numbers with a unit.
macro_rules! units {
    ($($name:ident: $unit:ident;)*) => {$(
        impl Number for $name {
            type Value = i64;
            const UNIT: Option<Unit> = Some(Unit::$unit);

            #[inline]
            fn number(&self) -> Option<i64> {
                Some(self.0)
            }
        }

        impl Present for $name {}

        impl WireValue<i64> for $name {
            #[inline]
            fn equals(&self, literal: &i64) -> bool {
                self.0 == *literal
            }
        }
    )*};
}

units! {
    UnixMillis: UnixMillis;
    UnixSeconds: UnixSeconds;
    Millis: Millis;
    Seconds: Seconds;
}

#[doc(hidden)]
impl Report<'_> {
    #[inline]
    pub fn range<T: Number + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        min: Bound<T::Value>,
        max: Bound<T::Value>,
    ) {
        if let Some(actual) = value.number()
            && !(min, max).contains(&actual)
        {
            self.add_range(field, [min, max], actual, T::UNIT, None);
        }
    }

    /// `unit`: what the condition makes of an amount that is in one of several.
    #[inline]
    pub fn range_if<T: Number + ?Sized>(
        &mut self,
        field: &'static str,
        value: &T,
        (holds, condition): (bool, &'static Condition),
        [min, max]: [Bound<T::Value>; 2],
        unit: Option<Unit>,
    ) {
        if holds
            && let Some(actual) = value.number()
            && !(min, max).contains(&actual)
        {
            self.add_range(field, [min, max], actual, unit.or(T::UNIT), Some(condition));
        }
    }

    #[cold]
    fn add_range<V: Copy + PartialOrd + Into<Figure>>(
        &mut self,
        field: &'static str,
        [min, max]: [Bound<V>; 2],
        actual: V,
        unit: Option<Unit>,
        condition: Option<&'static Condition>,
    ) {
        let is_below = !(min, Bound::Unbounded).contains(&actual);
        let (limit, exclusive) = match if is_below { min } else { max } {
            // Nothing compares to NaN, not even itself.
            _ if actual.partial_cmp(&actual).is_none() => {
                return self.push(field, Rule::NotANumber);
            }
            Bound::Included(limit) => (limit.into(), false),
            Bound::Excluded(limit) => (limit.into(), true),
            Bound::Unbounded => return,
        };
        let actual = Some(actual.into());
        let rule = match is_below {
            true => Rule::TooSmall { min: limit, exclusive, actual, unit, condition },
            false => Rule::TooLarge { max: limit, exclusive, actual, unit, condition },
        };
        self.push(field, rule);
    }
}
