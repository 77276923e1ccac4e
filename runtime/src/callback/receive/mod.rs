//! An HTTP request by the platform in, each event handed over once, the HTTP response out. No framework is needed.
//!
//! In this order: size, headers, signature over the raw bytes, time, parsing, the store of events, and only then the
//! handler. It is written against `http` and the standard library: no runtime, no framework. `axum` is one module on
//! top, which reads the body within its limits and runs the rest in a task of its own, because a server drops the
//! future of a request whose caller hangs up.
//!
//! A verified call that cannot be read, or is of a kind that nobody handles, is a dead letter: it goes to the user's
//! hook raw, and the hook decides whether it is acknowledged. An event whose handler failed is not one, because the
//! platform calls again. Types see to it that an arm `_` swallows no event: an acknowledgement names its kind
//! (`Acknowledgement::of`), and only `any` does not.
//!
//! An event is identified by its name and its identity: fields of the content, or else places that the envelope
//! names, or else the whole body. The two possible mistakes are not equal: an event taken for another is lost; a
//! repeat taken for an event is a second call of a handler.
//!
//! Each event is handed over once, as far as that is possible. A claim with a lease and a token of its own is taken
//! before the handler and completed with the very acknowledgement after it, so that a repeat gets the same response.
//! A handler that fails, panics or is dropped returns the claim; one that dies leaves it to the lease. No store can
//! help if a process ends between the handler's last write and `complete`: where that matters, the handler writes
//! under the event's identity in the same transaction.

mod verifier;
mod acknowledgement;
mod store;
mod memory;
mod once;
mod dead_letter;
mod handlers;
mod fault;

#[cfg(feature = "axum")]
mod axum;

use std::fmt;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{Request, Response, StatusCode};

pub use self::acknowledgement::Acknowledgement;
#[cfg(feature = "axum")]
pub use self::axum::{InFlight, Refused, VerifiedEvent};
pub use self::dead_letter::{DeadLetter, DeadLetterAction};
pub use self::fault::{EventInfo, ReceiveError};
pub use self::handlers::{Handlers, HandlersBuilder, Unhandled};
pub use self::memory::MemoryEvents;
pub use self::store::{Claim, Claimed, EventStore};
pub use self::verifier::CallbackVerifier;

use self::acknowledgement::{Due, body_of};
use self::dead_letter::Hook;
use self::once::{Guard, catch};
use self::verifier::Verified;
use super::{Event, Events};

/// An error of the caller's own.
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Receives the platform's calls, which report the events `E`, and hands each event over once.
///
/// Platforms call again until they learn that the event has been handled, for hours or days. Here an event is known by its
/// name and by the fields that the documents say identify it ([`Event::identity`]). A second call of the same identity and
/// other content counts as a repeat. Where the documents name no such fields, the SHA-256 of the whole body takes their place,
/// with encrypted content decrypted, so that no event is taken for another. A platform that changes the body when it repeats a
/// call, by a counter of attempts for example, then has the event handed over once more: let the spec name the `identity`.
/// Headers never count.
///
/// What has been handled is answered as before, without the handler; what is being handled, by status 409; what failed is
/// handed over again.
///
/// Nothing is acknowledged that nobody handled. An event of a kind that the spec does not know, be it by its name or by that of a
/// union that is its content ([`Callback::unknown_kind`](crate::callback::Callback::unknown_kind)), is refused (see
/// [`Callbacks::accept_unknown`]), as is one that the handler calls [`Acknowledgement::unhandled`], and a call that the
/// platform signed and that cannot be read. Each of these goes to the hook for dead letters first
/// ([`Callbacks::on_dead_letter`]).
///
/// ```
/// # async fn receive<E: apiscribe::Events>(
/// #     verifier: apiscribe::callback::CallbackVerifier,
/// #     request: http::Request<Vec<u8>>,
/// # ) -> http::Response<Vec<u8>> {
/// use std::convert::Infallible;
///
/// use apiscribe::callback::{Acknowledgement, Callbacks};
///
/// let callbacks = Callbacks::<E>::new(verifier).on_error(|error| eprintln!("{error}"));
/// callbacks
///     .receive(request, async |event| {
///         println!("{} happened, log id {:?}", event.name(), event.log_id());
///         // What was just printed is all that this program does with any event.
///         Ok::<_, Infallible>(Acknowledgement::any())
///     })
///     .await
/// # }
/// ```
pub struct Callbacks<E, S = MemoryEvents> {
    verifier: CallbackVerifier,
    store: S,
    lease: Duration,
    accept_unknown: bool,
    on_dead_letter: Option<Hook>,
    on_error: Arc<dyn Fn(&ReceiveError) + Send + Sync>,
    #[cfg(feature = "axum")]
    calls: self::axum::Calls,
    events: PhantomData<fn() -> E>,
}

