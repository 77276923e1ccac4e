//! Tokens that are fetched from the platform when they are due, once for all who wait.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard};
use tokio::time::Instant;

use super::super::Client;
use super::super::observe::token_not_renewed;
use super::super::transport::BoxFuture;
use super::TokenSource;
use super::store::{LockedStore, MemoryStore, StoreError, StoredToken, TokenStore};
use crate::endpoint::{Auth, IssuedToken, IssuesToken};
use crate::error::{Error, TokenError, TokenFault};
use crate::secret::Secret;
use crate::time::{Seconds, UnixMillis};

/// After a failure nothing is fetched for so long; and in three times that no more than three tokens are. So a token that
/// is refused again and again, or an app that is not let in, does not run into the platform's limit: 500 in 5 minutes.
const REST: Duration = Duration::from_secs(1);
const FETCHES: u32 = 3;

/// Fetches tokens, keeps them, and fetches the next before the last one ends.
///
/// However many callers there are, one token is fetched at a time; while the last one still lives, only one caller
/// waits for the next. A token that the platform refuses is replaced at once.
///
/// ```no_run
/// # use runtime::{Client, FileStore, IssuesToken, Tokens};
/// # fn client<R: IssuesToken + std::fmt::Debug + Send + Sync + 'static>(request: R) -> Result<Client, runtime::SetupError>
/// # where R::Response: Send {
/// // `request` is one that issues tokens, as `ClientTokenRequest`.
/// let tokens = Tokens::new(request).store(FileStore::new("/var/lib/shop/client_token.json"));
/// Client::builder().tokens(tokens).build()
/// # }
/// ```
#[derive(Debug)]
pub struct Tokens {
    auth: &'static Auth,
    issuer: Box<dyn Issuer>,
    store: Box<dyn TokenStore>,
    current: RwLock<Option<Arc<StoredToken>>>,
    turn: Mutex<Past>,
}

/// The last fetches.
#[derive(Debug, Default)]
struct Past {
    /// When, the oldest first; no more than count.
    times: VecDeque<Instant>,
    /// What went wrong with the last one, if anything did.
    failure: Option<String>,
}

impl Tokens {
    /// Fetched with this request, kept in memory.
    pub fn new<R>(request: R) -> Self
    where
        R: IssuesToken + fmt::Debug + Send + Sync + 'static,
        R::Response: Send,
    {
        Self::of(R::AUTH, Box::new(Fixed(request)))
    }

    /// Of a user who has given one already, and each further one fetched with the refresh token of the one before.
    ///
    /// What the store holds is newer than `first`, and taken instead of it.
    pub fn refreshing<R>(
        first: StoredToken,
        request: impl Fn(&Secret<String>) -> R + Send + Sync + 'static,
    ) -> Self
    where
        R: IssuesToken + Send + Sync + 'static,
        R::Response: Send,
    {
        let tokens = Self::of(R::AUTH, Box::new(Refresh(request)));
        tokens.keep(first);
        tokens
    }

    /// Kept there instead of in memory, so that others share it.
    #[must_use]
    pub fn store(mut self, store: impl TokenStore) -> Self {
        self.store = Box::new(store);
        self
    }

    fn of(auth: &'static Auth, issuer: Box<dyn Issuer>) -> Self {
        let store = Box::new(MemoryStore::default());
        Self { auth, issuer, store, current: RwLock::default(), turn: Mutex::default() }
    }

    fn keep(&self, token: StoredToken) -> Arc<StoredToken> {
        let token = Arc::new(token);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Some(Arc::clone(&token));
        token
    }

    fn current(&self) -> Option<Arc<StoredToken>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How long before its end a token is replaced: as long as the platform lets the former live on.
    fn margin_ms(&self) -> i64 {
        let overlap = self.auth.overlap.unwrap_or(300);
        i64::try_from(overlap).unwrap_or(i64::MAX).saturating_mul(1000)
    }

    fn is_young(&self, token: &StoredToken, refused: Option<&Secret<String>>) -> bool {
        refused != Some(&token.token) && token.is_young(UnixMillis::now(), self.margin_ms())
    }

    async fn get(
        &self,
        client: &Client,
        refused: Option<&Secret<String>>,
    ) -> Result<Arc<StoredToken>, TokenFault> {
        let current = self.current();
        if let Some(token) = current.as_ref().filter(|token| self.is_young(token, refused)) {
            return Ok(Arc::clone(token));
        }
        let spare = current
            .filter(|token| refused != Some(&token.token) && token.is_alive(UnixMillis::now()));
        let Some(spare) = spare else {
            return self.renew(self.turn.lock().await, client, refused).await;
        };
        match self.turn.try_lock() {
            // The next is fetched early enough that, if that fails, this one still does.
            Ok(turn) => Ok(self.renew(turn, client, refused).await.unwrap_or_else(|fault| {
                token_not_renewed(self.auth.name, &fault);
                spare
            })),
            Err(_) => Ok(spare),
        }
    }

