//! The object around what a call by the platform tells.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{CallbackFault, Event, RawCallback, UnknownEvent};
use crate::error::{NAME, cut};
use crate::fault::{paths, without_bom};
use crate::json::{self, Decoder, Progress};
#[cfg(feature = "callbacks")]
use crate::signature::CipherError;

/// The keys of the JSON object around a callback's content, which is JSON text.
#[derive(Debug, PartialEq, Eq)]
pub struct CallbackEnvelope {
    /// Name in the spec.
    pub name: &'static str,
    /// Key of the event's name.
    pub event: &'static str,
    /// Key of the format's version.
    pub version: Option<&'static str>,
    /// Key of the content.
    pub content: &'static str,
    /// Key that an answer goes under in the acknowledgement's object.
    pub answer: Option<&'static str>,
}

impl CallbackEnvelope {
    /// The name of the event that a body tells of. A server that takes all events at one address reads them by the
    /// enum of them, see [`Events`](super::Events).
    ///
    /// # Errors
    ///
    /// When the body is not JSON, or names no event.
    pub fn event(&self, body: &[u8]) -> Result<String, CallbackFault> {
        text(self.event, self.read(body)?.event)
    }

    pub(super) fn open(&'static self, body: &[u8]) -> Result<Opened, CallbackFault> {
        let members = self.read(body)?;
        Ok(Opened {
            envelope: self,
            event: text(self.event, members.event)?,
            version: self.version.and_then(|key| text(key, members.version).ok()),
            content: text(self.content, members.content)?,
            place: members.place,
            is_encrypted: false,
            unread: RefCell::default(),
        })
    }

    fn read(&self, body: &[u8]) -> Result<Members, CallbackFault> {
        let body = without_bom(body);
        let mut decoder = Decoder::new(body);
        let members = self.members(&mut decoder);
        let read = members.and_then(|members| decoder.end().map(|()| members));
        read.map_err(|error| {
            let fault = decoder.placed(error).into_fault();
            CallbackFault::of(fault.path(body), fault, body)
        })
    }

    /// Of a key that comes twice the last counts.
    fn members(&self, decoder: &mut Decoder<'_>) -> Result<Members, json::Error> {
        let mut members = Members::default();
        decoder.enter_object()?;
        let mut progress = Progress::Begun;
        while decoder.has_next(b'}', &mut progress)? {
            let key = decoder.key()?;
            match &*key {
                key if key == self.event => members.event = Some(read(decoder)?),
                key if key == self.content => {
                    decoder.peek();
                    let start = decoder.offset();
                    members.content = Some(read_content(decoder)?);
                    members.place = start..decoder.offset();
                }
                key if Some(key) == self.version => members.version = Some(read(decoder)?),
                _ => decoder.ignore()?,
            }
        }
        Ok(members)
    }
}

fn read(decoder: &mut Decoder<'_>) -> Result<Value, json::Error> {
    Value::deserialize(decoder)
}

/// The content is JSON text. An object or a list in its place is the same without the quotes around it.
fn read_content(decoder: &mut Decoder<'_>) -> Result<Value, json::Error> {
    match decoder.peek() {
        Some(b'{' | b'[') => Ok(Value::from(String::from_utf8_lossy(decoder.raw()?))),
        _ => read(decoder),
    }
}

/// What an envelope's keys hold, where it has them.
#[derive(Default)]
struct Members {
    event: Option<Value>,
    version: Option<Value>,
    content: Option<Value>,
    /// Where the content stands.
    place: Range<usize>,
}

/// A body of which the envelope has been read, and the content has not.
#[derive(Debug)]
pub struct Opened {
    envelope: &'static CallbackEnvelope,
    event: String,
    version: Option<String>,
    content: String,
    /// Where the content stands in the body, behind a byte order mark.
    place: Range<usize>,
    is_encrypted: bool,
    /// Paths of what was passed over in the content when it was read.
    unread: RefCell<Vec<String>>,
}

impl Opened {
    /// The event's name.
    pub fn name(&self) -> &str {
        &self.event
    }

    /// Reads the content.
    ///
    /// # Errors
    ///
    /// When it is not the documented JSON.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, CallbackFault> {
        let (content, unread) = json::read(&self.content).map_err(|error| self.fault(error))?;
        let paths = paths(self.content.as_bytes(), &unread);
        self.unread.replace(paths.iter().map(|inside| self.path(inside)).collect());
        Ok(content)
    }

    /// The event as it came, if nothing is known of it.
    pub fn unknown(&self) -> UnknownEvent {
        UnknownEvent {
            event: self.event.clone(),
            version: self.version.clone(),
            content: self.content.clone(),
        }
    }

    /// Puts the plain text in place of encrypted content.
    #[cfg(feature = "callbacks")]
    pub(super) fn decrypt(
        &mut self,
        open: impl FnOnce(&str) -> Result<String, CipherError>,
    ) -> Result<(), CallbackFault> {
        self.content = open(&self.content).map_err(CallbackFault::Encrypted)?;
        self.is_encrypted = true;
        Ok(())
    }

    /// The parts of the body, with the plain text in place of encrypted content, which may be encrypted anew in each call.
    #[cfg(feature = "callbacks")]
    pub(super) fn decrypted<'a>(&'a self, body: &'a [u8]) -> [&'a [u8]; 3] {
        let body = without_bom(body);
        match self.is_encrypted {
            true => [&body[..self.place.start], self.content.as_bytes(), &body[self.place.end..]],
            false => [body, b"", b""],
        }
    }

    pub(super) fn expect(&self, event: &'static str) -> Result<(), CallbackFault> {
        if self.event == event {
            return Ok(());
        }
        let found = cut(Cow::Borrowed(&self.event), NAME);
        Err(CallbackFault::OtherEvent { expected: event, found })
    }

    pub(super) fn event<T>(self, content: T, raw: Arc<RawCallback>) -> Event<T> {
        let unread = self.unread.into_inner();
        Event { content, version: self.version, unread, raw_content: self.content, raw }
    }

    /// The path, in the body, of what has a path inside the content.
    #[cold]
    fn path(&self, inside: &str) -> String {
        let dot = if inside.is_empty() || inside.starts_with('[') { "" } else { "." };
        format!("{}{dot}{inside}", self.envelope.content)
    }

    #[cold]
    fn fault(&self, error: json::Error) -> CallbackFault {
        let (content, fault) = (self.content.as_bytes(), error.into_fault());
        let path = self.path(&fault.path(content));
        CallbackFault::of(path, fault, content)
    }
}

fn text(key: &'static str, value: Option<Value>) -> Result<String, CallbackFault> {
    match value {
        Some(Value::String(text)) => Ok(text),
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(_) => Err(CallbackFault::NotText { key }),
        None => Err(CallbackFault::Missing { key }),
    }
}
