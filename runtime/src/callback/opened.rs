//! A body of which the envelope has been read, and the content has not.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::scan::Scan;
use super::{CallbackBody, CallbackEnvelope, CallbackFault, Event, RawCallback, UnknownEvent};
use crate::error::{NAME, cut};
use crate::fault::paths;
#[cfg(feature = "callbacks")]
use crate::fault::without_bom;
use crate::json;
#[cfg(feature = "callbacks")]
use crate::signature::CipherError;

/// A body of which the envelope has been read, and the content has not.
#[derive(Debug)]
pub struct Opened {
    envelope: &'static CallbackEnvelope,
    event: String,
    version: Option<String>,
    content: String,
    /// Where the content stands in the body, behind a byte order mark.
    #[cfg_attr(not(feature = "callbacks"), expect(dead_code, reason = "for what is decrypted"))]
    place: Range<usize>,
    #[cfg_attr(not(feature = "callbacks"), expect(dead_code, reason = "for what is decrypted"))]
    is_encrypted: bool,
    ids: Ids,
    identity: Option<String>,
    /// Paths of what was passed over in the content when it was read.
    unread: RefCell<Vec<String>>,
}

/// The platform's ids, if they are in the body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ids {
    pub(super) event: Option<String>,
    pub(super) log: Option<String>,
}

impl Opened {
    pub(super) fn new(
        envelope: &'static CallbackEnvelope,
        mut scan: Scan,
    ) -> Result<Self, CallbackFault> {
        let event = scan.text(envelope.event)?;
        Ok(Self {
            envelope,
            event,
            version: envelope.version.and_then(|place| scan.text(place).ok()),
            ids: Ids {
                event: scan.optional(envelope.event_id),
                log: scan.optional(envelope.log_id),
            },
            identity: scan.identity(envelope.identity),
            content: scan.take_content(envelope.content)?,
            place: scan.place,
            is_encrypted: false,
            unread: RefCell::default(),
        })
    }

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
        // A place in a form has JSON text; the form itself has texts.
        let is_form = self.envelope.body == CallbackBody::Form && self.envelope.content.is_empty();
        let read = if is_form { json::read_form } else { json::read };
        let (content, unread) = read(&self.content).map_err(|error| self.fault(error))?;
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

    /// The platform's ids, if they are in the body.
    #[cfg(feature = "callbacks")]
    pub(super) fn ids(&self) -> &Ids {
        &self.ids
    }

    /// What identifies the event beside its content.
    #[cfg(feature = "callbacks")]
    pub(super) fn identity(&self) -> Option<&str> {
        self.identity.as_deref()
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
        // What stands in a form is not found at its place in the JSON that was made of it.
        match self.is_encrypted && self.envelope.body == CallbackBody::Json {
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

    /// The event of a body alone.
    pub(super) fn event_of<T>(self, content: T, body: &[u8]) -> Event<T> {
        let raw = Arc::new(RawCallback::of_body(body).with_ids(&self.ids));
        self.event(content, raw)
    }

    pub(super) fn event<T>(self, content: T, raw: Arc<RawCallback>) -> Event<T> {
        let unread = self.unread.into_inner();
        let (raw_content, identity) = (self.content, self.identity);
        Event { content, version: self.version, unread, raw_content, identity, raw }
    }

    /// The path, in the body, of what has a path inside the content.
    #[cold]
    fn path(&self, inside: &str) -> String {
        let content = self.envelope.content;
        let is_apart = !content.is_empty() && !inside.is_empty() && !inside.starts_with('[');
        format!("{content}{}{inside}", if is_apart { "." } else { "" })
    }

    #[cold]
    fn fault(&self, error: json::Error) -> CallbackFault {
        let (content, fault) = (self.content.as_bytes(), error.into_fault());
        let path = self.path(&fault.path(content));
        CallbackFault::of(path, fault, content)
    }
}