/// A hundred years: no store has to reckon with a longer time.
const LONGEST_LEASE: Duration = Duration::from_secs(100 * 366 * 24 * 3600);

impl<E: Events> Callbacks<E> {
    /// Believes what is signed with the platform's key, keeps what has been handled in this process's memory, and gives
    /// a handler 5 minutes.
    pub fn new(verifier: CallbackVerifier) -> Self {
        Self::with_store(verifier, MemoryEvents::new())
    }
}

/// Setting up.
impl<E: Events, S: EventStore> Callbacks<E, S> {
    /// As [`Callbacks::new`], with another place for what has been handled: one that all processes share, and that
    /// outlasts them.
    pub fn with_store(verifier: CallbackVerifier, store: S) -> Self {
        Self {
            verifier,
            store,
            lease: Duration::from_secs(300),
            accept_unknown: false,
            on_dead_letter: None,
            on_error: Arc::new(|_| {}),
            #[cfg(feature = "axum")]
            calls: self::axum::Calls::default(),
            events: PhantomData,
        }
    }

    /// How long a handler may take. After that a handler that has not been heard of counts as dead, and the event is
    /// handed over at the platform's next call.
    ///
    /// A handler that outlives its lease runs beside the next one. `Duration::MAX` means no limit: an event whose process
    /// ended in the middle is never handed over again.
    #[must_use]
    pub fn lease(self, lease: Duration) -> Self {
        Self { lease: lease.min(LONGEST_LEASE), ..self }
    }

    /// Whether events of kinds that the spec does not know, by their name or by [`Callback::unknown_kind`](crate::callback::Callback::unknown_kind),
    /// are handed to the handler as well, which may then acknowledge them by [`Acknowledgement::any`]. If not set they are refused as [`ReceiveError::Unhandled`], without the handler.
    #[must_use]
    pub fn accept_unknown(self, accept: bool) -> Self {
        Self { accept_unknown: accept, ..self }
    }

    /// Is handed each call that the platform signed and that nobody could handle, before it is refused: one that cannot
    /// be read, one of a kind that the spec does not know, and one that the handler calls
    /// [`Acknowledgement::unhandled`]. Once the platform gives up, what the hook stored is all that is left of the event.
    ///
    /// The hook decides whether the platform calls again ([`DeadLetterAction`]). If it fails or panics, `on_error` learns
    /// and the call is refused. It sees every repeat of a call, and two at once if the body cannot be read, so let it
    /// store under [`RawCallback::event_id`](crate::callback::RawCallback::event_id) or a hash of the body.
    ///
    /// It is not handed what anybody could send (a call without a good signature, a stale one, one over the size limit),
    /// nor an event whose handler failed: that handler had the whole event, and the platform calls again.
    ///
    /// ```
    /// # use apiscribe::Events;
    /// # use apiscribe::callback::{CallbackVerifier, Callbacks, DeadLetter, DeadLetterAction};
    /// # struct Table;
    /// # impl Table {
    /// #     async fn insert(&self, _: DeadLetter) -> std::io::Result<()> { Ok(()) }
    /// # }
    /// # fn set_up<E: Events>(verifier: CallbackVerifier, table: &'static Table) -> Callbacks<E> {
    /// Callbacks::<E>::new(verifier).on_dead_letter(async |letter| {
    ///     table.insert(letter).await?;
    ///     Ok::<_, std::io::Error>(DeadLetterAction::Refuse)
    /// })
    /// # }
    /// ```
    #[must_use]
    pub fn on_dead_letter<H, F, X>(self, hook: H) -> Self
    where
        H: Fn(DeadLetter) -> F + Send + Sync + 'static,
        F: Future<Output = Result<DeadLetterAction, X>> + Send + 'static,
        X: Into<BoxError>,
    {
        let hook: Hook = Arc::new(move |letter| {
            let decision = hook(letter);
            Box::pin(async { decision.await.map_err(Into::into) })
        });
        Self { on_dead_letter: Some(hook), ..self }
    }

