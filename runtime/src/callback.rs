//! A call that the platform makes to the developer's server: its body in, what it tells out.

use std::fmt;
use std::ops::Deref;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::fault::{Fault, without_bom};

/// One kind of call by the platform. Implemented on a marker type: `SettleResult::parse(body)`.
///
/// Whether the call is the platform's own is **not** checked here: check its signature on the raw bytes of the body
/// before you believe it. A later release will do that.
pub trait Callback {
    /// What the call tells.
    type Content: DeserializeOwned;

    /// Name of the event on the wire.
    const EVENT: &'static str;

    /// The object around the content.
    const ENVELOPE: &'static CallbackEnvelope;

    /// The body to answer with, under HTTP status 200, so that the platform does not call again.
    const ACKNOWLEDGEMENT: &'static str;

    /// Seconds before each further call while there is no such answer.
    const RETRY_AFTER: &'static [u64] = &[];

    /// How many calls are made in all; `None` if the documents do not say.
    const ATTEMPTS: Option<u32> = None;

    /// Reads the body of a call.
    ///
    /// # Errors
    ///
    /// When the body is not the documented JSON, or tells of another event.
    fn parse(body: &[u8]) -> Result<Event<Self::Content>, CallbackFault> {
        let opened = Self::ENVELOPE.open(Self::EVENT, body)?;
        match serde_json::from_slice(opened.content.as_bytes()) {
            Ok(content) => Ok(Event { content, version: opened.version }),
            Err(error) => Err(opened.fault(Self::ENVELOPE, error)),
        }
    }
}

/// What a call by the platform tells. Derefs to its content.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    pub content: T,
    /// Version of the call's format, as `3.0`, if it says.
    pub version: Option<String>,
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}

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
}

impl CallbackEnvelope {
    /// The name of the event that a body tells of, for a server that takes all events at one address.
    ///
    /// # Errors
    ///
    /// When the body is not JSON, or names no event.
    pub fn event(&self, body: &[u8]) -> Result<String, CallbackFault> {
        text(&mut self.read(body)?, self.event)
    }

    fn open(&self, event: &'static str, body: &[u8]) -> Result<Opened, CallbackFault> {
        let mut object = self.read(body)?;
        let found = text(&mut object, self.event)?;
        if found != event {
            return Err(CallbackFault::OtherEvent { expected: event, found });
        }
        let version = self.version.and_then(|key| text(&mut object, key).ok());
        Ok(Opened { content: text(&mut object, self.content)?, version })
    }

    fn read(&self, body: &[u8]) -> Result<Map<String, Value>, CallbackFault> {
        let body = without_bom(body);
        serde_json::from_slice(body).map_err(|error| CallbackFault::Json {
            path: Fault::of(body, &error).path(body),
            error,
        })
    }
}

struct Opened {
    content: String,
    version: Option<String>,
}

impl Opened {
    #[cold]
    fn fault(&self, envelope: &CallbackEnvelope, error: serde_json::Error) -> CallbackFault {
        let content = self.content.as_bytes();
        let inside = Fault::of(content, &error).path(content);
        let dot = if inside.is_empty() || inside.starts_with('[') { "" } else { "." };
        CallbackFault::Json { path: format!("{}{dot}{inside}", envelope.content), error }
    }
}

fn text(object: &mut Map<String, Value>, key: &'static str) -> Result<String, CallbackFault> {
    match object.remove(key) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(CallbackFault::NotText { key }),
        None => Err(CallbackFault::Missing { key }),
    }
}

/// What is wrong with the body of a call by the platform. Do not acknowledge it: the platform calls again.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallbackFault {
    /// Not JSON, or a value of another type than documented.
    Json {
        /// The value at fault, as `msg.settle_amount`; empty if it is the whole body.
        path: String,
        /// What is wrong, with line and column in the body, or in the text inside it.
        error: serde_json::Error,
    },
    /// A key of the envelope is missing.
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A key of the envelope holds something else than text.
    NotText {
        /// The key.
        key: &'static str,
    },
    /// The body tells of another event.
    OtherEvent {
        /// The event asked for.
        expected: &'static str,
        /// The event that it is.
        found: String,
    },
}

impl fmt::Display for CallbackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json { path, error } if path.is_empty() => {
                write!(f, "the body is not JSON: {error}")
            }
            Self::Json { path, error } => write!(f, "{path}: {error}"),
            Self::Missing { key } => write!(f, "`{key}` is missing from the body"),
            Self::NotText { key } => write!(f, "{key}: expected text"),
            Self::OtherEvent { expected, found } => {
                // Whoever sent it is not known yet: no line break of theirs reaches a log, nor a long text.
                let found: String = found.chars().take(60).flat_map(char::escape_debug).collect();
                write!(
                    f,
                    "the event is `{found}`, not `{expected}`; choose the parser by the event's name"
                )
            }
        }
    }
}

impl std::error::Error for CallbackFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Json { error, .. } => Some(error),
            _ => None,
        }
    }
}
