//! Tokens fetched from the platform before the last one expires, once for all callers.

use std::fmt;
use std::future::ready;
use std::sync::Arc;

use super::super::Client;
use super::super::transport::BoxFuture;
use super::TokenSource;
use super::guard::Refusal;
use super::issuer::{Fixed, Issuer, Refresh};
use super::memory::Memory;
use super::renewal::{Brought, Origin};
use super::store::{MemoryStore, StoredToken, TokenStore};
use crate::endpoint::IssuesToken;
use crate::error::{TokenError, TokenFault};
use crate::meta::{Auth, EndpointMeta};
use crate::secret::Secret;
use crate::validate::{Settings, Violations};

/// How many fetches one caller waits for: its own, and those that other callers began.
const ROUNDS: u32 = 3;

/// Fetches tokens, keeps them, and fetches the next one before the last one expires.
///
/// Concurrent callers share one fetch. While the current token is valid, no call waits for the next one; a token that the
/// platform refuses is replaced at once.
///
/// A fetch runs in a task of its own, and its result is kept even if every caller has given up: by then the platform may have
/// revoked the previous token or used up the refresh token. Only the end of the runtime stops it, so a program that exits
/// soon after a call should await [`Client::flush_tokens`] first. On a current-thread runtime the task makes progress
/// whenever the runtime runs, at the latest during the next call. A fetch may take as long as a call, and 60 s at most.
///
/// ```no_run
/// # use apiscribe::client::token::FileStore;
/// # use apiscribe::endpoint::IssuesToken;
/// # use apiscribe::{Client, Tokens};
/// # fn client<R: IssuesToken + std::fmt::Debug + Send + Sync + 'static>(request: R) -> Result<Client, apiscribe::client::SetupError>
/// # where R::Response: Send {
/// // `request` is one that issues tokens, as `ClientTokenRequest`.
/// let tokens = Tokens::new(request).store(FileStore::new("/var/lib/shop/client_token.json"));
/// Client::builder().tokens(tokens).build()
/// # }
/// ```
#[derive(Debug)]
pub struct Tokens(Origin);

impl Tokens {
    /// Fetched with this request, kept in memory.
    pub fn new<R>(request: R) -> Self
    where
        R: IssuesToken + fmt::Debug + Send + Sync + 'static,
        R::Response: Send,
    {
        Self::of(R::AUTH, Arc::new(Fixed(request)))
    }

    /// Of a user who has given one already, and each further one fetched with the refresh token of the one before.
    ///
    /// Of `first` and the token in the store, the one issued last counts: a new login replaces the token in the store, and a
    /// program that starts with the token of an old login continues with the one in the store.
    pub fn refreshing<R>(
        first: StoredToken,
        request: impl Fn(&Secret<String>) -> R + Send + Sync + 'static,
    ) -> Self
    where
        R: IssuesToken + Send + Sync + 'static,
        R::Response: Send,
    {
        let tokens = Self::of(R::AUTH, Arc::new(Refresh(request)));
        tokens.0.memory.log_in(first);
        tokens
    }

    /// Kept there instead of in memory, so that others share it.
    #[must_use]
    pub fn store(mut self, store: impl TokenStore) -> Self {
        self.0.store = Arc::new(store);
        self
    }

    fn of(auth: &'static Auth, issuer: Arc<dyn Issuer>) -> Self {
        let (store, memory) = (Arc::new(MemoryStore::default()), Arc::new(Memory::default()));
        Self(Origin { auth, issuer, store, memory })
    }

    async fn renewed(
        &self,
        client: &Client,
        refused: Option<&Secret<String>>,
    ) -> Result<Secret<String>, Refusal> {
        self.0.memory.take_login();
        let wanted = self.0.wanted(refused);
        let spare = self.0.memory.current().filter(|token| wanted.is_served_by(token));
        let Some(spare) = spare else { return self.wait(client, refused).await };
        if self.0.is_due(wanted, &spare) {
            self.0.renew(client, refused);
        }
        Ok(spare.token.clone())
    }

    async fn wait(
        &self,
        client: &Client,
        refused: Option<&Secret<String>>,
    ) -> Result<Secret<String>, Refusal> {
        let wanted = self.0.wanted(refused);
        let mut refusal = None;
        for _ in 0..ROUNDS {
            if let Some(token) = self.0.memory.young(wanted) {
                return Ok(token);
            }
            let (mut outcome, is_ours) = self.0.renew(client, refused);
            // A fetch that began before this token was refused may return that very token.
            let is_use = |brought: &Brought| {
                is_ours || brought.as_ref().map_or(true, |token| wanted.is_served_by(token))
            };
            let brought = outcome.wait_for(|brought| brought.as_ref().is_some_and(is_use)).await;
            match brought.ok().and_then(|brought| brought.clone()) {
                Some(Ok(token)) => return Ok(token.token.clone()),
                Some(Err(failure)) => {
                    let guard = &self.0.memory.notes().guard;
                    refusal = Some(failure.into_refusal(guard.again_in()));
                    // A fetch that began before this call may have failed for a reason that no longer holds.
                    if is_ours || guard.check(refused.is_some()).is_err() {
                        break;
                    }
                }
                None => {}
            }
        }
        Err(refusal.unwrap_or_else(stopped))
    }
}

fn stopped() -> Refusal {
    let error = "the fetch was stopped: its runtime has ended, or it has panicked";
    TokenFault::Issue(error.into()).into()
}

impl TokenSource for Tokens {
    fn auth(&self) -> &'static Auth {
        self.0.auth
    }

    fn token<'a>(
        &'a self,
        client: &'a Client,
        refused: Option<&'a Secret<String>>,
    ) -> BoxFuture<'a, Result<Secret<String>, TokenError>> {
        // At hand for nearly all calls, which need nothing of what follows.
        if let Some(token) = self.0.memory.young(self.0.wanted(refused)) {
            return Box::pin(ready(Ok(token)));
        }
        Box::pin(async move {
            let token = self.renewed(client, refused).await;
            token.map_err(|Refusal { fault, answered }| {
                TokenError::new(self.0.auth.name, fault).answered_by(answered)
            })
        })
    }

    fn check(&self, settings: &Settings) -> Result<(), Violations> {
        self.0.check(settings)
    }

    fn endpoint(&self) -> Option<&'static EndpointMeta> {
        Some(self.0.issuer.endpoint())
    }

    fn flush(&self) -> BoxFuture<'_, ()> {
        let renewal = self.0.memory.notes().renewal.clone();
        Box::pin(async move {
            let Some(mut renewal) = renewal else { return };
            while renewal.changed().await.is_ok() {}
        })
    }
}
