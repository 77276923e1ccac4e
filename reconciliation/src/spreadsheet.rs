//! What spreadsheets leave around cells and make of them: quotation marks, blanks, dashes, rounded numbers, errors.

use super::error::CellFault;

/// Spreadsheets keep long numbers from being rounded by a tab, a quotation mark or a formula around them: `="123"`.
#[inline]
pub(super) fn plain(cell: &[u8]) -> &[u8] {
    let is_plain = |byte: Option<&u8>| byte.is_none_or(|byte| *byte > b'\'' && *byte != b'`');
    if is_plain(cell.first()) && is_plain(cell.last()) && cell.first() != Some(&b'=') {
        return cell;
    }
    undress(cell)
}

fn undress(cell: &[u8]) -> &[u8] {
    let mut text = cell.trim_ascii();
    if let Some(formula) = text.strip_prefix(b"=\"").and_then(|text| text.strip_suffix(b"\"")) {
        text = formula.trim_ascii();
    }
    while let [b'`' | b'\'' | b'"', rest @ ..] = text {
        text = rest.trim_ascii();
    }
    while let [rest @ .., b'`' | b'\'' | b'"'] = text {
        text = rest.trim_ascii();
    }
    text
}

/// Without what shows as nothing around it.
#[inline]
pub(super) fn visible(text: &[u8]) -> &[u8] {
    match text {
        [0x80..=0xFF, ..] | [.., 0x80..=0xFF] => trim_unseen(text),
        _ => text,
    }
}

/// Without blanks of Unicode around it, byte order marks of files that were put together, and marks of direction, which
/// programs add to what is copied from them; nor what a spreadsheet has put inside of them.
#[cold]
pub(super) fn trim_unseen(text: &[u8]) -> &[u8] {
    let Ok(text) = str::from_utf8(text) else { return text };
    plain(text.trim_matches(is_unseen).as_bytes())
}

fn is_unseen(char: char) -> bool {
    char.is_whitespace()
        || matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Empty, or dashes that stand for it.
#[inline]
pub(super) fn is_none(text: &[u8]) -> bool {
    text.len() <= 6 && is_dashes(text)
}

fn is_dashes(text: &[u8]) -> bool {
    let text = visible(text);
    let dashes: [&[u8]; 6] = ["-", "－", "—", "–", "―", "−"].map(str::as_bytes);
    text.is_empty()
        || dashes.iter().any(|dash| {
            text == *dash
                || (text.len() == 2 * dash.len()
                    && text.chunks(dash.len()).all(|part| part == *dash))
        })
}

/// What only few numbers are: a digit or sign at the beginning and, at the end, what an exponent or decimals have.
#[inline]
pub(super) fn may_be_spoiled(text: &[u8]) -> bool {
    let tail = &text[text.len().saturating_sub(6)..];
    match text.first() {
        Some(b'0'..=b'9') => tail.iter().any(|byte| matches!(byte, b'E' | b'e' | b'.')),
        Some(b'#' | b'+' | b'-') => true,
        Some(b'E' | b'e') => text.get(3) == Some(&b':'),
        _ => false,
    }
}

/// What a spreadsheet has made of a number, whose digits are gone.
#[cold]
pub(super) fn spoiled(text: &[u8]) -> Option<CellFault> {
    if is_error(text) {
        return Some(CellFault::Spreadsheet);
    }
    (is_scientific(text) || is_decimal(text)).then_some(CellFault::Rounded)
}

/// What a spreadsheet shows instead of a value: `########`, `#N/A`, `#NAME?`, `#SPILL!`, and LibreOffice `Err:502`.
pub(super) fn is_error(text: &[u8]) -> bool {
    const OTHERS: [&[u8]; 3] = [b"#N/A", b"#DIV/0!", b"#GETTING_DATA"];
    let is_coded = |text: &[u8]| text.len() == 7 && text[4..].iter().all(u8::is_ascii_digit);
    match text {
        [b'#', name @ .., b'!' | b'?'] if name.iter().all(u8::is_ascii_alphabetic) => {
            !name.is_empty()
        }
        [b'#', rest @ ..] if rest.iter().all(|byte| *byte == b'#') => true,
        [b'E' | b'e', b'r', b'r', b':', ..] => is_coded(text),
        _ => OTHERS.iter().any(|error| text.eq_ignore_ascii_case(error)),
    }
}

/// `7.29E+18`, `7.29E18`, `1e5`. But `20260301E001` may well be a number as it is.
fn is_scientific(text: &[u8]) -> bool {
    let text = unsigned(text);
    let (mantissa, point, rest) = digits_and_decimals(text);
    let [b'E' | b'e', exponent @ ..] = rest else { return false };
    let digits = unsigned(exponent);
    let is_exponent = (1..=3).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    let is_number = point || digits.len() < exponent.len() || mantissa == 1;
    mantissa > 0 && is_exponent && is_number
}

/// `4200001.0`: a number of digits that was a decimal number in between.
fn is_decimal(text: &[u8]) -> bool {
    let (whole, point, rest) = digits_and_decimals(text);
    let decimals = text.iter().rev().take_while(|byte| **byte == b'0').count();
    whole > 0 && point && rest.is_empty() && decimals > 0 && text.len() == whole + 1 + decimals
}

fn unsigned(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"+").or_else(|| text.strip_prefix(b"-")).unwrap_or(text)
}

/// How many digits there are, whether a decimal point follows, and what is after its digits.
fn digits_and_decimals(text: &[u8]) -> (usize, bool, &[u8]) {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(text);
    match &text[whole..] {
        [b'.' | b',', rest @ ..] => (whole, true, &rest[digits(rest)..]),
        rest => (whole, false, rest),
    }
}
