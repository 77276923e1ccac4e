//! The code in an envelope, or what stands in its place.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

use crate::code::{Code, RawCode};
use crate::json::{self, Decoder};
use crate::lenient::Lenient;
use crate::meta::Envelope;

/// The code, unless nothing stands in its place.
#[inline]
pub(super) fn read_code(
    envelope: &'static Envelope,
    json: &mut Decoder<'_>,
) -> Result<Option<RawCode>, json::Error> {
    if json.is_empty_text() {
        return json.ignore().map(|()| None);
    }
    let is_number = matches!(envelope.success, Some(Code::Int(_)));
    let code = match json.peek() {
        Some(b'"') if !is_number => Some(json.deserialize_string(CodeVisitor)?),
        Some(b'-' | b'0'..=b'9') | None => read_number(json)?,
        Some(b't' | b'f') if !envelope.goes_by_status() => Some(json.deserialize_any(CodeVisitor)?),
        _ if is_number => read_number(json)?,
        // Whatever the data may have there.
        _ if envelope.goes_by_status() || json.is_null() => json.ignore().map(|()| None)?,
        _ => Some(json.deserialize_any(CodeVisitor)?),
    };
    // Of a number at the end of a body that was cut off there may be more digits.
    Ok(code.filter(|_| json.peek().is_some()))
}

fn read_number(json: &mut Decoder<'_>) -> Result<Option<RawCode>, json::Error> {
    Ok(Option::deserialize_lenient(json)?.map(RawCode::Int))
}

/// Takes a text, and says of anything else what it is.
struct CodeVisitor;

impl Visitor<'_> for CodeVisitor {
    type Value = RawCode;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a code, as a number or as text")
    }

    fn visit_str<E>(self, text: &str) -> Result<RawCode, E> {
        Ok(RawCode::Text(text.into()))
    }

    fn visit_string<E>(self, text: String) -> Result<RawCode, E> {
        Ok(RawCode::Text(text.into()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<RawCode, E> {
        let expected = &"a code; the place of a boolean is the `ok` of an envelope";
        Err(E::invalid_type(Unexpected::Bool(value), expected))
    }
}
