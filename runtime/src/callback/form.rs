//! Bodies that are forms, `application/x-www-form-urlencoded` as the URL Standard reads them.
//!
//! By hand, so that calls are read without a crate for it where no client brings one in.

use serde_json::{Map, Value};

/// The fields as an object: a text each, or the list of those whose name is the same, of which none is the one that counts.
pub(super) fn fields(body: &[u8]) -> Map<String, Value> {
    let mut fields = Map::new();
    for (name, value) in pairs(body) {
        let value = Value::String(value);
        match fields.get_mut(&name) {
            None => drop(fields.insert(name, value)),
            Some(Value::Array(several)) => several.push(value),
            Some(one) => *one = Value::Array(vec![one.take(), value]),
        }
    }
    fields
}

/// The text of the one field of this name; none if there are several, for nobody knows which of them counts.
pub(super) fn field(body: &[u8], name: &str) -> Option<String> {
    let mut texts = pairs(body).filter(|(other, _)| other == name).map(|(_, text)| text);
    let text = texts.next();
    text.filter(|_| texts.next().is_none())
}

fn pairs(body: &[u8]) -> impl Iterator<Item = (String, String)> {
    let parts = body.split(|byte| *byte == b'&').filter(|part| !part.is_empty());
    parts.map(|part| {
        let mut halves = part.splitn(2, |byte| *byte == b'=');
        let mut half = || decode(halves.next().unwrap_or_default());
        (half(), half())
    })
}

/// What is not Unicode becomes U+FFFD, and a `%` without two digits behind it is itself.
fn decode(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        bytes.push(match (first, after) {
            (b'+', _) => b' ',
            (b'%', [high, low, after @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    rest = after;
                    high << 4 | low
                }
                _ => b'%',
            },
            (byte, _) => *byte,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
