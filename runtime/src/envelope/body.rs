//! One pass over a body: the data decoded in place, and what is around them.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::endpoint::Envelope;
use crate::fault;
use crate::lenient::lenient;

pub(super) fn read<'de, T: Deserialize<'de>>(
    envelope: &Envelope,
    body: &'de [u8],
    head: &mut Head,
) -> Result<Option<T>, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_slice(fault::without_bom(body));
    let data = json.deserialize_map(Body { envelope, head, data: PhantomData })?;
    json.end()?;
    Ok(data)
}

pub(super) const fn holds_nothing<T>() -> bool {
    size_of::<T>() == 0
}

/// What is around the data.
#[derive(Default)]
pub(super) struct Head {
    pub(super) code: Option<i64>,
    pub(super) log_id: Option<String>,
    /// Read in the second pass only: a success has one as well, and nobody asks for it.
    pub(super) message: Option<String>,
    pub(super) wants_message: bool,
}

impl Head {
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
        lenient(deserializer).map(Self)
    }
}

fn to_text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}
