//! A handler that fails, panics or is dropped gives its event back.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use super::{BoxError, Claim, EventStore};

/// Gives a claim back when it is dropped.
pub(super) struct Guard<'a, S: EventStore> {
    store: &'a S,
    claim: Option<Claim>,
}

impl<'a, S: EventStore> Guard<'a, S> {
    pub(super) fn new(store: &'a S, claim: Claim) -> Self {
        Self { store, claim: Some(claim) }
    }

    /// The claim, which the caller now answers for.
    pub(super) fn into_claim(mut self) -> Claim {
        self.claim.take().expect("a claim is taken once, for that takes the guard")
    }
}

impl<S: EventStore> Drop for Guard<'_, S> {
    fn drop(&mut self) {
        if let Some(claim) = &self.claim {
            self.store.abandon(claim);
        }
    }
}

/// Why there is nothing that a handler, a store or a hook says.
pub(super) enum Failed {
    With(BoxError),
    Panicked,
}

impl Failed {
    /// In words, where nobody asks which of the two it was.
    pub(super) fn into_error(self) -> BoxError {
        match self {
            Self::With(error) => error,
            Self::Panicked => "it panicked".into(),
        }
    }
}

/// What a handler says; that it panicked, if it did.
pub(super) async fn catch<T>(
    handler: impl Future<Output = Result<T, BoxError>>,
) -> Result<T, Failed> {
    let mut handler = pin!(handler);
    // A future that panicked is not polled again, so nobody sees what it left half done in itself.
    let mut poll = |cx: &mut std::task::Context<'_>| {
        catch_unwind(AssertUnwindSafe(|| handler.as_mut().poll(cx)))
    };
    poll_fn(|cx| match poll(cx) {
        Ok(polled) => polled.map_err(Failed::With),
        Err(_) => Poll::Ready(Err(Failed::Panicked)),
    })
    .await
}
