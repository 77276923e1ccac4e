//! What a handler says in, the body that the platform is answered with out.

use std::sync::Arc;

use super::once::Failed;
use super::{BoxError, EventInfo, ReceiveError};
use crate::callback::{Callback, CallbackMeta, Event, Events, RawCallback};
use crate::error::{NAME, cut};
use crate::scheme::CallbackScheme;
use crate::validate::{Settings, Violations};

/// What a handler says of an event: that it has handled it, so that the platform need not call again; or, by
/// [`Acknowledgement::unhandled`], that it does not handle events of this kind.
///
/// An enum of events gets a new variant with each kind that the platform adds, so a `match` on it needs an arm `_`.
/// Let that arm be [`Acknowledgement::unhandled`], and name the kind in each of the others: then no event is
/// acknowledged that nobody handled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Any,
    Of { event: &'static str, body: Vec<u8> },
    Unhandled,
}

impl Acknowledgement {
    /// An event of the kind `C`, which asks for no answer, has been handled. Of an event of another kind it is an error:
    /// the call is refused, and the platform calls again.
    pub fn of<C: Callback<Answer = ()>>() -> Self {
        Self(Kind::Of { event: C::EVENT, body: C::ACKNOWLEDGEMENT.into() })
    }

    /// The same with the answer that events of the kind `C` ask for.
    ///
    /// # Errors
    ///
    /// Every violation of a documented rule. Where a rule needs a [`Setting`](crate::validate::Setting), call
    /// [`Acknowledgement::with_settings`].
    pub fn with<C: Callback>(answer: &C::Answer) -> Result<Self, Violations> {
        Self::with_settings::<C>(answer, &Settings::new())
    }

    /// As [`Acknowledgement::with`]; rules that need a [`Setting`](crate::validate::Setting) take it from `settings`.
    ///
    /// # Errors
    ///
    /// Every violation of a documented rule.
    pub fn with_settings<C: Callback>(
        answer: &C::Answer,
        settings: &Settings,
    ) -> Result<Self, Violations> {
        let body = C::acknowledge_with(answer, settings)?;
        Ok(Self(Kind::Of { event: C::EVENT, body }))
    }

    /// The event has been handled, **whatever its kind**: for a handler that stores every event and leaves the kinds to
    /// others. In the arm `_` of a `match` it would lose the events of every kind that is not listed.
    ///
    /// Of an event that asks for an answer it is an error: the call is refused, and the platform calls again.
    pub const fn any() -> Self {
        Self(Kind::Any)
    }

    /// Nobody handles events of this kind here: not acknowledged, but refused as [`ReceiveError::Unhandled`], which
    /// `on_error` and the hook for dead letters learn of. The platform calls again, for as long as it does.
    pub const fn unhandled() -> Self {
        Self(Kind::Unhandled)
    }

    /// The body, if it is what the event asks for.
    pub(super) fn into_body(self, due: &Due) -> Result<Vec<u8>, ReceiveError> {
        match (self.0, due.meta) {
            (Kind::Unhandled, _) => Err(due.unhandled()),
            (Kind::Any, meta) => body_of(due.scheme, meta.as_ref()),
            (Kind::Of { event, body }, Some(meta)) if event == meta.event => Ok(body),
            (Kind::Of { event, .. }, _) => {
                Err(ReceiveError::OtherAnswer { event: due.event.clone(), answer: event })
            }
        }
    }
}

/// What an event is acknowledged with that asks for no answer.
pub(super) fn body_of(
    scheme: &CallbackScheme,
    meta: Option<&CallbackMeta>,
) -> Result<Vec<u8>, ReceiveError> {
    match meta {
        None => Ok(scheme.success.into()),
        Some(meta) if !meta.answers => Ok(meta.acknowledgement.into()),
        Some(meta) => Err(ReceiveError::NoAnswer { event: meta.event }),
    }
}

/// What an event asks for.
pub(super) struct Due {
    scheme: &'static CallbackScheme,
    /// Its name, cut: the whole one is in `call`.
    event: String,
    /// Its kind, cut likewise, if the documents list its name and not its kind.
    unknown_kind: Option<String>,
    identity: Option<String>,
    meta: Option<CallbackMeta>,
    call: Arc<RawCallback>,
}

impl Due {
    pub(super) fn of<E: Events>(scheme: &'static CallbackScheme, event: &Event<E>) -> Self {
        let call = Arc::clone(&event.raw);
        let name = cut(event.content.name().into(), NAME);
        let identity = event.identity().map(|identity| cut(identity.into(), NAME));
        let unknown_kind = event.content.unknown_kind().map(|kind| cut(kind.into(), NAME));
        Self { scheme, event: name, unknown_kind, identity, meta: event.content.meta(), call }
    }

    /// Whether the documents list events of this kind.
    pub(super) fn is_documented(&self) -> bool {
        self.meta.is_some() && self.unknown_kind.is_none()
    }

    /// What an error says of the event.
    pub(super) fn info(&self) -> Box<EventInfo> {
        let log_id = self.call.log_id().map(|id| cut(id.into(), NAME));
        Box::new(EventInfo {
            name: Some(self.event.clone()),
            identity: self.identity.clone(),
            log_id,
        })
    }

    /// The handler failed, or panicked.
    pub(super) fn failed(&self, failed: Failed) -> ReceiveError {
        match failed {
            Failed::With(error) => ReceiveError::Handler { error, event: self.info() },
            Failed::Panicked => ReceiveError::Panicked { event: Some(self.info()) },
        }
    }

    /// The store failed, or panicked, before there was a handler.
    pub(super) fn not_claimed(&self, failed: Failed) -> ReceiveError {
        match failed {
            Failed::With(error) => self.store_failed(error),
            Failed::Panicked => self.failed(failed),
        }
    }

    pub(super) fn store_failed(&self, error: BoxError) -> ReceiveError {
        ReceiveError::Store { error, event: self.info() }
    }

    fn unhandled(&self) -> ReceiveError {
        let (event, call) = (self.event.clone(), Arc::clone(&self.call));
        ReceiveError::Unhandled { event, kind: self.unknown_kind.clone(), call }
    }
}
