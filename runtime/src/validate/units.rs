//! Numbers with a unit: money and times.

use crate::money::{Amount, Diamonds, Fen, Yuan};
use crate::time::{Millis, Seconds, UnixMillis, UnixSeconds};

use super::number::{Number, UnitByCondition};
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
    Fen: Fen;
    Diamonds: Diamonds;
    Yuan: Yuan;
    Amount: FenOrDiamonds;
    UnixMillis: UnixMillis;
    UnixSeconds: UnixSeconds;
    Millis: Millis;
    Seconds: Seconds;
}

impl UnitByCondition for Amount {}
