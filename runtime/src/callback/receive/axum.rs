//! The same for servers on axum: a router that answers calls, and an extractor for a handler of one's own.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRef, FromRequest};
use axum::response::IntoResponse;
use axum::routing::post;
use http::{Request, Response};
use http_body_util::LengthLimitError;
use tokio::sync::watch;
use tokio::time::timeout;

use super::{Acknowledgement, BoxError, CallbackVerifier, Callbacks, EventStore, ReceiveError};
use crate::callback::{Event, Events};
use crate::scheme::CallbackScheme;

impl<E: Events + 'static, S: EventStore + 'static> Callbacks<E, S> {
    /// A router that takes the platform's calls at `path`, by POST. A body is read up to the limits of its size and time
    /// and no further ([`CallbackVerifier::max_body`], [`CallbackVerifier::body_timeout`]).
    ///
    /// Once its body has been read, a call runs in a task of its own: a platform that hangs up does not stop a handler in
    /// its middle. Its next call is answered by status 409 while the handler runs, and with the acknowledgement after
    /// it. Only the end of the process stops a handler, and then the event is handed over again after its lease.
    ///
    /// To let the handlers finish when the server shuts down, wait for [`Callbacks::in_flight`].
    ///
    /// How long the *head* of a request may take is a setting of the server.
    ///
    /// # Panics
    ///
    /// If axum takes no such path, as one that does not begin with `/`.
    pub fn router<H, F, X>(self, path: &str, handler: H) -> Router
    where
        H: Fn(Event<E>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Acknowledgement, X>> + Send + 'static,
        E: Send,
        X: Into<BoxError> + 'static,
    {
        let callbacks = Arc::new(self);
        let answer = move |request: Request<Body>| {
            let (callbacks, handler) = (Arc::clone(&callbacks), handler.clone());
            async move { callbacks.answer(request, handler).await }
        };
        Router::new().route(path, post(answer))
    }

    /// The calls that this receiver's router is handling: ask for it before [`Callbacks::router`]. A server that shuts down
    /// waits for its connections, but not for a handler whose caller has hung up.
    ///
    /// ```no_run
    /// # use apiscribe::Events;
    /// # use apiscribe::callback::{Acknowledgement, Callbacks, Event};
    /// # async fn handle<E>(_: Event<E>) -> Result<Acknowledgement, String> { Ok(Acknowledgement::unhandled()) }
    /// # async fn serve<E: Events + Send + 'static>(callbacks: Callbacks<E>, shut_down: impl Future<Output = ()>) {
    /// let in_flight = callbacks.in_flight();
    /// let router = callbacks.router("/callbacks", handle);
    /// # let serve = async |_: axum::Router, shut_down: std::pin::Pin<&mut dyn Future<Output = ()>>| shut_down.await;
    /// # let shut_down = std::pin::pin!(shut_down);
    /// serve(router, shut_down).await; // as `axum::serve(..).with_graceful_shutdown(..)`
    /// in_flight.finished().await;
    /// # }
    /// ```
    pub fn in_flight(&self) -> InFlight {
        InFlight(self.calls.0.subscribe())
    }

    async fn answer<H, F, X>(self: Arc<Self>, request: Request<Body>, handler: H) -> Response<Body>
    where
        H: FnOnce(Event<E>) -> F + Send + 'static,
        F: Future<Output = Result<Acknowledgement, X>> + Send + 'static,
        E: Send,
        X: Into<BoxError> + 'static,
    {
        let (head, body) = request.into_parts();
        let response = match read(body, &self.verifier).await {
            Ok(body) => self.receive_in_task(Request::from_parts(head, body), handler).await,
            Err(error) => self.refuse(&error),
        };
        response.map(Body::from)
    }

    /// The server drops the future that it waits for when the caller hangs up, but not this task.
    async fn receive_in_task<H, F, X>(
        self: Arc<Self>,
        request: Request<Bytes>,
        handler: H,
    ) -> Response<Vec<u8>>
    where
        H: FnOnce(Event<E>) -> F + Send + 'static,
        F: Future<Output = Result<Acknowledgement, X>> + Send + 'static,
        E: Send,
        X: Into<BoxError> + 'static,
    {
        // From now on, and not only once the task has begun.
        let (callbacks, counted) = (Arc::clone(&self), self.calls.count());
        let task = tokio::spawn(async move {
            let _counted = counted;
            callbacks.receive(request, handler).await
        });
        task.await.unwrap_or_else(|_| self.refuse(&ReceiveError::Panicked { event: None }))
    }
}

/// How many calls are being handled.
#[derive(Debug, Default)]
pub(super) struct Calls(watch::Sender<usize>);

/// One of them, until it is dropped.
struct Counted(watch::Sender<usize>);

impl Calls {
    fn count(&self) -> Counted {
        self.0.send_modify(|number| *number += 1);
        Counted(self.0.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.send_modify(|number| *number -= 1);
    }
}

/// The calls that a router is handling, see [`Callbacks::in_flight`].
#[derive(Debug, Clone)]
pub struct InFlight(watch::Receiver<usize>);

impl InFlight {
    /// How many they are now.
    pub fn count(&self) -> usize {
        *self.0.borrow()
    }

    /// Returns when there is none.
    pub async fn finished(&self) {
        // An error means that the router is gone, and with it all its calls.
        drop(self.0.clone().wait_for(|number| *number == 0).await);
    }
}

/// An event that the platform reports, verified and parsed. Repeats are **not** kept out: a handler that takes this
/// answers for that itself.
///
/// The router's state must hold a [`CallbackVerifier`]. A call that is not to be believed is answered by
/// [`Refused`] and does not reach the handler.
#[derive(Debug)]
pub struct VerifiedEvent<E>(pub Event<E>);

impl<E, State> FromRequest<State> for VerifiedEvent<E>
where
    E: Events,
    State: Send + Sync,
    CallbackVerifier: FromRef<State>,
{
    type Rejection = Refused;

    async fn from_request(request: Request<Body>, state: &State) -> Result<Self, Refused> {
        let verifier = CallbackVerifier::from_ref(state);
        let refused = |error| Refused { error, scheme: verifier.scheme() };
        let (head, body) = request.into_parts();
        let body = read(body, &verifier).await.map_err(refused)?;
        verifier.verify(&head.headers, &body).map(Self).map_err(refused)
    }
}

/// A call that is not acknowledged, answered by [`ReceiveError::to_response`].
#[derive(Debug)]
pub struct Refused {
    /// Why.
    pub error: ReceiveError,
    scheme: &'static CallbackScheme,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response<Body> {
        self.error.to_response(self.scheme).map(Body::from)
    }
}

async fn read(body: Body, verifier: &CallbackVerifier) -> Result<Bytes, ReceiveError> {
    let (bytes, time) = verifier.limits();
    let read = timeout(time, to_bytes(body, bytes)).await;
    let read = read.map_err(|_| ReceiveError::Late { after: time })?;
    read.map_err(|error| match error.into_inner() {
        error if error.is::<LengthLimitError>() => verifier.too_large(),
        error => ReceiveError::Broken(error),
    })
}