    async fn renew(
        &self,
        mut past: MutexGuard<'_, Past>,
        client: &Client,
        refused: Option<&Secret<String>>,
    ) -> Result<Arc<StoredToken>, TokenFault> {
        // While this caller waited for its turn, another may have fetched one; and while for the store, another process.
        if let Some(token) = self.current().filter(|token| self.is_young(token, refused)) {
            return Ok(token);
        }
        let mut store = self.store.lock().await.map_err(TokenFault::Store)?;
        let stored = store.load().await.map_err(TokenFault::Store)?;
        if let Some(token) = stored.as_ref().filter(|token| self.is_young(token, refused)) {
            return Ok(self.keep(token.clone()));
        }
        past.check()?;
        let last = stored.or_else(|| self.current().map(|token| (*token).clone()));
        let result = self.fetch(client, last.as_ref(), &mut *store).await;
        past.record(&result);
        result
    }

    async fn fetch(
        &self,
        client: &Client,
        last: Option<&StoredToken>,
        store: &mut dyn LockedStore,
    ) -> Result<Arc<StoredToken>, TokenFault> {
        let issued = self.issuer.issue(client, last).await.map_err(TokenFault::Issue)?;
        let lifetime = self.auth.lifetime.and_then(|life| i64::try_from(life).ok()).map(Seconds);
        let token = self.keep(StoredToken::issued_now(issued, lifetime));
        // A token that could not be kept for others serves this process all the same; it has ended the former already.
        store.save(&token).await.map_err(TokenFault::Store)?;
        Ok(token)
    }
}

impl TokenSource for Tokens {
    fn auth(&self) -> &'static Auth {
        self.auth
    }

    fn token<'a>(
        &'a self,
        client: &'a Client,
        refused: Option<&'a Secret<String>>,
    ) -> BoxFuture<'a, Result<Secret<String>, TokenError>> {
        Box::pin(async move {
            let token = self.get(client, refused).await;
            let token = token.map_err(|fault| TokenError::new(self.auth.name, fault))?;
            Ok(token.token.clone())
        })
    }
}

impl Past {
    /// Whether another fetch is due already.
    fn check(&self) -> Result<(), TokenFault> {
        if let (Some(message), Some(last)) = (&self.failure, self.times.back())
            && let Some(again_in) = REST.checked_sub(last.elapsed())
        {
            return Err(TokenFault::Recently { message: message.clone(), again_in });
        }
        let oldest = self.times.front().filter(|_| self.times.len() == FETCHES as usize);
        match oldest.and_then(|at| (REST * FETCHES).checked_sub(at.elapsed())) {
            Some(again_in) => Err(TokenFault::RefusedWhenFresh { again_in }),
            None => Ok(()),
        }
    }

    fn record(&mut self, result: &Result<Arc<StoredToken>, TokenFault>) {
        if self.times.len() == FETCHES as usize {
            self.times.pop_front();
        }
        self.times.push_back(Instant::now());
        self.failure = result.as_ref().err().map(ToString::to_string);
    }
}

/// Fetches one token.
trait Issuer: fmt::Debug + Send + Sync {
    fn issue<'a>(
        &'a self,
        client: &'a Client,
        last: Option<&'a StoredToken>,
    ) -> BoxFuture<'a, Result<IssuedToken, StoreError>>;
}

/// With the same request each time.
#[derive(Debug)]
struct Fixed<R>(R);

impl<R> Issuer for Fixed<R>
where
    R: IssuesToken + fmt::Debug + Send + Sync,
    R::Response: Send,
{
    fn issue<'a>(
        &'a self,
        client: &'a Client,
        _: Option<&'a StoredToken>,
    ) -> BoxFuture<'a, Result<IssuedToken, StoreError>> {
        Box::pin(issue(client, &self.0))
    }
}

/// With the refresh token of the last one.
struct Refresh<F>(F);

impl<F> fmt::Debug for Refresh<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Refresh")
    }
}

impl<F, R> Issuer for Refresh<F>
where
    F: Fn(&Secret<String>) -> R + Send + Sync,
    R: IssuesToken + Send + Sync,
    R::Response: Send,
{
    fn issue<'a>(
        &'a self,
        client: &'a Client,
        last: Option<&'a StoredToken>,
    ) -> BoxFuture<'a, Result<IssuedToken, StoreError>> {
        Box::pin(async move {
            let last = last.and_then(|token| token.refresh_token.as_ref());
            let last = last.ok_or("there is no refresh token; the user must log in again")?;
            let mut issued = issue(client, &(self.0)(last)).await?;
            // One that the answer does not replace goes on.
            issued.refresh_token.get_or_insert_with(|| last.clone());
            Ok(issued)
        })
    }
}

async fn issue<R>(client: &Client, request: &R) -> Result<IssuedToken, StoreError>
where
    R: IssuesToken + Sync,
    R::Response: Send,
{
    let reply = client.call(request).await.map_err(Error::without_effect)?;
    Ok(R::issued(&reply.data))
}
