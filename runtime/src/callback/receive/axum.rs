//! The same for servers on axum: a router that answers calls, and an extractor for a handler of one's own.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRef, FromRequest, Request};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use http_body_util::LengthLimitError;

use super::{Acknowledgement, BoxError, CallbackVerifier, Callbacks, EventStore, ReceiveError};
use crate::callback::{Event, Events};

impl<E: Events + 'static, S: EventStore + 'static> Callbacks<E, S> {
    /// A router that takes the platform's calls at `path`, by POST. A body is read up to the limit and no further.
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
        let answer = move |request: Request| {
            let (callbacks, handler) = (Arc::clone(&callbacks), handler.clone());
            async move { callbacks.answer(request, handler).await }
        };
        Router::new().route(path, post(answer))
    }

    async fn answer<H, F, X>(&self, request: Request, handler: H) -> Response
    where
        H: FnOnce(Event<E>) -> F,
        F: Future<Output = Result<Acknowledgement, X>>,
        X: Into<BoxError>,
    {
        let (head, body) = request.into_parts();
        let response = match read(body, &self.verifier).await {
            Ok(body) => self.receive(Request::from_parts(head, body), handler).await,
            Err(error) => self.refuse(&error),
        };
        response.map(Body::from)
    }
}

/// An event that the platform tells of, verified and parsed. Repeats are **not** kept out: a handler that takes this
/// answers for that itself.
///
/// The router's state must hold a [`CallbackVerifier`]. A call that is not to be believed is answered by
/// [`ReceiveError::to_response`] and does not reach the handler.
#[derive(Debug)]
pub struct VerifiedEvent<E>(pub Event<E>);

impl<E, State> FromRequest<State> for VerifiedEvent<E>
where
    E: Events,
    State: Send + Sync,
    CallbackVerifier: FromRef<State>,
{
    type Rejection = ReceiveError;

    async fn from_request(request: Request, state: &State) -> Result<Self, ReceiveError> {
        let verifier = CallbackVerifier::from_ref(state);
        let (head, body) = request.into_parts();
        let body = read(body, &verifier).await?;
        verifier.verify(&head.headers, &body).map(Self)
    }
}

impl IntoResponse for ReceiveError {
    fn into_response(self) -> Response {
        self.to_response().map(Body::from)
    }
}

async fn read(body: Body, verifier: &CallbackVerifier) -> Result<Bytes, ReceiveError> {
    let read = to_bytes(body, verifier.limit()).await;
    read.map_err(|error| match error.into_inner() {
        error if error.is::<LengthLimitError>() => verifier.too_large(),
        error => ReceiveError::Broken(error),
    })
}
