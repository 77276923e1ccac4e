//! An HTTP request by the platform in, each event handed over once, the HTTP response out. No framework is needed.

mod verifier;
mod acknowledgement;
mod store;
mod memory;
mod once;
mod fault;

#[cfg(feature = "axum")]
mod axum;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{Request, Response, StatusCode};

pub use self::acknowledgement::Acknowledgement;
#[cfg(feature = "axum")]
pub use self::axum::VerifiedEvent;
pub use self::fault::ReceiveError;
pub use self::memory::MemoryEvents;
pub use self::store::{Claim, Claimed, EventStore};
pub use self::verifier::{CallbackHeaders, CallbackVerifier};

use self::acknowledgement::Due;
use self::once::{Guard, catch};
use self::verifier::Verified;
use super::{Event, Events};

/// An error of the caller's own.
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Takes the calls of the platform that tell of the events `E`, and hands each event over once.
///
/// The platform calls again until it is told that the event has been handled: up to 20 times, and for a refund that
/// waits for the developer for 72 hours. Here an event is known by its name and by the fields that the documents say
/// tell it from others ([`Events::identity`]); where they say nothing, by the SHA-256 of its content. So a second call
/// of the same identity and other content counts as a repeat. What has been handled is answered as before, without the
/// handler; what is being handled, by status 409; what failed is handed over again.
///
/// ```
/// # async fn receive<E: runtime::Events>(
/// #     platform_key: runtime::PlatformKey,
/// #     request: http::Request<Vec<u8>>,
/// # ) -> http::Response<Vec<u8>> {
/// use std::convert::Infallible;
///
/// use runtime::{Acknowledgement, Callbacks};
///
/// let callbacks = Callbacks::<E>::new(platform_key).on_error(|error| eprintln!("{error}"));
/// callbacks
///     .receive(request, async |event| {
///         println!("{} happened", event.name());
///         Ok::<_, Infallible>(Acknowledgement::plain())
///     })
///     .await
/// # }
/// ```
pub struct Callbacks<E, S = MemoryEvents> {
    verifier: CallbackVerifier,
    store: S,
    lease: Duration,
    on_error: Arc<dyn Fn(&ReceiveError) + Send + Sync>,
    events: PhantomData<fn() -> E>,
}

impl<E: Events> Callbacks<E> {
    /// Believes what is signed with the platform's key, keeps what has been handled in this process's memory, and gives
    /// a handler 5 minutes.
    ///
    /// Takes a [`PlatformKey`](crate::PlatformKey), several ([`PlatformKeys`](crate::PlatformKeys)), or a whole
    /// [`CallbackVerifier`].
    pub fn new(verifier: impl Into<CallbackVerifier>) -> Self {
        Self::with_store(verifier, MemoryEvents::new())
    }
}

impl<E: Events, S: EventStore> Callbacks<E, S> {
    /// As [`Callbacks::new`], with another place for what has been handled: one that all processes share, and that
    /// outlasts them.
    pub fn with_store(verifier: impl Into<CallbackVerifier>, store: S) -> Self {
        Self {
            verifier: verifier.into(),
            store,
            lease: Duration::from_secs(300),
            on_error: Arc::new(|_| {}),
            events: PhantomData,
        }
    }

    /// How long a handler may take. After that a handler that has not been heard of counts as dead, and the event is
    /// handed over at the platform's next call.
    #[must_use]
    pub fn lease(self, lease: Duration) -> Self {
        Self { lease, ..self }
    }

    /// What is told of each call that is not acknowledged, and of a store that fails: for a log. The platform is told
    /// less, see [`ReceiveError::to_response`].
    #[must_use]
    pub fn on_error(self, tell: impl Fn(&ReceiveError) + Send + Sync + 'static) -> Self {
        Self { on_error: Arc::new(tell), ..self }
    }

    /// Checks a call, hands its event over unless that has been done, and answers.
    ///
    /// If the future is dropped before it is done, the event counts as not handled.
    pub async fn receive<B, H, F, X>(&self, request: Request<B>, handler: H) -> Response<Vec<u8>>
    where
        B: AsRef<[u8]>,
        H: FnOnce(Event<E>) -> F,
        F: Future<Output = Result<Acknowledgement, X>>,
        X: Into<BoxError>,
    {
        let verified = self.verifier.check(request.headers(), request.body().as_ref());
        match self.hand_over(verified, handler).await {
            Ok(acknowledgement) => json(StatusCode::OK, acknowledgement),
            Err(error) => self.refuse(&error),
        }
    }

    /// A response that acknowledges nothing.
    fn refuse(&self, error: &ReceiveError) -> Response<Vec<u8>> {
        (self.on_error)(error);
        error.to_response()
    }

    async fn hand_over<H, F, X>(
        &self,
        verified: Result<Verified<E>, ReceiveError>,
        handler: H,
    ) -> Result<Vec<u8>, ReceiveError>
    where
        H: FnOnce(Event<E>) -> F,
        F: Future<Output = Result<Acknowledgement, X>>,
        X: Into<BoxError>,
    {
        let Verified { event, key } = verified?;
        let claim = Claim::new(key, self.lease)?;
        match self.store.claim(&claim).await.map_err(ReceiveError::Store)? {
            Claimed::New => self.handle(claim, event, handler).await,
            Claimed::InProgress => Err(ReceiveError::UnderWay),
            Claimed::Done(acknowledgement) => Ok(acknowledgement),
        }
    }

    async fn handle<H, F, X>(
        &self,
        claim: Claim,
        event: Event<E>,
        handler: H,
    ) -> Result<Vec<u8>, ReceiveError>
    where
        H: FnOnce(Event<E>) -> F,
        F: Future<Output = Result<Acknowledgement, X>>,
        X: Into<BoxError>,
    {
        let guard = Guard::new(&self.store, claim);
        let due = Due::of(&event.content);
        let handled = catch(async { handler(event).await.map_err(Into::into) }).await;
        let acknowledgement = handled.and_then(|acknowledgement| acknowledgement.into_body(&due));
        // From here on it is known how it went, so a future that is dropped leaves the claim to its lease.
        let claim = guard.into_claim();
        let kept = match &acknowledgement {
            Ok(body) => self.store.complete(&claim, body).await,
            Err(_) => self.store.release(&claim).await,
        };
        // The event has been handled, or not, whatever the store says: another call would not mend the store.
        if let Err(error) = kept {
            (self.on_error)(&ReceiveError::Store(error));
        }
        acknowledgement
    }
}

impl<E, S: fmt::Debug> fmt::Debug for Callbacks<E, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callbacks")
            .field("verifier", &self.verifier)
            .field("store", &self.store)
            .field("lease", &self.lease)
            .finish_non_exhaustive()
    }
}

fn json(status: StatusCode, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let json = http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}
