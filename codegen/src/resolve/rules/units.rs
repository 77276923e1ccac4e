//! The words for units.

use crate::ir::{Money, Unit};
use crate::model::rules::Number;

/// What a number of this unit is.
pub(super) fn number(word: &str) -> Option<Number> {
    Some(match word {
        "ratio" => Number::Ratio,
        "count" => Number::Count,
        "days" => Number::Days,
        "fen" => Number::Money(Money::Fen),
        "yuan" => Number::Money(Money::Yuan),
        "diamonds" => Number::Money(Money::Diamonds),
        _ => return None,
    })
}

/// The same, or one unit by another, as `diamonds/yuan`.
pub(super) fn number_or_rate(text: &str) -> Option<Number> {
    let unit = |word| number(word).map(Number::unit);
    match text.split_once('/') {
        Some((above, below)) => Some(Number::Rate(Unit::over(unit(above)?, unit(below)?))),
        None => number(text),
    }
}
