//! Where a token is kept, so that those who share it do not fetch one each.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use apiscribe_macros::{Decode, Encode};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::super::transport::BoxFuture;
use crate::endpoint::IssuedToken;
use crate::secret::Secret;
use crate::time::{Seconds, UnixMillis};

/// How far in the future a token may seem to have been issued, as clocks differ.
const SKEW_MS: i64 = 300_000;

/// Ten years, in seconds. No token lives longer, so a longer lifetime is an error.
const LONGEST_LIFE: i64 = 10 * 365 * 24 * 3600;

/// A token as it is kept.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub struct StoredToken {
    pub token: Secret<String>,
    /// When it was fetched.
    pub issued_at: UnixMillis,
    /// When it ends; `None` if that is not known.
    #[wire(optional)]
    pub expires_at: Option<UnixMillis>,
    /// What the next one is fetched with, where the platform gives such a thing.
    #[wire(optional)]
    pub refresh_token: Option<Secret<String>>,
}

impl StoredToken {
    /// A token that was issued just now. `lifetime` is the documented one; it is used where the response gives none, or one that
    /// is zero, negative, or longer than ten years.
    pub fn issued_now(issued: IssuedToken, lifetime: Option<Seconds>) -> Self {
        Self::issued(issued, UnixMillis::now(), lifetime)
    }

    pub(super) fn issued(
        issued: IssuedToken,
        issued_at: UnixMillis,
        lifetime: Option<Seconds>,
    ) -> Self {
        let is_life = |life: &Seconds| (1..=LONGEST_LIFE).contains(&life.0);
        let lifetime = issued.expires_in.filter(is_life).or(lifetime.filter(is_life));
        let end = |life: Seconds| issued_at.0.saturating_add(life.0.saturating_mul(1000));
        let expires_at = lifetime.map(|life| UnixMillis(end(life)));
        Self { token: issued.token, issued_at, expires_at, refresh_token: issued.refresh_token }
    }

    /// The same, with an empty token as an expired one, and an empty refresh token as none.
    pub(super) fn sound(mut self) -> Self {
        if self.token.is_blank() {
            self.expires_at = Some(UnixMillis(i64::MIN));
        }
        self.refresh_token = self.refresh_token.filter(|token| !token.is_blank());
        self
    }

    /// Whether it was not issued in the future.
    pub(super) fn is_plausible(&self, now: UnixMillis) -> bool {
        self.issued_at.0 <= now.0.saturating_add(SKEW_MS)
    }

    /// Whether the token has not ended yet.
    pub(super) fn is_alive(&self, now: UnixMillis) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }

    /// Whether it is early enough in its life: no later than `margin_ms` before its end, or, if it lives for a short
    /// time only, than three quarters of that. When a token from the future expires is not known.
    pub(super) fn is_young(&self, now: UnixMillis, margin_ms: i64) -> bool {
        let is_early = |end: UnixMillis| {
            let life = end.0.saturating_sub(self.issued_at.0);
            now.0 < end.0.saturating_sub(margin_ms.min(life / 4))
        };
        self.expires_at.is_none_or(is_early) && self.is_plausible(now)
    }
}

/// Where a token is kept. One store is for one app and one way to authenticate.
///
/// [`MemoryStore`] is for one process, [`FileStore`](super::FileStore) for those of one machine; a store in a database
/// serves several machines.
///
/// A store that fails does not fail calls: [`Tokens`](super::Tokens) logs a warning (with the feature `tracing`), continues with
/// the token in memory, and retries saving it. Of the store's token and the one in memory, the one issued last counts.
pub trait TokenStore: fmt::Debug + Send + Sync + 'static {
    /// Waits until no one else holds the store, so that of all who find the token too old only one fetches another.
    ///
    /// The store decides how long to wait, which should be less than a call may take: until it gives up, callers without a valid
    /// token wait.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached, or is held for too long.
    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn LockedStore>, StoreError>>;
}

/// A store that no one else holds, until it is dropped.
pub trait LockedStore: Send {
    /// The token that is kept, if there is one.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>>;

    /// Keeps a token instead of the former.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>>;
}

/// Why a store failed. Its text holds no token.
pub type StoreError = Box<dyn std::error::Error + Send + Sync>;

/// Keeps the token in memory. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    token: Arc<Mutex<Option<StoredToken>>>,
}

impl TokenStore for MemoryStore {
    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn LockedStore>, StoreError>> {
        let token = Arc::clone(&self.token);
        Box::pin(async move {
            Ok(Box::new(LockedMemory(token.lock_owned().await)) as Box<dyn LockedStore>)
        })
    }
}

struct LockedMemory(OwnedMutexGuard<Option<StoredToken>>);

impl LockedStore for LockedMemory {
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        let token = self.0.clone();
        Box::pin(async move { Ok(token) })
    }

    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        *self.0 = Some(token.clone());
        Box::pin(async move { Ok(()) })
    }
}

impl UnixMillis {
    /// The time now, by the system's clock.
    pub fn now() -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}
