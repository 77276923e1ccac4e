//! A call that the platform makes to the developer's server: its body in, what it tells out, and the body to answer with.
//!
//! A [`Callback`] is one kind of event, [`Events`] all of an envelope, [`Event`] one that was read. With the feature
//! `callbacks`, `Callbacks` receives them: verified by a `CallbackVerifier`, each event once by an `EventStore`, and answered by
//! an `Acknowledgement`.

mod raw;
mod envelope;
mod form;
mod scan;
mod opened;
mod events;
mod acknowledge;
mod delivery;
mod fault;
#[cfg(feature = "callbacks")]
mod receive;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::json;
use crate::validate::{Settings, Validate, Violations};

pub use self::delivery::Undelivered;
pub use self::envelope::{CallbackBody, CallbackEnvelope};
pub use self::events::{CallbackMeta, Events, UnknownEvent};
pub use self::fault::CallbackFault;
#[doc(hidden)]
pub use self::opened::Opened;
pub use self::raw::RawCallback;
#[cfg(feature = "callbacks")]
pub use self::receive::*;
/// The version of axum that the router and the extractor are for.
#[cfg(feature = "axum")]
pub use ::axum;

/// One kind of call by the platform. Implemented on a marker type: `OrderPaid::parse(body)`.
///
/// Whether the call is the platform's own is **not** checked here: check its signature on the raw bytes of the body
/// before you believe it.
pub trait Callback {
    /// What the call tells.
    type Content: DeserializeOwned;

    /// What the acknowledgement tells back; `()` if it tells nothing.
    type Answer: Serialize + Validate;

    /// Name of the event on the wire.
    const EVENT: &'static str;

    /// The object around the content.
    const ENVELOPE: &'static CallbackEnvelope;

    /// The body to answer with, under HTTP status 200, so that the platform does not call again. Where there is an
    /// answer it goes in here, see [`Callback::acknowledge`]; empty where the answer is all of it.
    const ACKNOWLEDGEMENT: &'static str;

    /// Seconds before each further call while there is no such answer.
    const RETRY_AFTER: &'static [u64] = &[];

    /// Seconds after the first call until which the last of these pauses repeats, `u64::MAX` if without end; `None` if each
    /// is made once.
    const REPEATS_UNTIL: Option<u64> = None;

    /// How many calls are made in all; `None` if the documents do not say.
    const ATTEMPTS: Option<u32> = None;

    /// What the platform takes an event for that was never acknowledged; `None` if the documents do not say.
    const UNDELIVERED: Option<Undelivered> = None;

    /// Reads the body of a call.
    ///
    /// # Errors
    ///
    /// When the body is not the documented JSON, or reports another event.
    fn parse(body: &[u8]) -> Result<Event<Self::Content>, CallbackFault> {
        let opened = Self::ENVELOPE.open(body)?;
        opened.expect(Self::EVENT)?;
        let content = opened.read()?;
        Ok(opened.event_of(content, body))
    }

    /// What tells one event of this kind from another: the same text if, and only if, the platform tells the same
    /// thing again. `None` if the documents do not say what that is.
    ///
    /// Two kinds of events may have the same text, so keep it together with [`Callback::EVENT`].
    fn identity(_: &Self::Content) -> Option<String> {
        None
    }

    /// The kind of an event that the documents do not list although they list events of its name: its content, or an
    /// essential field of that, is a union whose kind is unknown. The kind may be an empty text. `None` if all is documented.
    fn unknown_kind(_: &Self::Content) -> Option<&str> {
        None
    }

    /// The body to answer with, under HTTP status 200: [`Callback::ACKNOWLEDGEMENT`], and the answer in it under the
    /// envelope's key for it. If the envelope has no such key, the answer is the body.
    ///
    /// # Errors
    ///
    /// Every violation of a documented rule. Where a rule needs a [`Setting`](crate::validate::Setting), or a limit has been
    /// lifted, call [`Callback::acknowledge_with`].
    ///
    /// # Panics
    ///
    /// If a `Serialize` written by hand fails.
    fn acknowledge(answer: &Self::Answer) -> Result<Vec<u8>, Violations> {
        Self::acknowledge_with(answer, &Settings::new())
    }

    /// As [`Callback::acknowledge`]; rules that need a [`Setting`](crate::validate::Setting) take it from `settings`.
    ///
    /// # Errors
    ///
    /// Every violation of a documented rule.
    ///
    /// # Panics
    ///
    /// If a `Serialize` written by hand fails.
    fn acknowledge_with(answer: &Self::Answer, settings: &Settings) -> Result<Vec<u8>, Violations> {
        const {
            assert!(
                size_of::<Self::Answer>() == 0
                    || acknowledge::has_room(Self::ENVELOPE, Self::ACKNOWLEDGEMENT),
                "an answer needs an acknowledgement that is an object for the envelope's key, or an empty one if there is no key",
            );
        }
        answer.validate_with(settings)?;
        if size_of::<Self::Answer>() == 0 {
            return Ok(Self::ACKNOWLEDGEMENT.as_bytes().to_vec());
        }
        let answer = json::to_string(answer).expect("answers are objects with text for keys");
        Ok(acknowledge::put(Self::ENVELOPE, Self::ACKNOWLEDGEMENT, &answer))
    }
}

