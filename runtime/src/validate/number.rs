//! What is a whole number on the wire.

use super::levels::LevelUnit;

/// A whole number of at most 64 bits, perhaps of money. `None` for an absent one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a whole number of 64 bits",
    label = "this rule is for numbers",
    note = "`range` and `level` go on `i64` and smaller integers, `Fen`, `Diamonds`, `Yuan`, times, or an `Option` of \
            one; for the length of a string write `bytes`, `chars` or `utf16`, for that of a list `items`"
)]
pub trait Number {
    /// The unit of money, if it has one.
    const UNIT: Option<LevelUnit> = None;

    /// The number, in its own unit.
    fn number(&self) -> Option<i64>;
}

impl<T: Number> Number for Option<T> {
    const UNIT: Option<LevelUnit> = T::UNIT;

    #[inline]
    fn number(&self) -> Option<i64> {
        self.as_ref()?.number()
    }
}

impl<T: Number + ?Sized> Number for &T {
    const UNIT: Option<LevelUnit> = T::UNIT;

    #[inline]
    fn number(&self) -> Option<i64> {
        (**self).number()
    }
}

macro_rules! number {
    ($($int:ty),*) => {$(
        impl Number for $int {
            #[inline]
            fn number(&self) -> Option<i64> {
                Some(i64::from(*self))
            }
        }
    )*};
}

number!(i64, i32, i16, i8, u32, u16, u8);
