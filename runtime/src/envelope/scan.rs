//! One pass over a body: what is around the data, and the data left to whoever knows their type.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, Visitor};
use serde_json::Value;
use serde_json::de::SliceRead;

use super::{Nowhere, Place, Slot};
use crate::endpoint::{Envelope, Key};
use crate::fault::{Fault, without_bom};
use crate::lenient::Lenient;

/// What is around the data.
#[derive(Default)]
pub(super) struct Head {
    pub(super) code: Option<i64>,
    pub(super) log_id: Option<String>,
    pub(super) has_data: bool,
    /// With its place among the envelope's keys. Read in the second pass only: a success has one as well, and nobody
    /// asks for it.
    pub(super) message: Option<(usize, String)>,
    pub(super) wants_message: bool,
}

/// Reads the head and, if it comes to them, the data. Stops at the first fault.
pub(super) fn scan(
    envelope: &Envelope,
    body: &[u8],
    head: &mut Head,
    data: &mut dyn Place,
) -> Result<(), Fault> {
    let at = body.len() - without_bom(body).len();
    let mut scanner = Scanner { envelope, text: body, at, in_data: false };
    scanner.object(head, data)?;
    scanner.end()
}

struct Scanner<'a> {
    envelope: &'a Envelope,
    text: &'a [u8],
    at: usize,
    /// Whether it looks through the data for parts of the head.
    in_data: bool,
}

impl Scanner<'_> {
    fn object(&mut self, head: &mut Head, data: &mut dyn Place) -> Result<(), Fault> {
        self.expect(b'{', "expected `{`, the start of an object")?;
        let mut is_first = true;
        while !self.ends_object(is_first)? {
            is_first = false;
            let part = self.key()?;
            self.expect(b':', "expected `:`")?;
            self.member(part, head, data)?;
        }
        Ok(())
    }

    /// Whether the object ends here, or goes on with another key.
    fn ends_object(&mut self, is_first: bool) -> Result<bool, Fault> {
        match self.peek() {
            Some(b'}') => self.at += 1,
            _ if is_first => return Ok(false),
            _ => return self.expect(b',', "expected `,` or `}`").map(|()| false),
        }
        Ok(true)
    }

    fn key(&mut self) -> Result<Part, Fault> {
        let (envelope, in_data) = (self.envelope, self.in_data);
        self.read(|json| PartOf { envelope, in_data }.deserialize(json))
    }

    fn member(&mut self, part: Part, head: &mut Head, data: &mut dyn Place) -> Result<(), Fault> {
        match part {
            Part::Code => head.code = self.read(|json| Option::<i64>::deserialize_lenient(json))?,
            Part::LogId => head.log_id = self.text()?.filter(|id| !id.is_empty()),
            Part::Message(rank) if head.wants_message => {
                let text = self.text()?;
                head.keep_message(rank, text);
            }
            Part::Data => self.data(head, data)?,
            Part::Message(_) | Part::Other => self.place(&mut Nowhere)?,
        }
        Ok(())
    }

    fn data(&mut self, head: &mut Head, data: &mut dyn Place) -> Result<(), Fault> {
        if self.envelope.has_head_in_data() && self.peek() == Some(b'{') {
            self.look_inside(head)?;
        }
        if data.holds_nothing() || self.is_null() {
            return self.place(&mut Nowhere);
        }
        self.place(data)?;
        head.has_data = true;
        Ok(())
    }

    /// Reads the parts of the head that stand in the data, and goes back to the data's start.
    fn look_inside(&mut self, head: &mut Head) -> Result<(), Fault> {
        let start = self.at;
        self.in_data = true;
        self.object(head, &mut Nowhere)?;
        self.in_data = false;
        self.at = start;
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

impl Head {
    /// The first of the keys that has a text has the message, wherever it stands in the body.
    fn keep_message(&mut self, rank: usize, text: Option<String>) {
        let is_better = self.message.as_ref().is_none_or(|(kept, _)| rank <= *kept);
        if let Some(text) = text.filter(|text| is_better && !text.is_empty()) {
            self.message = Some((rank, text));
        }
    }
}

impl Envelope {
    fn has_head_in_data(&self) -> bool {
        let mut keys = self.message.iter().chain(&self.log_id);
        self.code.in_data || keys.any(|key| key.in_data)
    }
}

#[derive(Clone, Copy)]
enum Part {
    Code,
    /// With its place among the envelope's keys.
    Message(usize),
    LogId,
    Data,
    Other,
}

/// Tells which part a key has, beside the data or in them.
struct PartOf<'a> {
    envelope: &'a Envelope,
    in_data: bool,
}

impl<'de> DeserializeSeed<'de> for PartOf<'_> {
    type Value = Part;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Part, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for PartOf<'_> {
    type Value = Part;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, name: &str) -> Result<Part, E> {
        let Self { envelope, in_data } = self;
        let is = |key: &Key| key.name == name && key.in_data == in_data;
        Ok(match name {
            _ if name == envelope.data && !in_data => Part::Data,
            _ if is(&envelope.code) => Part::Code,
            _ if envelope.log_id.as_ref().is_some_and(is) => Part::LogId,
            _ => envelope.message.iter().position(is).map_or(Part::Other, Part::Message),
        })
    }
}
