//! An amount of any form, in whole fen: slower than `usual`, which reads the form that most have.
//!
//! `5.00`, `+5.00`, `-5.00`, `5.00-`, `(5.00)`, with full-width characters as well, and with a sign for yuan.

use std::borrow::Cow;

use super::error::CellFault;
use super::mapping::{AmountUnit, ExcessDecimals, Format, Separators};
use super::spreadsheet::{spoiled, trim_unseen};

/// An amount in fen, or in whatever else is whole.
#[cold]
pub(super) fn amount(text: &[u8], format: Format) -> Result<i64, CellFault> {
    let text = String::from_utf8_lossy(trim_unseen(text));
    let text = narrow(&text);
    if text.is_empty() {
        return Err(CellFault::Empty);
    }
    let (is_negative, digits) = unsigned(&text, format.unit);
    if digits.is_empty() {
        return Err(CellFault::Empty);
    }
    let sum = match format.unit {
        AmountUnit::Fen => whole(digits, format.thousands_separators),
        AmountUnit::Yuan => yuan(digits, format),
    };
    let sum = sum.map_err(|fault| explain(fault, text.as_bytes(), format.unit))?;
    Ok(if is_negative { -sum } else { sum })
}

/// What is not a number may be what a spreadsheet has made of one.
fn explain(fault: CellFault, text: &[u8], unit: AmountUnit) -> CellFault {
    match fault {
        CellFault::Amount(_) if text.iter().any(|byte| matches!(byte, b'E' | b'e' | b'#')) => {
            spoiled(text).unwrap_or(CellFault::Amount(unit))
        }
        CellFault::Amount(_) => CellFault::Amount(unit),
        fault => fault,
    }
}

/// With ASCII characters for full-width ones.
fn narrow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let narrow = |character| match character {
        '０'..='９' | '．' | '，' | '＋' | '－' | '（' | '）' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        // The minus sign of typography.
        '−' => '-',
        '￥' => '¥',
        other => other,
    };
    Cow::Owned(text.chars().map(narrow).collect())
}

/// Whether the amount is less than zero, and the rest.
fn unsigned(text: &str, unit: AmountUnit) -> (bool, &str) {
    let bare = without_currency(text, unit);
    let (is_negative, rest) = match bare.as_bytes() {
        [b'(', .., b')'] => (true, &bare[1..bare.len() - 1]),
        [b'-', ..] => (true, &bare[1..]),
        [b'+', ..] => (false, &bare[1..]),
        [.., b'-'] => (true, &bare[..bare.len() - 1]),
        [.., b'+'] => (false, &bare[..bare.len() - 1]),
        _ => (false, bare),
    };
    let rest = rest.trim();
    // Before the sign or behind it, but not twice.
    let had_currency = bare.len() != text.len();
    (is_negative, if had_currency { rest } else { without_currency(rest, unit) })
}

/// `¥` and `元` say yuan, and so are no part of an amount in fen.
fn without_currency(text: &str, unit: AmountUnit) -> &str {
    if unit == AmountUnit::Fen {
        return text;
    }
    text.strip_prefix('¥').or_else(|| text.strip_suffix('元')).map_or(text, str::trim)
}

fn yuan(text: &str, format: Format) -> Result<i64, CellFault> {
    let (yuan, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let fen = fen(decimals.as_bytes(), format.excess_decimals)?;
    let yuan = whole(yuan, format.thousands_separators)?;
    let sum = yuan.checked_mul(100).and_then(|sum| sum.checked_add(fen));
    sum.ok_or(CellFault::TooLarge)
}

fn fen(decimals: &[u8], excess: ExcessDecimals) -> Result<i64, CellFault> {
    if decimals.is_empty() || !decimals.iter().all(u8::is_ascii_digit) {
        return Err(CellFault::Amount(AmountUnit::Yuan));
    }
    let digit = |at: usize| decimals.get(at).map_or(0, |digit| i64::from(digit - b'0'));
    let is_exact = decimals.iter().skip(2).all(|digit| *digit == b'0');
    let rounded = match excess {
        _ if is_exact => 0,
        ExcessDecimals::Rounded => i64::from(digit(2) >= 5),
        ExcessDecimals::Refused => return Err(CellFault::Decimals),
    };
    Ok(10 * digit(0) + digit(1) + rounded)
}

/// Digits, in groups of three if they are in groups at all.
fn whole(text: &str, separators: Separators) -> Result<i64, CellFault> {
    if text.is_empty() {
        return Err(CellFault::Amount(AmountUnit::Fen));
    }
    let mut sum: i64 = 0;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                let grown =
                    sum.checked_mul(10).and_then(|sum| sum.checked_add(i64::from(byte - b'0')));
                sum = grown.ok_or(CellFault::TooLarge)?;
            }
            b',' => {}
            _ => return Err(CellFault::Amount(AmountUnit::Fen)),
        }
    }
    if text.contains(',') {
        check_groups(text, separators)?;
    }
    Ok(sum)
}

fn check_groups(text: &str, separators: Separators) -> Result<(), CellFault> {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default().len();
    if !(1..=3).contains(&first) || !groups.all(|group| group.len() == 3) {
        return Err(CellFault::Groups);
    }
    match separators {
        Separators::Allowed => Ok(()),
        Separators::Refused => Err(CellFault::Separator),
    }
}