/// What a call by the platform reports. Derefs to its content.
///
/// Its own parts are methods, so that a field is always one of the content.
///
/// What the spec does not know stays accessible: the content as JSON ([`Event::raw_content`]), and the whole call
/// ([`Event::raw`]).
#[derive(Clone, PartialEq)]
pub struct Event<T> {
    content: T,
    version: Option<String>,
    unread: Vec<String>,
    raw_content: String,
    /// What identifies it beside the content.
    identity: Option<String>,
    raw: Arc<RawCallback>,
}

impl<T> Event<T> {
    /// The content, which the event derefs to.
    pub fn content(&self) -> &T {
        &self.content
    }

    /// The content alone, by value.
    pub fn into_content(self) -> T {
        self.content
    }

    /// Version of the call's format, as `3.0`, if it says.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Paths of values, as `msg.reason`, that came and are not what the documents say: the fields are empty, as
    /// if they had not come. Never of what is essential, without which there is no event.
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// The content as it was sent: the text in the envelope, or the whole body; JSON for every documented kind of event.
    pub fn raw_content(&self) -> &str {
        &self.raw_content
    }

    /// The call as it was received: the bytes of its body, and the platform's headers.
    pub fn raw(&self) -> &RawCallback {
        &self.raw
    }

    /// The platform's id of the call, which its support asks for: that of the body, or else that of a header, see
    /// [`RawCallback::log_id`].
    pub fn log_id(&self) -> Option<&str> {
        self.raw.log_id()
    }

    /// The platform's id of the event: that of the body, or else that of a header, see [`RawCallback::event_id`].
    pub fn event_id(&self) -> Option<&str> {
        self.raw.event_id()
    }
}

impl<E: Events> Event<E> {
    /// What identifies the event among those of its name: [`Events::identity`], or else what the envelope names outside the
    /// content. `None` if the documents name neither, or the body lacks it: [`Callbacks`] then takes the
    /// whole body.
    ///
    /// Two kinds of events may have the same text, so keep it together with [`Events::name`].
    pub fn identity(&self) -> Option<String> {
        identity_of(&self.content, self.identity.as_deref())
    }

    /// The same event with the content of its kind, read once more.
    #[cfg(feature = "callbacks")]
    fn read_again<C: Callback>(self) -> Result<Event<C::Content>, CallbackFault> {
        let is_form = E::ENVELOPE.body == CallbackBody::Form && E::ENVELOPE.content.is_empty();
        let read = if is_form { json::read_form } else { json::read };
        let (content, _) = read(&self.raw_content).map_err(|error| {
            let (text, fault) = (self.raw_content.as_bytes(), error.into_fault());
            CallbackFault::of(fault.path(text), fault, text)
        })?;
        let Self { version, unread, raw_content, identity, raw, .. } = self;
        Ok(Event { content, version, unread, raw_content, identity, raw })
    }
}

impl<T: fmt::Debug> fmt::Debug for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("content", &self.content)
            .field("version", &self.version)
            .field("unread", &self.unread)
            .field("raw", &self.raw)
            .finish_non_exhaustive()
    }
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}

/// The values of the fields that tell an event, as the text of a JSON array. For generated code: `values` is a tuple.
#[doc(hidden)]
pub fn identity(values: &impl Serialize) -> Option<String> {
    json::to_string(values).ok().filter(|identity| tells_apart(identity))
}

/// What identifies an event: its content, or what the envelope names `beside` it.
fn identity_of(content: &impl Events, beside: Option<&str>) -> Option<String> {
    let own = content.identity().filter(|identity| tells_apart(identity));
    own.or_else(|| beside.map(str::to_owned))
}

/// Whether an identity is whole, be it a text or that of a JSON array. What is not Unicode is read as U+FFFD, so that two of them could
/// look alike; those of which a part is blank do.
fn tells_apart(identity: &str) -> bool {
    let has_blank = || match serde_json::from_str(identity) {
        Ok(Value::Array(parts)) => parts.is_empty() || parts.iter().any(is_blank),
        Ok(value) => is_blank(&value),
        Err(_) => identity.trim().is_empty(),
    };
    let is_unclear = || identity.contains(char::REPLACEMENT_CHARACTER) || has_blank();
    has_no_gap(identity.as_bytes()) || !is_unclear()
}

/// Whether nothing in it could be blank or no Unicode, at a glance: no white space or escape, nothing beside ASCII, and nothing that
/// starts as `""`, `[]` or `null` do. Without a way out of a loop, of which the compiler makes less.
fn has_no_gap(identity: &[u8]) -> bool {
    let Some((first, rest)) = identity.split_first() else { return false };
    let is_odd = |byte: &u8| !byte.is_ascii_graphic() | (*byte == b'\\');
    let is_gap = |before: u8, byte: u8| {
        (before == b'"') & (byte == b'"')
            | (before == b'[') & (byte == b']')
            | ((before == b'[') | (before == b',')) & (byte == b'n')
    };
    let odd = identity.iter().fold(false, |odd, byte| odd | is_odd(byte));
    let gap =
        identity.iter().zip(rest).fold(false, |gap, (before, byte)| gap | is_gap(*before, *byte));
    *first != b'n' && !odd && !gap
}

fn is_blank(part: &Value) -> bool {
    match part {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}
