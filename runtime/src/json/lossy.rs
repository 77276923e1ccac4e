//! Strings that are no Unicode: half a surrogate, half a character, GBK, a raw line break. What cannot be read of them
//! becomes U+FFFD, so that a text which nobody may ever look at costs no response.

use super::plain::plain_length;
use super::token::escaped;

/// The text up to the quote that ends it, and how many bytes that is. `None` if it has no end, or an escape that does
/// not exist. `is_double_byte` is whether what is not UTF-8 is GBK or the like, where a backslash may be half a sign.
pub(super) fn read(rest: &[u8], is_double_byte: bool) -> Option<(String, usize)> {
    let mut text = Vec::new();
    let mut at = 0;
    loop {
        let rest = &rest[at..];
        at += match rest.first()? {
            b'"' => break,
            b'\\' => read_escape(rest, &mut text)?,
            0..b' ' => replace(&mut text),
            0x80.. if is_double_byte => read_double_bytes(rest, &mut text),
            byte => {
                text.push(*byte);
                1
            }
        };
    }
    Some((String::from_utf8_lossy(&text).into_owned(), at))
}

/// How many bytes come before the quote that ends a text, as [`read`] has it.
pub(super) fn length(rest: &[u8], is_double_byte: bool) -> Option<usize> {
    if is_double_byte {
        return read(rest, is_double_byte).map(|(_, length)| length);
    }
    let mut at = 0;
    loop {
        at += plain_length(&rest[at..]);
        at += match rest.get(at)? {
            b'"' => return Some(at),
            b'\\' => escape_length(&rest[at..])?,
            _ => 1,
        };
    }
}

fn escape_length(rest: &[u8]) -> Option<usize> {
    match rest.get(1)? {
        b'u' => unit(rest).map(|_| 6),
        letter => escaped(*letter).map(|_| 2),
    }
}

fn replace(text: &mut Vec<u8>) -> usize {
    push(text, char::REPLACEMENT_CHARACTER);
    1
}

fn push(text: &mut Vec<u8>, character: char) {
    text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Reads an escape. Says how long it is.
fn read_escape(rest: &[u8], text: &mut Vec<u8>) -> Option<usize> {
    let letter = *rest.get(1)?;
    if letter != b'u' {
        push(text, escaped(letter)?);
        return Some(2);
    }
    let first = unit(rest)?;
    let pair = [first, unit(&rest[6..]).unwrap_or_default()];
    let (character, length) = match char::decode_utf16(pair).next() {
        Some(Ok(character)) => (character, 6 * character.len_utf16()),
        _ => (char::REPLACEMENT_CHARACTER, 6),
    };
    push(text, character);
    Some(length)
}

/// The UTF-16 unit of an escape as `\u6296`.
fn unit(rest: &[u8]) -> Option<u16> {
    let digits = rest.strip_prefix(b"\\u")?.first_chunk::<4>()?;
    digits.iter().try_fold(0, |unit, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(unit << 4 | u16::try_from(digit).ok()?)
    })
}

/// Reads all signs in a row of two bytes each, of which the first is not ASCII and the second may be, unless they are
/// UTF-8 after all. Says how many bytes that are.
fn read_double_bytes(rest: &[u8], text: &mut Vec<u8>) -> usize {
    let length = rest.iter().take_while(|byte| !byte.is_ascii()).count();
    let (signs, behind) = rest.split_at(length);
    if str::from_utf8(signs).is_ok() || length.is_multiple_of(2) {
        text.extend_from_slice(signs);
        return length;
    }
    text.extend_from_slice(&signs[..length - 1]);
    replace(text);
    length + usize::from(matches!(behind.first(), Some(b'@'..=b'~')))
}