    /// Receives each call that is not acknowledged, and each failure of a store or the hook for dead letters: for a log. The
    /// response to the platform says less, see [`ReceiveError::to_response`].
    #[must_use]
    pub fn on_error(self, tell: impl Fn(&ReceiveError) + Send + Sync + 'static) -> Self {
        Self { on_error: Arc::new(tell), ..self }
    }
}

/// Receiving.
impl<E: Events, S: EventStore> Callbacks<E, S> {
    /// Checks a call, hands its event over unless that has been done, and answers.
    ///
    /// **Run this to its end.** If the future is dropped before, the handler stops where it is, and the event counts as
    /// not handled. Servers drop the future of a request whose caller hangs up, and the platform does so when a handler
    /// is slow. So run it in a task of its own, and read the body before that, within limits of size and time.
    /// `Callbacks::router` (feature `axum`) does all of this.
    ///
    /// ```no_run
    /// # use std::sync::Arc;
    /// # use apiscribe::Events;
    /// # use apiscribe::callback::{Acknowledgement, Callbacks, Event};
    /// # async fn handle<E>(_: Event<E>) -> Result<Acknowledgement, String> { Ok(Acknowledgement::unhandled()) }
    /// # async fn serve<E: Events + Send + 'static>(
    /// #     callbacks: &Arc<Callbacks<E>>,
    /// #     request: http::Request<Vec<u8>>,
    /// # ) -> Result<http::Response<Vec<u8>>, tokio::task::JoinError> {
    /// let callbacks = Arc::clone(callbacks);
    /// tokio::spawn(async move { callbacks.receive(request, handle).await }).await
    /// # }
    /// ```
    pub async fn receive<B, H, F, X>(&self, request: Request<B>, handler: H) -> Response<Vec<u8>>
    where
        B: AsRef<[u8]>,
        H: FnOnce(Event<E>) -> F,
        F: Future<Output = Result<Acknowledgement, X>>,
        X: Into<BoxError>,
    {
        let verified = self.verifier.receive(request.headers(), request.body().as_ref());
        let answered = match verified {
            Ok(verified) => self.hand_over(verified, handler).await,
            Err(error) => self.bury(error).await,
        };
        match answered {
            Ok(acknowledgement) => self.acknowledge(acknowledgement),
            Err(error) => self.refuse(&error),
        }
    }

    /// A log that panics, as `eprintln!` does if nobody reads it, changes nothing for the platform.
    fn tell(&self, error: &ReceiveError) {
        drop(catch_unwind(AssertUnwindSafe(|| (self.on_error)(error))));
    }

    fn acknowledge(&self, body: Vec<u8>) -> Response<Vec<u8>> {
        let status = StatusCode::from_u16(self.verifier.scheme().status);
        response(status.unwrap_or(StatusCode::OK), body)
    }

