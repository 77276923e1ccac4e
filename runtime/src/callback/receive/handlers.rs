//! A handler for each kind of event, and a decision on all others.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use super::{Acknowledgement, BoxError};
use crate::callback::{Callback, Event, Events};
use crate::validate::Settings;

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Handler<E> =
    Box<dyn Fn(Event<E>) -> BoxFuture<Result<Acknowledgement, BoxError>> + Send + Sync>;

/// What becomes of an event of a kind that has no handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unhandled {
    /// It is refused as [`ReceiveError::Unhandled`](super::ReceiveError::Unhandled), goes to the hook for dead letters, and the
    /// platform calls again.
    Refuse,
    /// It is acknowledged and lost, unless it asks for an answer, which nobody could give. For kinds that a program has no use for.
    Acknowledge,
}

/// Handlers by the kind of event, being collected: [`HandlersBuilder::unhandled`] finishes them.
#[must_use = "handlers are made by `unhandled`, which decides on all other kinds"]
pub struct HandlersBuilder<E> {
    handlers: BTreeMap<&'static str, Handler<E>>,
    settings: Settings,
}

/// A handler for each kind of event, and what becomes of the others. No kind is acknowledged by an oversight: a kind without a
/// handler, also one that a later version of the spec brings, is treated as [`Unhandled`] says, and there are no handlers without
/// that decision.
///
/// A handler is given the content of its kind and returns the answer that this kind asks for, `()` if none.
///
/// ```
/// # use std::sync::Arc;
/// # use apiscribe::Events;
/// # use apiscribe::callback::{Callback, CallbackVerifier, Callbacks};
/// use apiscribe::callback::{Handlers, Unhandled};
///
/// # fn set_up<E: Events + Send + 'static, Paid: Callback<Answer = (), Content: Send> + 'static>(verifier: CallbackVerifier) {
/// let handlers = Handlers::<E>::builder()
///     .on::<Paid, _>(|event| async move {
///         println!("paid, log id {:?}", event.log_id());
///         Ok(())
///     })
///     .unhandled(Unhandled::Refuse);
/// let callbacks = Callbacks::<E>::new(verifier);
/// let handler = handlers.into_handler(); // for `callbacks.router("/callbacks", handler)` or `callbacks.receive(request, handler)`
/// # drop((callbacks, handler));
/// # }
/// ```
///
/// Without the decision there is nothing to hand over:
///
/// ```compile_fail,E0599
/// # use apiscribe::Events;
/// # use apiscribe::callback::Handlers;
/// # fn set_up<E: Events + 'static>() {
/// let handler = Handlers::<E>::builder().into_handler();
/// # }
/// ```
pub struct Handlers<E> {
    handlers: BTreeMap<&'static str, Handler<E>>,
    unhandled: Unhandled,
    events: PhantomData<fn() -> E>,
}

impl<E: Events + 'static> Handlers<E> {
    /// No handlers yet.
    pub fn builder() -> HandlersBuilder<E> {
        HandlersBuilder { handlers: BTreeMap::new(), settings: Settings::new() }
    }

    /// Hands an event to the handler of its kind.
    ///
    /// # Errors
    ///
    /// Those of the handler, and an answer that breaks a documented rule.
    pub async fn handle(&self, event: Event<E>) -> Result<Acknowledgement, BoxError> {
        match (self.handlers.get(event.name()), self.unhandled) {
            (Some(handler), _) => handler(event).await,
            (None, Unhandled::Refuse) => Ok(Acknowledgement::unhandled()),
            (None, Unhandled::Acknowledge) => Ok(Acknowledgement::any()),
        }
    }

    /// The one handler that [`Callbacks::receive`](super::Callbacks::receive) and `Callbacks::router` take.
    pub fn into_handler(
        self,
    ) -> impl Fn(Event<E>) -> BoxFuture<Result<Acknowledgement, BoxError>> + Clone + Send + Sync
    where
        E: Send,
    {
        let handlers = Arc::new(self);
        move |event| {
            let handlers = Arc::clone(&handlers);
            Box::pin(async move { handlers.handle(event).await })
        }
    }
}

impl<E: Events + 'static> HandlersBuilder<E> {
    /// Rules of answers that need a [`Setting`](crate::validate::Setting) take it from these, for the handlers that follow.
    pub fn settings(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// Hands events of the kind `C` to this handler, which acknowledges them by its answer.
    ///
    /// # Panics
    ///
    /// If `C` has a handler already, or `E` has no events of this kind: one handler or the other would never be called.
    pub fn on<C, F>(
        mut self,
        handler: impl Fn(Event<C::Content>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        C: Callback,
        F: Future<Output = Result<C::Answer, BoxError>> + Send + 'static,
    {
        let is_known = E::KINDS.is_empty() || E::KINDS.iter().any(|kind| kind.event == C::EVENT);
        assert!(is_known, "no events `{}` come in this envelope", C::EVENT);
        let settings = Arc::new(self.settings.clone());
        let typed: Handler<E> = Box::new(move |event| {
            let settings = Arc::clone(&settings);
            let handled = event.read_again::<C>().map(&handler);
            Box::pin(async move {
                let answer = handled?.await?;
                Ok(Acknowledgement::with_settings::<C>(&answer, &settings)?)
            })
        });
        let former = self.handlers.insert(C::EVENT, typed);
        assert!(former.is_none(), "the event `{}` has two handlers", C::EVENT);
        self
    }

    /// Decides on the kinds without a handler, and finishes.
    pub fn unhandled(self, unhandled: Unhandled) -> Handlers<E> {
        Handlers { handlers: self.handlers, unhandled, events: PhantomData }
    }
}

impl<E> fmt::Debug for HandlersBuilder<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandlersBuilder")
            .field("events", &self.handlers.keys())
            .finish_non_exhaustive()
    }
}

impl<E> fmt::Debug for Handlers<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handlers")
            .field("events", &self.handlers.keys())
            .field("unhandled", &self.unhandled)
            .finish()
    }
}
