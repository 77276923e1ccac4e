//! Finds a secret in a text, each of its characters as it is or as addresses, JSON and HTML write it: which ones a server
//! escapes differs from one to the next.

use std::ops::Range;

/// Where the secret stands first.
pub(super) fn find_echo(text: &str, secret: &str) -> Option<Range<usize>> {
    let first = secret.chars().next()?;
    let may_begin = |character| character == first || matches!(character, '%' | '\\' | '&');
    let mut starts = text.match_indices(may_begin).map(|(start, _)| start);
    starts.find_map(|start| Some(start..start + echo_length(&text[start..], secret)?))
}

/// How long the secret is that a text begins with, if it does.
fn echo_length(text: &str, secret: &str) -> Option<usize> {
    if text.starts_with(secret) {
        return Some(secret.len());
    }
    let rest = secret.chars().try_fold(text, |rest, character| match unescape(rest) {
        Some((found, behind)) if found == character => Some(behind),
        _ => rest.strip_prefix(character),
    });
    Some(text.len() - rest?.len())
}

/// The character that stands escaped at the start of a text, and what follows.
fn unescape(text: &str) -> Option<(char, &str)> {
    match text.as_bytes().first()? {
        b'%' => of_address(text),
        b'\\' => of_json(text),
        b'&' => of_html(text),
        _ => None,
    }
}

/// Of a character in UTF-8, in bytes.
const LONGEST_CHARACTER: usize = 4;

/// `%E5%AD%97`
fn of_address(text: &str) -> Option<(char, &str)> {
    let mut bytes = Vec::new();
    loop {
        let start = 3 * bytes.len();
        let digits = text.get(start..start + 3)?.strip_prefix('%')?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        match str::from_utf8(&bytes) {
            Ok(character) => return Some((character.chars().next()?, &text[start + 3..])),
            Err(_) if bytes.len() < LONGEST_CHARACTER => {}
            Err(_) => return None,
        }
    }
}

/// `\u5b57`, `\/`
fn of_json(text: &str) -> Option<(char, &str)> {
    let unit = |start: usize| {
        let digits = text.get(start..start + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let Some(first) = unit(0) else {
        let escaped = text[1..].chars().next().filter(|sign| "\\/\"'".contains(*sign))?;
        return Some((escaped, &text[2..]));
    };
    let pair = [first, unit(6).unwrap_or_default()];
    let character = char::decode_utf16(pair).next()?.ok()?;
    Some((character, &text[6 * character.len_utf16()..]))
}

/// `&amp;`, `&#23383;`, `&#x5b57;`
fn of_html(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let character = match &text[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((character, &text[end + 1..]))
}
