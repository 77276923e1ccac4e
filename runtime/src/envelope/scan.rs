//! One pass over a body: what is around the data, and the data left to whoever knows their type.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, Visitor};
use serde_json::Value;
use serde_json::de::SliceRead;

use super::{Nowhere, Place, Slot};
use crate::endpoint::Envelope;
use crate::fault::{Fault, without_bom};
use crate::lenient::Lenient;

/// What is around the data.
#[derive(Default)]
pub(super) struct Head {
    pub(super) code: Option<i64>,
    pub(super) log_id: Option<String>,
    pub(super) has_data: bool,
    /// Read in the second pass only: a success has one as well, and nobody asks for it.
    pub(super) message: Option<String>,
    pub(super) wants_message: bool,
}

/// Reads the head and, if it comes to them, the data. Stops at the first fault.
pub(super) fn scan(
    envelope: &Envelope,
    body: &[u8],
    head: &mut Head,
    data: &mut dyn Place,
) -> Result<(), Fault> {
    let mut scanner = Scanner { text: body, at: body.len() - without_bom(body).len() };
    scanner.expect(b'{', "expected `{`, the start of an object")?;
    let mut is_first = true;
    while !scanner.ends_object(is_first)? {
        is_first = false;
        let key = scanner.key(envelope)?;
        scanner.expect(b':', "expected `:`")?;
        scanner.member(key, head, data)?;
    }
    scanner.end()
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    /// Whether the object ends here, or goes on with another key.
    fn ends_object(&mut self, is_first: bool) -> Result<bool, Fault> {
        match self.peek() {
            Some(b'}') => self.at += 1,
            _ if is_first => return Ok(false),
            _ => return self.expect(b',', "expected `,` or `}`").map(|()| false),
        }
        Ok(true)
    }

    fn key(&mut self, envelope: &Envelope) -> Result<Key, Fault> {
        self.read(|json| KeyOf(envelope).deserialize(json))
    }

    fn member(&mut self, key: Key, head: &mut Head, data: &mut dyn Place) -> Result<(), Fault> {
        match key {
            Key::Code => head.code = self.read(|json| Option::<i64>::deserialize_lenient(json))?,
            Key::LogId => head.log_id = self.text()?.filter(|id| !id.is_empty()),
            Key::Message if head.wants_message => head.message = self.text()?,
            Key::Data if !data.holds_nothing() && !self.is_null() => {
                self.place(data)?;
                head.has_data = true;
            }
            Key::Message | Key::Data | Key::Other => self.place(&mut Nowhere)?,
        }
        Ok(())
    }

    fn is_null(&mut self) -> bool {
        self.peek();
        self.text[self.at..].starts_with(b"null")
    }

    /// A text; anything else as JSON; none for `null`.
    fn text(&mut self) -> Result<Option<String>, Fault> {
        let mut slot = Slot::<Value>::new();
        self.place(&mut slot)?;
        Ok(match slot.0 {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(other) => Some(other.to_string()),
        })
    }

    fn place(&mut self, place: &mut dyn Place) -> Result<(), Fault> {
        let text = &self.text[self.at..];
        self.at += place.read(text).map_err(|error| self.fault(&error))?;
        Ok(())
    }

    fn read<T>(
        &mut self,
        read: impl FnOnce(&mut serde_json::Deserializer<SliceRead<'_>>) -> Result<T, serde_json::Error>,
    ) -> Result<T, Fault> {
        let mut json = serde_json::Deserializer::from_slice(&self.text[self.at..]);
        let value = read(&mut json).map_err(|error| self.fault(&error))?;
        self.at += consumed(json);
        Ok(value)
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.peek().map_or(Ok(()), |_| Err(Fault::new(self.at, "expected the end of the body")))
    }

    fn expect(&mut self, byte: u8, message: &str) -> Result<(), Fault> {
        if self.peek() != Some(byte) {
            return Err(Fault::new(self.at, message));
        }
        self.at += 1;
        Ok(())
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text[self.at..].trim_ascii_start();
        self.at = self.text.len() - rest.len();
        rest.first().copied()
    }

    #[cold]
    fn fault(&self, error: &serde_json::Error) -> Fault {
        Fault::of(&self.text[self.at..], error).after(self.at)
    }
}

/// How many bytes a deserializer has taken from its text.
pub(super) fn consumed(json: serde_json::Deserializer<SliceRead<'_>>) -> usize {
    json.into_iter::<IgnoredAny>().byte_offset()
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
        deserializer.deserialize_str(self)
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
