//! What keeps each event from being handed over twice.

use std::sync::Arc;
use std::time::Duration;

use super::BoxError;
use crate::signature::random_hex;

/// Records which events are being handled and which have been. One store serves one app.
///
/// [`MemoryEvents`](super::MemoryEvents) is for one process; `apiscribe::stores` keeps events in SQLite, PostgreSQL, MySQL
/// or MariaDB. For a store of your own, `apiscribe::store_tests` checks what is relied on here.
///
/// On a database or a cache each method is one statement that is atomic by itself; `claim` is as
/// `SET key token NX PX lease` of Redis. An implementation that loses an entry, or keeps it for less than 72 hours, hands
/// the event over once more if the platform calls again.
pub trait EventStore: Send + Sync {
    /// Takes an event for one handler: `New` for one caller at most until the claim is released, is completed, or its
    /// lease has ended. A second call with the same claim is `InProgress` too, although its token is the same.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached; the call is not acknowledged and the platform calls again.
    fn claim(&self, claim: &Claim) -> impl Future<Output = Result<Claimed, BoxError>> + Send;

    /// Keeps that an event has been handled, and how it was acknowledged. Holds even if the claim's lease has ended and
    /// another has the event now, for handled is handled.
    ///
    /// # Errors
    ///
    /// When the store cannot be updated. The call is acknowledged all the same.
    fn complete(
        &self,
        claim: &Claim,
        acknowledgement: &[u8],
    ) -> impl Future<Output = Result<(), BoxError>> + Send;

    /// Gives an event back, for its handler failed. Does nothing if the event is not held under this claim's token, or
    /// has been completed.
    ///
    /// # Errors
    ///
    /// When the store cannot be updated. Then the claim ends with its lease.
    fn release(&self, claim: &Claim) -> impl Future<Output = Result<(), BoxError>> + Send;

    /// As `release`, for a handler whose future was dropped, where nothing can be waited for: must not block. A store
    /// that can only be told asynchronously may start a task, or leave it to the lease, which is what happens unless
    /// this is implemented.
    fn abandon(&self, _: &Claim) {}
}

/// Shared by several `Callbacks`.
impl<S: EventStore> EventStore for Arc<S> {
    fn claim(&self, claim: &Claim) -> impl Future<Output = Result<Claimed, BoxError>> + Send {
        S::claim(self, claim)
    }

    fn complete(
        &self,
        claim: &Claim,
        acknowledgement: &[u8],
    ) -> impl Future<Output = Result<(), BoxError>> + Send {
        S::complete(self, claim, acknowledgement)
    }

    fn release(&self, claim: &Claim) -> impl Future<Output = Result<(), BoxError>> + Send {
        S::release(self, claim)
    }

    fn abandon(&self, claim: &Claim) {
        S::abandon(self, claim);
    }
}

/// One handler's hold on an event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim {
    /// What the event is known by, of at most 200 bytes: its name, a colon and its identity, or a hash.
    pub key: String,
    /// A text of 32 digits that no other claim has, so that who comes late gives back nothing that is another's.
    pub token: String,
    /// How long the claim holds if nothing more is heard.
    pub lease: Duration,
}

impl Claim {
    pub(super) fn new(key: String, lease: Duration) -> Result<Self, BoxError> {
        let token = random_hex()?;
        Ok(Self { key, token, lease })
    }
}

/// What a store says to a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    /// The event is the caller's to handle.
    New,
    /// Another has it and its lease has not ended.
    InProgress,
    /// It has been handled, and was acknowledged with this body.
    Done(Vec<u8>),
}
