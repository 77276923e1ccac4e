//! The bytes of a file → its text, or what other encoding they are in.

use crate::source::Source;

const UTF_8: &str = "save the file as UTF-8";

pub(super) fn decode(name: String, bytes: &[u8]) -> Source {
    if let Some((encoding, text)) = wide(bytes) {
        let message = format!("the file is {encoding}, not UTF-8");
        return Source::broken(name, ("", &text), "bad-encoding", message, UTF_8);
    }
    let error = match str::from_utf8(bytes) {
        Ok(text) => return Source::new(name, text),
        Err(error) => error,
    };
    let (read, rest) = bytes.split_at(error.valid_up_to());
    let message = match rest.first() {
        Some(byte) if error.error_len().is_some() => format!("the byte 0x{byte:02X} is not UTF-8"),
        _ => "the file ends in the middle of a character".to_owned(),
    };
    let (read, rest) = (String::from_utf8_lossy(read), String::from_utf8_lossy(rest));
    let help = "save the file as UTF-8; it may be in GBK, GB18030 or Latin-1";
    Source::broken(name, (&read, &rest), "bad-encoding", message, help)
}

/// Text in units of two or four bytes, which a byte order mark or the zeros of its first letter give away.
fn wide(bytes: &[u8]) -> Option<(&'static str, String)> {
    let text = |units: Vec<u16>| String::from_utf16_lossy(&units);
    let units = |read: fn([u8; 2]) -> u16| bytes.as_chunks().0.iter().copied().map(read).collect();
    match *bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some(("UTF-32", String::new())),
        [0xff, 0xfe, ..] | [1..=255, 0, ..] => Some(("UTF-16", text(units(u16::from_le_bytes)))),
        [0xfe, 0xff, ..] | [0, 1..=255, ..] => Some(("UTF-16", text(units(u16::from_be_bytes)))),
        _ => None,
    }
}
