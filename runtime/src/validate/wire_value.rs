//! How a value compares to a literal of a condition.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use zeroize::Zeroize;

use crate::secret::Secret;

/// A value that is `L` on the wire: `str`, `i64` or `bool`. An absent one is equal to nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not serialised as `{L}`",
    label = "can have no such value",
    note = "in a condition write a string for a string, a whole number for a number and `true` or `false` for a \
            `bool`; an enum that derives `apiscribe::WireEnum` is compared to a value on the wire, not to a variant"
)]
pub trait WireValue<L: ?Sized> {
    /// Whether the value is written as `literal`.
    fn equals(&self, literal: &L) -> bool;
}

/// Whether `value` is one of `literals`.
#[doc(hidden)]
#[inline]
pub fn equals_any<L: ?Sized, T: WireValue<L> + ?Sized>(value: &T, literals: &[&L]) -> bool {
    literals.iter().any(|literal| value.equals(literal))
}

impl<L: ?Sized, T: WireValue<L>> WireValue<L> for Option<T> {
    #[inline]
    fn equals(&self, literal: &L) -> bool {
        self.as_ref().is_some_and(|value| value.equals(literal))
    }
}

macro_rules! pointer {
    ($($pointer:ty),*) => {$(
        impl<L: ?Sized, T: WireValue<L> + ?Sized> WireValue<L> for $pointer {
            #[inline]
            fn equals(&self, literal: &L) -> bool {
                (**self).equals(literal)
            }
        }
    )*};
}

pointer!(&T, Box<T>, Rc<T>, Arc<T>);

impl<L: ?Sized, T: WireValue<L> + Zeroize> WireValue<L> for Secret<T> {
    #[inline]
    fn equals(&self, literal: &L) -> bool {
        self.expose().equals(literal)
    }
}

impl WireValue<str> for str {
    #[inline]
    fn equals(&self, literal: &str) -> bool {
        self == literal
    }
}

impl WireValue<str> for String {
    #[inline]
    fn equals(&self, literal: &str) -> bool {
        self == literal
    }
}

impl WireValue<str> for Cow<'_, str> {
    #[inline]
    fn equals(&self, literal: &str) -> bool {
        self == literal
    }
}

impl WireValue<bool> for bool {
    #[inline]
    fn equals(&self, literal: &bool) -> bool {
        self == literal
    }
}

macro_rules! wire_value {
    ($($int:ty),*) => {$(
        impl WireValue<i64> for $int {
            #[inline]
            fn equals(&self, literal: &i64) -> bool {
                i64::from(*self) == *literal
            }
        }
    )*};
}

wire_value!(i64, i32, i16, i8, u32, u16, u8);

macro_rules! wide {
    ($($int:ty),*) => {$(
        impl WireValue<i64> for $int {
            #[inline]
            fn equals(&self, literal: &i64) -> bool {
                i64::try_from(*self).is_ok_and(|number| number == *literal)
            }
        }
    )*};
}

wide!(i128, isize, u128, u64, usize);
