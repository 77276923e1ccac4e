//! All events that come in one envelope, as one enum: a server that takes them at one address matches on it.

use super::{Callback, CallbackEnvelope, CallbackFault, Event, Opened, Undelivered};

/// An enum of events, a variant for each kind and one that keeps any other. The derive of the same name implements it.
pub trait Events: Sized {
    /// The object around the content.
    const ENVELOPE: &'static CallbackEnvelope;

    /// What the documents say of each kind of event that has a variant.
    const KINDS: &'static [CallbackMeta] = &[];

    /// Reads the content of the event that the envelope names. For derived code.
    ///
    /// # Errors
    ///
    /// When the content is not the documented JSON.
    #[doc(hidden)]
    fn read(opened: &Opened) -> Result<Self, CallbackFault>;

    /// The event's name on the wire.
    fn name(&self) -> &str;

    /// What tells the event from others of its kind, see [`Callback::identity`]; `None` for an unknown event also.
    /// [`Event::identity`] is what the envelope names as well.
    ///
    /// Two kinds of events may have the same text, so keep it together with [`Events::name`].
    fn identity(&self) -> Option<String>;

    /// The kind of an event of a documented name that is not documented, see [`Callback::unknown_kind`].
    fn unknown_kind(&self) -> Option<&str> {
        None
    }

    /// How the event is to be answered; `None` for an unknown event, of which nothing is documented.
    fn meta(&self) -> Option<CallbackMeta> {
        Self::KINDS.iter().find(|kind| kind.event == self.name()).copied()
    }

    /// Reads the body of a call, the envelope once and then the content of the event that it names. An event without
    /// a variant of its own is kept as an [`UnknownEvent`].
    ///
    /// Whether the call is the platform's own is **not** checked here, see [`Callback`].
    ///
    /// # Errors
    ///
    /// When the body is not the documented JSON.
    fn parse(body: &[u8]) -> Result<Event<Self>, CallbackFault> {
        let opened = Self::ENVELOPE.open(body)?;
        let content = Self::read(&opened)?;
        Ok(opened.event_of(content, body))
    }
}

/// An event that the documents do not list, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// Its name on the wire.
    pub event: String,
    /// Version of the call's format, as `3.0`, if it says.
    pub version: Option<String>,
    /// What it tells: the text in the envelope, which need not be JSON, or the whole body.
    pub content: String,
}

/// What the documents say of a kind of call, besides its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallbackMeta {
    /// The event's name on the wire.
    pub event: &'static str,
    /// The body to answer with, see [`Callback::ACKNOWLEDGEMENT`].
    pub acknowledgement: &'static str,
    /// Whether an answer must be put into it, see [`Callback::acknowledge`].
    pub answers: bool,
    /// Seconds before each further call while there is no such answer.
    pub retry_after: &'static [u64],
    /// Seconds after the first call until which the last of these pauses repeats, `u64::MAX` if without end; `None` if each
    /// is made once.
    pub repeats_until: Option<u64>,
    /// How many calls are made in all; `None` if the documents do not say.
    pub attempts: Option<u32>,
    /// What the platform takes an event for that was never acknowledged; `None` if the documents do not say.
    pub undelivered: Option<Undelivered>,
}

impl CallbackMeta {
    /// What the documents say of the calls of kind `C`.
    pub const fn of<C: Callback>() -> Self {
        Self {
            event: C::EVENT,
            acknowledgement: C::ACKNOWLEDGEMENT,
            answers: size_of::<C::Answer>() > 0,
            retry_after: C::RETRY_AFTER,
            repeats_until: C::REPEATS_UNTIL,
            attempts: C::ATTEMPTS,
            undelivered: C::UNDELIVERED,
        }
    }

    /// Seconds before each further call, to the end of the documented ones: the pauses, and then the last of them for as long
    /// as it repeats, which may be without end. What [`CallbackMeta::attempts`] says is not counted in.
    pub fn pauses(&self) -> impl Iterator<Item = u64> + use<> {
        let Self { retry_after, repeats_until, .. } = *self;
        let spent: u64 = retry_after.iter().fold(0, |sum, pause| sum.saturating_add(*pause));
        let last = retry_after.last().copied().filter(|pause| *pause > 0);
        let left = repeats_until.unwrap_or_default().saturating_sub(spent);
        let again = last.map_or(0, |pause| left.checked_div(pause).unwrap_or_default());
        let repeated = std::iter::repeat_n(last, usize::try_from(again).unwrap_or(usize::MAX));
        retry_after.iter().copied().chain(repeated.flatten())
    }
}
