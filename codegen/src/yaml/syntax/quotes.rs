//! Faults inside quotes, and where quotes end.

use super::scene::{Complaint, Scene};

/// An escape that YAML does not know, at its own place.
pub(super) fn escape(scene: &Scene<'_>) -> Option<Complaint> {
    if !scene.says("while parsing a quoted scalar") {
        return None;
    }
    let quoted = scene.text.get(scene.noticed + 1..)?;
    let mut place = scene.noticed + 1;
    let mut parts = quoted.split_inclusive('\\');
    place += parts.next()?.len();
    // What is behind each backslash. That behind an escaped one is empty or text.
    while let Some(part) = parts.next() {
        if let Some(complaint) = judge(scene, place - 1) {
            return Some(complaint);
        }
        place += part.len();
        if part == "\\" {
            place += parts.next()?.len();
        }
    }
    None
}

/// What is wrong with the escape whose backslash is at `start`.
fn judge(scene: &Scene<'_>, start: usize) -> Option<Complaint> {
    let rest = &scene.text[start + 1..];
    let kind = rest.chars().next()?;
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        '0' | 'a' | 'b' | 't' | '\t' | 'n' | 'v' | 'f' | 'r' | 'e' | ' ' | '"' | '/' | '\\'
        | 'N' | '_' | 'L' | 'P' | '\n' => return None,
        _ => {
            let end = start + 1 + kind.len_utf8();
            let escape = &scene.text[start..end];
            let message = format!("`{escape}` is not an escape in YAML");
            return Some(Complaint { start, end, message, help: DOUBLE.to_owned() });
        }
    };
    let found = rest[1..].bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
    let end = start + 2 + found;
    if found < digits {
        let message = format!("`\\{kind}` needs {digits} hexadecimal digits");
        return Some(Complaint { start, end, message, help: DOUBLE.to_owned() });
    }
    let code = u32::from_str_radix(&rest[1..=digits], 16).ok()?;
    match char::from_u32(code) {
        Some(_) => None,
        None => Some(no_character(scene, start..end, code)),
    }
}

const DOUBLE: &str = "write `\\\\` for a backslash, or use single quotes";

/// A half of a pair as JSON writes it, or a number that is none of Unicode's.
fn no_character(scene: &Scene<'_>, place: std::ops::Range<usize>, code: u32) -> Complaint {
    let std::ops::Range { start, end } = place;
    let escape = &scene.text[start..end];
    let second = scene.text.get(end..end + 6).and_then(|next| next.strip_prefix("\\u"));
    let second = second.and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let pair = u16::try_from(code).ok().zip(second);
    let decoded = pair.and_then(|(one, two)| char::decode_utf16([one, two]).next()?.ok());
    match decoded {
        Some(c) => Complaint {
            start,
            end: end + 6,
            message: format!("`{c}` written as a surrogate pair, which only JSON has"),
            help: format!("write `{c}` itself, or `\\U{:08X}`", u32::from(c)),
        },
        None => Complaint {
            start,
            end,
            message: format!("`{escape}` is not a character"),
            help: "write the character itself".to_owned(),
        },
    }
}

/// Text behind quotes that were closed: either they should have been closed before, or not yet.
pub(super) fn trailing(scene: &Scene<'_>) -> Option<Complaint> {
    if !scene.says("invalid trailing content") {
        return None;
    }
    let start = opening(scene)?;
    let mark = scene.text[start..].chars().next()?;
    let (first, last) = (scene.number(start), scene.number(scene.noticed));
    if first < last {
        return Some(Complaint {
            start,
            end: start + 1,
            message: format!("these quotes are not closed before line {last}"),
            help: format!("write `{mark}` where the text ends"),
        });
    }
    let escape = if mark == '"' { "\\\"" } else { "''" };
    Some(Complaint {
        start: scene.noticed,
        end: scene.noticed,
        message: "text after the closing quote".to_owned(),
        help: format!("write `{escape}` for `{mark}` inside the text, or quote the whole value"),
    })
}

/// Where the quotes begin that end before the fault.
fn opening(scene: &Scene<'_>) -> Option<usize> {
    let read = scene.read.min(scene.noticed);
    let unread = &scene.text[read..scene.noticed];
    let mut before = ' ';
    for (place, c) in unread.char_indices() {
        if matches!(c, '"' | '\'') && (before.is_whitespace() || "[{,:".contains(before)) {
            return Some(read + place);
        }
        before = c;
    }
    None
}
