//! Where tokens come from: fetched from the platform, kept until they grow old, shared between processes.
//!
//! [`Tokens`] is all that most programs need, with a [`FileStore`] where several processes share a token. Implement a
//! [`TokenStore`] to keep tokens elsewhere, and a [`TokenSource`] to take them from elsewhere.

mod tokens;
mod renewal;
mod memory;
mod guard;
mod issuer;
mod store;
mod file;
mod warn;

pub use self::file::FileStore;
pub use self::store::{LockedStore, MemoryStore, StoreError, StoredToken, TokenStore};
pub use self::tokens::Tokens;

use std::fmt;
use std::future::ready;

use super::Client;
use super::transport::BoxFuture;
use crate::error::TokenError;
use crate::meta::{Auth, EndpointMeta};
use crate::secret::Secret;
use crate::validate::{Settings, Violations};

/// Where the tokens of one way to authenticate come from. [`Tokens`] is one.
pub trait TokenSource: fmt::Debug + Send + Sync + 'static {
    /// The way to authenticate.
    fn auth(&self) -> &'static Auth;

    /// A token that works, as far as is known. `refused` is one that the platform has just refused: another is wanted.
    ///
    /// Many callers ask at once; the future of any of them may be dropped.
    ///
    /// # Errors
    ///
    /// Why there is none.
    fn token<'a>(
        &'a self,
        client: &'a Client,
        refused: Option<&'a Secret<String>>,
    ) -> BoxFuture<'a, Result<Secret<String>, TokenError>>;

    /// Checks what the source asks with, before any call: [`ClientBuilder::build`](super::ClientBuilder::build) does so unless
    /// validation is switched off. Finds nothing by default.
    ///
    /// # Errors
    ///
    /// The documented rules that the request for a token breaks, as by an empty secret.
    fn check(&self, settings: &Settings) -> Result<(), Violations> {
        let _ = settings;
        Ok(())
    }

    /// The endpoint that tokens are fetched from, if it is called by the client: [`ClientBuilder::build`](super::ClientBuilder::build)
    /// refuses an environment in which it has no address. None by default.
    fn endpoint(&self) -> Option<&'static EndpointMeta> {
        None
    }

    /// Waits until a token that is being fetched in the background has arrived and is saved. Does nothing by default.
    fn flush(&self) -> BoxFuture<'_, ()> {
        Box::pin(ready(()))
    }
}