    /// A response that acknowledges nothing.
    fn refuse(&self, error: &ReceiveError) -> Response<Vec<u8>> {
        self.tell(error);
        error.to_response(self.verifier.scheme())
    }

    async fn hand_over<H, F, X>(
        &self,
        verified: Verified<E>,
        handler: H,
    ) -> Result<Vec<u8>, ReceiveError>
    where
        H: FnOnce(Event<E>) -> F,
        F: Future<Output = Result<Acknowledgement, X>>,
        X: Into<BoxError>,
    {
        let Verified { event, key } = verified;
        let due = Due::of(self.verifier.scheme(), &event);
        let claim = Claim::new(key, self.lease).map_err(|error| due.store_failed(error))?;
        let claimed = catch(async { self.store.claim(&claim).await }).await;
        match claimed.map_err(|failed| due.not_claimed(failed))? {
            Claimed::New => self.handle(claim, event, due, handler).await,
            Claimed::InProgress => Err(ReceiveError::UnderWay { event: due.info() }),
            Claimed::Done(acknowledgement) => Ok(acknowledgement),
        }
    }

    async fn handle<H, F, X>(
        &self,
        claim: Claim,
        event: Event<E>,
        due: Due,
        handler: H,
    ) -> Result<Vec<u8>, ReceiveError>
    where
        H: FnOnce(Event<E>) -> F,
        F: Future<Output = Result<Acknowledgement, X>>,
        X: Into<BoxError>,
    {
        let guard = Guard::new(&self.store, claim);
        let handled = match self.accept_unknown || due.is_documented() {
            true => catch(async { handler(event).await.map_err(Into::into) }).await,
            false => Ok(Acknowledgement::unhandled()),
        };
        let handled = handled.map_err(|failed| due.failed(failed));
        let acknowledgement = match handled.and_then(|handled| handled.into_body(&due)) {
            Err(error) => self.bury(error).await,
            acknowledged => acknowledged,
        };
        // From here on it is known how it went, so a future that is dropped leaves the claim to its lease.
        let claim = guard.into_claim();
        let kept = match &acknowledgement {
            Ok(body) => catch(async { self.store.complete(&claim, body).await }).await,
            Err(_) => catch(async { self.store.release(&claim).await }).await,
        };
        // The event has been handled, or not, whatever the store says: another call would not mend the store.
        if let Err(failed) = kept {
            self.tell(&due.store_failed(failed.into_error()));
        }
        acknowledgement
    }

    /// Hands what nobody could handle to the hook for dead letters. Ends in the error unless the hook wants it
    /// acknowledged.
    async fn bury(&self, error: ReceiveError) -> Result<Vec<u8>, ReceiveError> {
        let (Some(hook), Some(letter)) = (&self.on_dead_letter, DeadLetter::of::<E>(&error)) else {
            return Err(error);
        };
        let kind = E::KINDS.iter().find(|kind| letter.event.as_deref() == Some(kind.event));
        let event = letter.info();
        match catch(async { hook(letter).await }).await {
            Ok(DeadLetterAction::Acknowledge) => body_of(self.verifier.scheme(), kind),
            Ok(DeadLetterAction::Refuse) => Err(error),
            Err(failed) => {
                let event = Box::new(event);
                self.tell(&ReceiveError::DeadLetter { error: failed.into_error(), event });
                Err(error)
            }
        }
    }
}

impl<E, S: fmt::Debug> fmt::Debug for Callbacks<E, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callbacks")
            .field("verifier", &self.verifier)
            .field("store", &self.store)
            .field("lease", &self.lease)
            .field("accept_unknown", &self.accept_unknown)
            .finish_non_exhaustive()
    }
}

/// A response whose body is JSON, unless it has none.
fn response(status: StatusCode, body: Vec<u8>) -> Response<Vec<u8>> {
    let is_empty = body.is_empty();
    let mut response = Response::new(body);
    *response.status_mut() = status;
    if !is_empty {
        let json = http::HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
    }
    response
}
