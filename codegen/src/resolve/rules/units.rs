//! The words for units.

use crate::model::rules::{Dimension, Figure};
use crate::model::{Reported, Resolved};

use super::Book;

/// The words of the format itself.
const WORDS: [&str; 3] = ["ratio", "count", "days"];

/// What a number of this unit is; an amount in one of several units cannot be computed with.
pub(super) fn number<'a>(book: &Book<'_, 'a>, word: &str) -> Option<Resolved<Dimension<'a>>> {
    Some(Ok(match word {
        "ratio" => Dimension::Ratio,
        "count" => Dimension::Count,
        "days" => Dimension::Days,
        _ if !book.units.contains(word) => return None,
        _ => match book.units.get(word) {
            Some(unit) if unit.spec.is_either() => return None,
            Some(unit) => Dimension::Money(unit),
            None => return Some(Err(Reported)),
        },
    }))
}

/// The same, or one unit by another, as `points/dollars`.
pub(super) fn figure<'a>(book: &Book<'_, 'a>, text: &str) -> Option<Resolved<Figure<'a>>> {
    let Some((above, below)) = text.split_once('/') else {
        return Some(number(book, text)?.map(Figure::Number));
    };
    let (above, below) = (number(book, above)?, number(book, below)?);
    Some(above.and_then(|above| Ok(Figure::Rate { above, below: below? })))
}

/// The words for all units.
pub(super) fn words<'a>(book: &Book<'_, 'a>) -> impl Iterator<Item = &'a str> {
    let money = book.units.iter().filter(|(_, unit)| !unit.is_either());
    let money: Vec<&str> = money.map(|(name, _)| name.as_str()).collect();
    WORDS.into_iter().chain(money)
}
