//! A response's body, by the keys of its envelope: the data in one pass, or, cold, why there is none.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use http::StatusCode;
use http::header::LOCATION;
use http::response::Parts;
use serde::Deserialize;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};
use serde_json::Value;

use crate::endpoint::{EndpointMeta, Envelope};
use crate::error::{ApiError, DecodeError, DecodeFault, Error};
use crate::error_code::ErrorCode;
use crate::fault;

/// The data of a successful response. Derefs to the data.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<T> {
    pub data: T,
    /// The id under which the platform finds the call in its log.
    pub log_id: Option<String>,
    /// The HTTP status, a 2xx.
    pub status: StatusCode,
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

/// Why a response has no data: [`Error`] before it is known which endpoint's.
pub(crate) enum Failure {
    Api(Refusal),
    Decode(Box<DecodeError>),
}

/// What the platform says instead of data.
pub(crate) struct Refusal {
    code: i64,
    message: String,
    log_id: Option<String>,
    status: StatusCode,
    duplicate: bool,
}

impl Failure {
    pub(crate) fn into_error<E: ErrorCode<Code = i64>>(self) -> Error<E> {
        match self {
            Self::Decode(error) => Error::Decode(error),
            Self::Api(Refusal { code, message, log_id, status, duplicate }) => {
                let code = E::from_code(code);
                Error::Api(Box::new(ApiError { code, message, log_id, status, duplicate }))
            }
        }
    }
}

/// Decodes `data` in place. All that does not depend on `T` is elsewhere, because this is compiled for each `T`.
pub(crate) fn decode<T: DeserializeOwned>(
    meta: &EndpointMeta,
    response: http::Response<Vec<u8>>,
) -> Result<Reply<T>, Failure> {
    let (parts, body) = response.into_parts();
    let mut head = Head::default();
    match read::<T>(meta.envelope, &body, &mut head).map(|data| data.or_else(absent)) {
        Ok(Some(data)) if head.is_success(meta, &parts) => {
            Ok(Reply { data, log_id: head.log_id, status: parts.status })
        }
        Ok(_) => Err(refuse(meta, &parts, body, None)),
        Err(error) => Err(refuse(meta, &parts, body, Some(error))),
    }
}

fn read<'de, T: Deserialize<'de>>(
    envelope: &Envelope,
    body: &'de [u8],
    head: &mut Head,
) -> Result<Option<T>, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_slice(fault::without_bom(body));
    let data = json.deserialize_map(Body { envelope, head, data: PhantomData })?;
    json.end()?;
    Ok(data)
}

/// No data is read as `null`; and, for a type that holds nothing, as an empty object as well.
fn absent<T: DeserializeOwned>() -> Option<T> {
    let empty: &[&[u8]] = if holds_nothing::<T>() { &[b"null", b"{}"] } else { &[b"null"] };
    empty.iter().find_map(|text| serde_json::from_slice(text).ok())
}

const fn holds_nothing<T>() -> bool {
    size_of::<T>() == 0
}

/// What is around the data.
#[derive(Default)]
struct Head {
    code: Option<i64>,
    log_id: Option<String>,
    /// Read in the second pass only: a success has one as well, and nobody asks for it.
    message: Option<String>,
    wants_message: bool,
}

impl Head {
    fn is_success(&self, meta: &EndpointMeta, parts: &Parts) -> bool {
        self.code == Some(meta.envelope.success) && parts.status.is_success()
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        match key {
            Key::Code => self.code = map.next_value::<Code>()?.0,
            Key::LogId => self.log_id = to_text(map.next_value()?),
            Key::Message if self.wants_message => self.message = to_text(map.next_value()?),
            Key::Message | Key::Data | Key::Other => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct Body<'a, T> {
    envelope: &'a Envelope,
    head: &'a mut Head,
    data: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Body<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object around the data")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        let mut data = None;
        while let Some(key) = map.next_key_seed(KeyOf(self.envelope))? {
            match key {
                Key::Data if !holds_nothing::<T>() => data = Some(map.next_value()?),
                key => self.head.read(key, &mut map)?,
            }
        }
        Ok(data)
    }
}

#[derive(Clone, Copy)]
enum Key {
    Code,
    Message,
    LogId,
    Data,
    Other,
}

struct KeyOf<'a>(&'a Envelope);

impl<'de> DeserializeSeed<'de> for KeyOf<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeyOf<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Key, E> {
        Ok(match key {
            key if key == self.0.data => Key::Data,
            key if key == self.0.code => Key::Code,
            key if key == self.0.message => Key::Message,
            key if Some(key) == self.0.log_id => Key::LogId,
            _ => Key::Other,
        })
    }
}

/// A code, as a number or as text; `null` is none.
struct Code(Option<i64>);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = match Value::deserialize(deserializer)? {
            Value::Null => return Ok(Self(None)),
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        code.map(|code| Self(Some(code))).ok_or_else(|| D::Error::custom("expected a whole number"))
    }
}

fn to_text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

/// The second pass: what the platform says, or what is wrong with how it says it.
#[cold]
fn refuse(
    meta: &EndpointMeta,
    parts: &Parts,
    body: Vec<u8>,
    error: Option<serde_json::Error>,
) -> Failure {
    let mut head = Head { wants_message: true, ..Head::default() };
    let envelope = read::<IgnoredAny>(meta.envelope, &body, &mut head).err();
    match head.code {
        Some(code) if envelope.is_none() && code != meta.envelope.success => {
            Failure::Api(Refusal {
                code,
                message: head.message.unwrap_or_default(),
                log_id: head.log_id,
                status: parts.status,
                duplicate: meta.duplicate == Some(code),
            })
        }
        _ => {
            let fault = fault_of(meta, parts, &body, &head, envelope.or(error));
            Failure::Decode(Box::new(DecodeError::new(
                meta.name,
                parts.status,
                head.log_id,
                fault,
                body,
            )))
        }
    }
}

fn fault_of(
    meta: &EndpointMeta,
    parts: &Parts,
    body: &[u8],
    head: &Head,
    error: Option<serde_json::Error>,
) -> DecodeFault {
    match (error, head.code) {
        (_, None) if parts.status.is_redirection() => DecodeFault::Redirect { to: target(parts) },
        _ if fault::without_bom(body).is_empty() => DecodeFault::Empty,
        (Some(error), _) => DecodeFault::Json(error),
        (None, None) => DecodeFault::NoCode { key: meta.envelope.code },
        (None, Some(_)) if !parts.status.is_success() => DecodeFault::Status,
        (None, Some(_)) => DecodeFault::NoData { key: meta.envelope.data },
    }
}

/// The address of a redirect, without its query, which is none of a log's business.
fn target(parts: &Parts) -> String {
    let location = parts.headers.get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or("");
    location.split(['?', '#']).next().unwrap_or("").chars().take(200).collect()
}
