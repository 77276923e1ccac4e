//! The object around what a call by the platform tells: where its parts are.

use std::borrow::Cow;

#[cfg(feature = "callbacks")]
use serde_json::Map;
use serde_json::Value;

use super::scan::Scan;
use super::{CallbackFault, Opened, form};

/// Where the parts of a call stand in its body. Places are paths of keys from the top of the body, as `type` or `event.type`;
/// they lead through objects, not through JSON text.
///
/// ```
/// use apiscribe::callback::CallbackEnvelope;
///
/// // {"type":"payment","version":"3.0","msg":"{\"order_id\":\"o1\"}"}
/// const TRADE: CallbackEnvelope =
///     CallbackEnvelope::new("trade", "type").version("version").content("msg").answer("data");
/// // {"event_id":"Ev1","team_id":"T1","event":{"type":"message","text":"Hi"}}
/// const PUSH: CallbackEnvelope = CallbackEnvelope::new("push", "event.type")
///     .content("event")
///     .event_id("event_id")
///     .identity(&["event_id"]);
/// // command=%2Fdeploy&text=now
/// const COMMAND: CallbackEnvelope = CallbackEnvelope::new("command", "command").form();
/// // payload=%7B%22type%22%3A%22click%22%7D
/// const CLICK: CallbackEnvelope = CallbackEnvelope::new("click", "type").form_field("payload");
/// ```
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallbackEnvelope {
    /// Name in the spec.
    pub name: &'static str,
    /// Place of the event's name.
    pub event: &'static str,
    /// Place of the format's version.
    pub version: Option<&'static str>,
    /// Place of the content, JSON text or an object or list as it is; empty if it is the whole body.
    pub content: &'static str,
    /// Key that an answer goes under in the acknowledgement's object. `None` if an answer is the whole acknowledgement.
    pub answer: Option<&'static str>,
    /// Place of the platform's id of the event.
    pub event_id: Option<&'static str>,
    /// Place of the platform's id of the call, which its support asks for.
    pub log_id: Option<&'static str>,
    /// Places that together identify an event whose callback has no [`Callback::identity`](super::Callback::identity).
    pub identity: &'static [&'static str],
    /// How the body is written.
    pub body: CallbackBody,
}

/// How the body of a call is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackBody {
    /// As JSON.
    Json,
    /// As a form, `application/x-www-form-urlencoded`: an object of strings, or of lists of them where a name comes several times.
    /// Where the content has a list, a name that comes once is a list of one.
    Form,
    /// As a form that has a JSON text in the field of this name; the other fields are passed over.
    FormField(&'static str),
}

impl CallbackEnvelope {
    /// The content is the whole body, and the event's name is at `event`.
    pub const fn new(name: &'static str, event: &'static str) -> Self {
        Self {
            name,
            event,
            version: None,
            content: "",
            answer: None,
            event_id: None,
            log_id: None,
            identity: &[],
            body: CallbackBody::Json,
        }
    }

    /// With the place of the format's version.
    pub const fn version(mut self, place: &'static str) -> Self {
        self.version = Some(place);
        self
    }

    /// With content inside the body.
    pub const fn content(mut self, place: &'static str) -> Self {
        self.content = place;
        self
    }

    /// With a key for answers in the acknowledgement's object.
    pub const fn answer(mut self, key: &'static str) -> Self {
        self.answer = Some(key);
        self
    }

    /// With the place of the event's id.
    pub const fn event_id(mut self, place: &'static str) -> Self {
        self.event_id = Some(place);
        self
    }

    /// With the place of the call's id.
    pub const fn log_id(mut self, place: &'static str) -> Self {
        self.log_id = Some(place);
        self
    }

    /// With places of text or numbers that together identify an event.
    pub const fn identity(mut self, places: &'static [&'static str]) -> Self {
        self.identity = places;
        self
    }

    /// With a body that is a form.
    pub const fn form(mut self) -> Self {
        self.body = CallbackBody::Form;
        self
    }

    /// With a body that is a form with JSON in one of its fields, in which all places are.
    pub const fn form_field(mut self, name: &'static str) -> Self {
        self.body = CallbackBody::FormField(name);
        self
    }

    /// The name of the event that a body reports. A server that takes all events at one address reads them by the
    /// enum of them, see [`Events`](super::Events).
    ///
    /// # Errors
    ///
    /// When the body is not JSON, or as the envelope says, or names no event.
    pub fn event(&self, body: &[u8]) -> Result<String, CallbackFault> {
        Scan::of(self, &self.json(body)?)?.text(self.event)
    }

    pub(super) fn open(&'static self, body: &[u8]) -> Result<Opened, CallbackFault> {
        Opened::new(self, Scan::of(self, &self.json(body)?)?)
    }

    /// The body as JSON.
    fn json<'b>(&self, body: &'b [u8]) -> Result<Cow<'b, [u8]>, CallbackFault> {
        match self.body {
            CallbackBody::Json => Ok(Cow::Borrowed(body)),
            CallbackBody::Form => {
                Ok(Value::Object(form::fields(body)).to_string().into_bytes().into())
            }
            CallbackBody::FormField(key) => match form::field(body, key) {
                Some(json) => Ok(json.into_bytes().into()),
                None => Err(CallbackFault::Missing { key }),
            },
        }
    }

    /// The fields of a body that is a form.
    #[cfg(feature = "callbacks")]
    pub(super) fn form_fields(&self, body: &[u8]) -> Option<Map<String, Value>> {
        (self.body != CallbackBody::Json).then(|| form::fields(body))
    }

    /// The places of texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &'static str> {
        let ids = self.version.into_iter().chain(self.event_id).chain(self.log_id);
        [self.event].into_iter().chain(ids).chain(self.identity.iter().copied())
    }
}
