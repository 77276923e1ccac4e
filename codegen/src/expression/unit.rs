//! Units of quantities, and what multiplication makes of them.

use std::fmt::Write as _;

/// The power of each base unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Unit([i8; BASES.len()]);

/// What units are made of. Fen and yuan are two: one becomes the other by a stated rate only.
const BASES: [&str; 4] = ["fen", "yuan", "diamonds", "days"];

impl Unit {
    /// Of a number that counts or divides.
    pub(crate) const NONE: Unit = Unit([0; BASES.len()]);
    pub(crate) const DAYS: Unit = Unit([0, 0, 0, 1]);

    /// `ratio` and `count` have none; `a/b` is one by another.
    pub(crate) fn parse(text: &str) -> Option<Unit> {
        match text.split_once('/') {
            Some((unit, by)) => Some(Unit::word(unit)?.over(Unit::word(by)?)),
            None => Unit::word(text),
        }
    }

    fn word(word: &str) -> Option<Unit> {
        if matches!(word, "ratio" | "count") {
            return Some(Unit::NONE);
        }
        let index = BASES.iter().position(|base| *base == word)?;
        let mut unit = Unit::NONE;
        unit.0[index] = 1;
        Some(unit)
    }

    pub(crate) fn times(self, other: Unit) -> Unit {
        self.combine(other, i8::saturating_add)
    }

    pub(crate) fn over(self, other: Unit) -> Unit {
        self.combine(other, i8::saturating_sub)
    }

    fn combine(self, other: Unit, combine: fn(i8, i8) -> i8) -> Unit {
        Unit(std::array::from_fn(|index| combine(self.0[index], other.0[index])))
    }

    /// As `diamonds`, `diamonds/yuan`, `a number without a unit`.
    pub(crate) fn describe(self) -> String {
        if self == Unit::NONE {
            return "a number without a unit".to_owned();
        }
        let above = self.product(|power| power);
        let below = self.product(|power| -power);
        match (above.as_str(), below.as_str()) {
            (above, "") => above.to_owned(),
            ("", below) => format!("1/{below}"),
            (above, below) => format!("{above}/{below}"),
        }
    }

    fn product(self, sign: fn(i8) -> i8) -> String {
        let mut text = String::new();
        for (base, &power) in BASES.iter().zip(&self.0).filter(|(_, power)| sign(**power) > 0) {
            let between = if text.is_empty() { "" } else { "·" };
            let _ = match sign(power) {
                1 => write!(text, "{between}{base}"),
                power => write!(text, "{between}{base}^{power}"),
            };
        }
        text
    }
}
