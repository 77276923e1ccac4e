//! A token that several machines share, in a database.

use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep};

use super::ask::{check_length, leave, micros, see_through};
use super::backend::Holder;
use super::{Database, DatabaseError};
use crate::client::BoxFuture;
use crate::client::token::{LockedStore, StoreError, StoredToken, TokenStore};
use crate::signature::random_hex;

const LOCK: &str = "lock a token";

/// The token store of one app and one way to authenticate, in a database that several machines share. Created by
/// [`Database::tokens`].
///
/// One process at a time fetches a token; the others wait for it. The lock is a lease that its holder renews: if the
/// holder or its machine dies, the others wait until the lease ends. No connection is held while a token is fetched.
///
/// **Tokens and refresh tokens are stored unencrypted.** Anyone who can read the table `api_client_tokens`, or a backup of
/// it, can use them; restrict access accordingly.
///
/// ```no_run
/// # async fn open<R>(request: R) -> Result<(), Box<dyn std::error::Error>>
/// # where
/// #     R: apiscribe::endpoint::IssuesToken + std::fmt::Debug + Send + Sync + 'static,
/// #     R::Response: Send,
/// # {
/// use apiscribe::stores::Database;
/// use apiscribe::{Client, Tokens};
///
/// let database = Database::connect("postgres://shop:secret@db/shop?sslmode=verify-full").await?;
/// database.migrate().await?;
/// // `request` is one that issues tokens, as `ClientTokenRequest`.
/// let tokens = Tokens::new(request).store(database.tokens("shop-1/client_token"));
/// let client = Client::builder().tokens(tokens).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct DatabaseTokens {
    database: Database,
    name: String,
    patience: Duration,
    lease: Duration,
}

impl DatabaseTokens {
    pub(super) fn new(database: Database, name: String) -> Self {
        let (patience, lease) = (Duration::from_secs(10), Duration::from_secs(8));
        Self { database, name, patience, lease }
    }

    /// How long to wait for another process that holds the lock; 10 s by default.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// How long a lock is valid after its holder last renewed it; 8 s by default. A holder renews it three times per
    /// lease. Keep it shorter than the patience, so that a crashed process does not cause errors in the others. Less than
    /// 100 ms counts as 100 ms: a lease that is over before it can be renewed locks nothing.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease.max(Duration::from_millis(100));
        self
    }

    async fn wait(&self) -> Result<LockedToken, DatabaseError> {
        const LONGEST_PAUSE: Duration = Duration::from_millis(200);
        check_length(LOCK, &self.name)?;
        let start = Instant::now();
        let mut pause = Duration::from_millis(10);
        loop {
            if let Some(locked) = see_through(LOCK, self.clone().try_lock()).await? {
                return Ok(locked);
            }
            let Some(rest) = self.patience.checked_sub(start.elapsed()) else {
                let reason = format!("another process has held it for {:?}", self.patience);
                return Err(DatabaseError::refused(LOCK, reason));
            };
            sleep(pause.min(rest)).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn try_lock(self) -> Result<Option<LockedToken>, DatabaseError> {
        let drawn = random_hex();
        let drawn = drawn.map_err(|error| DatabaseError::refused(LOCK, error.to_string()))?;
        let name = self.database.backend.key(&self.name).into_owned();
        let holder = Holder { name, holder: drawn };
        let lease = micros(self.lease);
        let locked = self.database.ask(LOCK, |rows| rows.lock(&holder, lease)).await?;
        Ok(locked.then(|| LockedToken::new(self, holder)))
    }
}

impl TokenStore for DatabaseTokens {
    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn LockedStore>, StoreError>> {
        Box::pin(async move { Ok(Box::new(self.wait().await?) as Box<dyn LockedStore>) })
    }
}

/// Given back when it is dropped; if the process dies instead, when its lease ends.
struct LockedToken {
    database: Database,
    holder: Holder,
    renewal: AbortHandle,
}

impl LockedToken {
    fn new(tokens: DatabaseTokens, holder: Holder) -> Self {
        let database = tokens.database.clone();
        let copy = Holder { name: holder.name.clone(), holder: holder.holder.clone() };
        let renewal = tokio::spawn(renew(tokens, copy)).abort_handle();
        Self { database, holder, renewal }
    }
}

/// Keeps the lease from ending, until another has the lock all the same.
async fn renew(tokens: DatabaseTokens, holder: Holder) {
    let lease = micros(tokens.lease);
    let pause = (tokens.lease / 3).max(Duration::from_millis(10));
    loop {
        sleep(pause).await;
        // A database that does not respond may do so next time.
        let renewed = tokens.database.ask(LOCK, |rows| rows.renew(&holder, lease)).await;
        if renewed == Ok(false) {
            break;
        }
    }
}

impl LockedStore for LockedToken {
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        const DOING: &str = "load a token";
        Box::pin(async move {
            let text = self.database.ask(DOING, |rows| rows.load(&self.holder.name)).await?;
            let Some(text) = text else { return Ok(None) };
            // The words of the JSON reader could show a part of the token.
            let token = serde_json::from_str(&text);
            let garbage =
                |_| DatabaseError::refused(DOING, "the row holds something else; delete it");
            Ok(Some(token.map_err(garbage)?))
        })
    }

    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        const DOING: &str = "save a token";
        Box::pin(async move {
            let text = serde_json::to_string(token)?;
            let issued_at = token.issued_at.0;
            let save = self.database.ask(DOING, |rows| rows.save(&self.holder, &text, issued_at));
            match save.await? {
                true => Ok(()),
                false => {
                    Err(DatabaseError::refused(DOING, "another process saved a later one").into())
                }
            }
        })
    }
}

impl Drop for LockedToken {
    fn drop(&mut self) {
        self.renewal.abort();
        let (database, name) = (self.database.clone(), std::mem::take(&mut self.holder.name));
        let holder = Holder { name, holder: std::mem::take(&mut self.holder.holder) };
        leave(async move { database.ask("unlock a token", |rows| rows.unlock(&holder)).await });
    }
}
