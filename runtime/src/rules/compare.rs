//! Comparisons of numbers that may have gone wrong, and bounds of quantities.

use std::cmp::Ordering;

use super::{Calc, RuleFault};

macro_rules! comparisons {
    ($($(#[doc = $doc:literal])* $name:ident($($ordering:pat_param)|+);)*) => {$(
        $(#[doc = $doc])*
        ///
        /// # Errors
        ///
        /// What went wrong while one of them was computed.
        pub fn $name(one: impl Into<Calc>, other: impl Into<Calc>) -> Result<bool, RuleFault> {
            Ok(matches!(one.into().compare(other.into())?, $($ordering)|+))
        }
    )*};
}

comparisons! {
    /// Whether two numbers are the same.
    equal(Ordering::Equal);
    /// Whether two numbers differ.
    unequal(Ordering::Less | Ordering::Greater);
    /// Whether the first number is the lower one.
    below(Ordering::Less);
    /// Whether the first number is not the higher one.
    at_most(Ordering::Less | Ordering::Equal);
    /// Whether the first number is the higher one.
    above(Ordering::Greater);
    /// Whether the first number is not the lower one.
    at_least(Ordering::Greater | Ordering::Equal);
}

/// Whether the first time or day comes first.
pub fn is_before<T: Ord>(one: T, other: T) -> bool {
    one < other
}

/// Whether the first time or day does not come second.
pub fn is_by<T: Ord>(one: T, other: T) -> bool {
    one <= other
}

/// Whether the first time or day comes second.
pub fn is_after<T: Ord>(one: T, other: T) -> bool {
    one > other
}

/// Whether the first time or day does not come first.
pub fn is_from<T: Ord>(one: T, other: T) -> bool {
    one >= other
}

/// Refuses a quantity that is lower than it can be.
///
/// # Errors
///
/// [`RuleFault::TooLow`] under the name of the `quantity`; what went wrong while the numbers were computed.
pub fn require_min(
    quantity: &'static str,
    value: Calc,
    min: impl Into<Calc>,
) -> Result<(), RuleFault> {
    if below(value, min)? { Err(RuleFault::TooLow(quantity)) } else { Ok(()) }
}

/// Refuses a quantity that is higher than it can be.
///
/// # Errors
///
/// [`RuleFault::TooHigh`] under the name of the `quantity`; what went wrong while the numbers were computed.
pub fn require_max(
    quantity: &'static str,
    value: Calc,
    max: impl Into<Calc>,
) -> Result<(), RuleFault> {
    if above(value, max)? { Err(RuleFault::TooHigh(quantity)) } else { Ok(()) }
}

/// Refuses quantities of which something does not hold that must.
///
/// # Errors
///
/// [`RuleFault::Contradiction`] under the name of what `required` says.
pub fn require(required: &'static str, holds: bool) -> Result<(), RuleFault> {
    if holds { Ok(()) } else { Err(RuleFault::Contradiction(required)) }
}

/// Refuses a quantity with more decimals than it can have.
///
/// # Errors
///
/// [`RuleFault::Decimals`] under the name of the `quantity`.
pub fn require_decimals(quantity: &'static str, value: Calc, most: u32) -> Result<(), RuleFault> {
    value.decimals(quantity, most).map(drop)
}
