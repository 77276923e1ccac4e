//! Whole numbers as senders write them, `12`, `-3`, `5.00`: read to the last digit, never by way of a float.

use serde::de::Visitor;

use super::Error;

/// A whole number of 64 bits.
pub(crate) enum Whole {
    Unsigned(u64),
    Signed(i64),
}

impl Whole {
    pub(super) fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Unsigned(number) => visitor.visit_u64(number),
            Self::Signed(number) => visitor.visit_i64(number),
        }
    }
}

/// The number in a text: digits, which may have a sign, blanks around them, and nothing but zeros behind a point.
///
/// With an exponent it is none: `1.23457e+06` is how a number is written that has been rounded.
pub(crate) fn whole(text: &str) -> Option<Whole> {
    let text = text.trim();
    let (is_negative, text) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (digits, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_whole = !fraction.is_empty() && fraction.bytes().all(|digit| digit == b'0');
    if !is_whole || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let magnitude = digits.parse().ok()?;
    match is_negative {
        true => 0_i64.checked_sub_unsigned(magnitude).map(Whole::Signed),
        false => Some(Whole::Unsigned(magnitude)),
    }
}

/// The number in a text, as [`whole`] has it, if 64 bits with a sign hold it.
pub(crate) fn int(text: &str) -> Option<i64> {
    match whole(text)? {
        Whole::Unsigned(number) => i64::try_from(number).ok(),
        Whole::Signed(number) => Some(number),
    }
}

/// The number in a text, as [`whole`] has it, if 64 bits without a sign hold it.
pub(crate) fn unsigned(text: &str) -> Option<u64> {
    match whole(text)? {
        Whole::Unsigned(number) => Some(number),
        Whole::Signed(number) => u64::try_from(number).ok(),
    }
}

/// The number in a text, whole or not.
pub(super) fn fraction(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.parse().ok().filter(|_| is_number)
}

/// How many bytes the number at the start of a text has, by JSON's grammar.
pub(super) fn length(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let digits = text.get(from..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (digits > 0).then_some(from + digits)
    };
    let start = usize::from(text.first() == Some(&b'-'));
    let mut end = if text.get(start) == Some(&b'0') { start + 1 } else { digits(start)? };
    if text.get(end) == Some(&b'.') {
        end = digits(end + 1)?;
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        end = digits(end + 1 + sign)?;
    }
    Some(end)
}
