//! The body of a request, from the JSON of its fields: as it is, as a form, or in parts.

mod multipart;

use std::fmt;

use http::HeaderValue;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::Files;
use super::parameters::{append, values};
use crate::error::RequestError;
use crate::meta::BodyKind;

/// A body and its media type.
pub(super) struct Body {
    pub(super) content_type: HeaderValue,
    pub(super) content: Vec<u8>,
}

/// `json` is the object of the fields that are no files.
pub(super) fn encode(
    kind: BodyKind,
    json: Vec<u8>,
    files: &Files<'_>,
) -> Result<Body, RequestError> {
    match kind {
        BodyKind::Json => {
            Ok(Body { content_type: HeaderValue::from_static("application/json"), content: json })
        }
        BodyKind::Form => Ok(Body {
            content_type: HeaderValue::from_static("application/x-www-form-urlencoded"),
            content: form(read(&json)?),
        }),
        BodyKind::Multipart => multipart::encode(&read(&json)?, files),
    }
}

fn form(fields: Vec<(String, String)>) -> Vec<u8> {
    let mut form = String::new();
    for (name, value) in fields {
        append(&mut form, &name, &value);
    }
    form.into_bytes()
}

/// The fields as text: a list once per item, an absent field not at all.
fn read(json: &[u8]) -> Result<Vec<(String, String)>, RequestError> {
    let Fields(fields) = serde_json::from_slice(json).map_err(RequestError::Body)?;
    let texts = |(name, value): (String, Value)| {
        values(value).into_iter().map(move |text| (name.clone(), text))
    };
    Ok(fields.into_iter().flat_map(texts).collect())
}

/// The fields of an object in their order, which `Value` would not keep.
struct Fields(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ReadFields)
    }
}

struct ReadFields;

impl<'de> Visitor<'de> for ReadFields {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Fields(fields))
    }
}
