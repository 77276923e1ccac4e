//! Times and durations are numbers with a unit.

use crate::time::{Millis, Seconds, UnixMillis, UnixSeconds};

use super::number::Number;
use super::present::Present;
use super::rule::Unit;
use super::wire_value::WireValue;

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
