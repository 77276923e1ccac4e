//! Calls that are the platform's own and that nobody could handle: each is handed, raw, to a hook of the user's.

use std::pin::Pin;
use std::sync::Arc;

use super::{BoxError, EventInfo, ReceiveError};
use crate::callback::{CallbackFault, Events, RawCallback};
use crate::error::{NAME, cut};

/// A call that the platform signed and that nobody could handle, see
/// [`Callbacks::on_dead_letter`](super::Callbacks::on_dead_letter).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DeadLetter {
    /// The call as it was received.
    pub call: Arc<RawCallback>,
    /// The name of the event, if the envelope could be read; cut where it is longer than 256 bytes.
    pub event: Option<String>,
    /// The kind of the event, if the spec knows its name and not its kind, see
    /// [`Callback::unknown_kind`](crate::callback::Callback::unknown_kind); cut likewise.
    pub kind: Option<String>,
    /// What is wrong with the body; `None` if nothing is, but nobody handles events of this kind.
    pub fault: Option<Arc<CallbackFault>>,
}

/// What becomes of a call after the hook for dead letters has seen it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadLetterAction {
    /// Refuse it: the platform calls again, for as long as it does, and the hook sees each call.
    Refuse,
    /// Acknowledge it: the platform does **not** call again, so what was stored is all that is left of the event. A kind
    /// of event whose acknowledgement needs an answer is refused all the same.
    Acknowledge,
}

type Decision = Pin<Box<dyn Future<Output = Result<DeadLetterAction, BoxError>> + Send>>;

/// Sees each dead letter, and decides what becomes of it.
pub(super) type Hook = Arc<dyn Fn(DeadLetter) -> Decision + Send + Sync>;

impl DeadLetter {
    /// The dead letter that an error leaves behind, if it does.
    pub(super) fn of<E: Events>(error: &ReceiveError) -> Option<Self> {
        match error {
            ReceiveError::Malformed { fault, call } => Some(Self {
                call: Arc::clone(call),
                event: E::ENVELOPE.event(&call.body).ok().map(|name| cut(name.into(), NAME)),
                kind: None,
                fault: Some(Arc::clone(fault)),
            }),
            ReceiveError::Unhandled { event, kind, call } => Some(Self {
                call: Arc::clone(call),
                event: Some(event.clone()),
                kind: kind.clone(),
                fault: None,
            }),
            _ => None,
        }
    }

    /// What an error says of it.
    pub(super) fn info(&self) -> EventInfo {
        let log_id = self.call.log_id().map(|id| cut(id.into(), NAME));
        EventInfo { name: self.event.clone(), identity: None, log_id }
    }
}
