//! What the stores ask of a database: each question is one statement, or a second one if the first found the row there.
//!
//! `events` and `tokens` are the two stores, written once for all databases; `ask` repeats a statement after a lost
//! connection or a deadlock, in a task of its own, so that a caller who gives up leaves no claim behind; `sqlite`,
//! `postgres` and `mysql` have the statements, say which errors may be repeated, and how migrations are locked;
//! `migrations/` has the tables as SQL files that a DBA can run.
//!
//! Each statement is atomic by itself, so no transaction is held open and nothing deadlocks for long. Every statement
//! may be sent twice: a claim is recognised by its token. Times are written and compared by the database's clock
//! only. The lock on a token is a lease that its holder renews, not a lock of a connection: it survives poolers and
//! failovers, and a holder whose machine vanishes blocks others for 8 s, not until TCP notices. A token saved by a
//! process that has lost its lock is kept only if it was issued later than the one there.

use std::borrow::Cow;

use sqlx::error::DatabaseError;

use super::Migration;
use crate::client::BoxFuture;

pub(super) type Answer<'a, T> = BoxFuture<'a, Result<T, sqlx::Error>>;

/// A database of one kind.
pub(super) trait Backend: Rows {
    fn name(&self) -> &'static str;

    fn migrations(&self) -> &'static [Migration];

    fn migrate(&self) -> Answer<'_, ()>;

    /// Whether the same statement may succeed if it is sent again.
    fn is_passing(&self, error: &dyn DatabaseError) -> bool;

    /// A key as it is written into a column.
    fn key<'a>(&self, key: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(key)
    }
}

/// Who asks for an event.
#[derive(Debug)]
pub(super) struct Claimant {
    pub(super) app: String,
    pub(super) key: String,
    pub(super) token: String,
}

/// What is kept of an event.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) token: String,
    /// `None` until it has been handled.
    pub(super) acknowledgement: Option<Vec<u8>>,
}

/// Who asks for a token.
#[derive(Debug)]
pub(super) struct Holder {
    pub(super) name: String,
    pub(super) holder: String,
}

/// The rows of the two tables. Durations are in microseconds.
pub(super) trait Rows: Send + Sync + 'static {
    /// Takes the event unless another has it or it has been handled; whether it did.
    fn take<'a>(&'a self, claimant: &'a Claimant, lease: i64) -> Answer<'a, bool>;

    fn find<'a>(&'a self, claimant: &'a Claimant) -> Answer<'a, Option<Kept>>;

    fn complete<'a>(&'a self, claimant: &'a Claimant, acknowledgement: &'a [u8]) -> Answer<'a, ()>;

    fn release<'a>(&'a self, claimant: &'a Claimant) -> Answer<'a, ()>;

    /// Deletes up to `most` events whose last lease ended, or that were completed, as long ago as `age`; how many.
    fn delete<'a>(&'a self, app: &'a str, age: i64, most: i64) -> Answer<'a, u64>;

    /// Takes the token's lock unless another has it; whether it did.
    fn lock<'a>(&'a self, holder: &'a Holder, lease: i64) -> Answer<'a, bool>;

    /// Keeps a lock that is still the holder's.
    fn renew<'a>(&'a self, holder: &'a Holder, lease: i64) -> Answer<'a, bool>;

    fn unlock<'a>(&'a self, holder: &'a Holder) -> Answer<'a, ()>;

    fn load<'a>(&'a self, name: &'a str) -> Answer<'a, Option<String>>;

    /// Writes a token if the lock is still the holder's, or the one that is there was issued earlier; whether it did.
    fn save<'a>(&'a self, holder: &'a Holder, token: &'a str, issued_at: i64) -> Answer<'a, bool>;
}

/// Executes the statements of `$statements` on the pool of a type. The statements of all databases take the same
/// parameters in the same order; what inserts and, on a row that is there, updates is one statement or two.
macro_rules! rows {
    ($backend:ty, $statements:ident) => {
        impl Rows for $backend {
            fn take<'a>(&'a self, claimant: &'a Claimant, lease: i64) -> Answer<'a, bool> {
                Box::pin(async move {
                    let query = sqlx::query($statements::INSERT_CLAIM);
                    let query = query.bind(&claimant.app).bind(&claimant.key);
                    let taken = query.bind(&claimant.token).bind(lease).execute(&self.0).await;
                    let update = $statements::UPDATE_CLAIM;
                    let Some(update) = update.filter(|_| is_duplicate(&taken)) else {
                        return Ok(taken?.rows_affected() > 0);
                    };
                    let query = sqlx::query(update);
                    let query = query.bind(&claimant.token).bind(lease);
                    let query = query.bind(&claimant.app).bind(&claimant.key);
                    Ok(query.execute(&self.0).await?.rows_affected() > 0)
                })
            }

            fn find<'a>(&'a self, claimant: &'a Claimant) -> Answer<'a, Option<Kept>> {
                Box::pin(async move {
                    let query = sqlx::query($statements::FIND_EVENT);
                    let query = query.bind(&claimant.app).bind(&claimant.key);
                    let Some(row) = query.fetch_optional(&self.0).await? else { return Ok(None) };
                    let (token, acknowledgement) =
                        (row.try_get_unchecked(0)?, row.try_get_unchecked(1)?);
                    Ok(Some(Kept { token, acknowledgement }))
                })
            }

            fn complete<'a>(
                &'a self,
                claimant: &'a Claimant,
                acknowledgement: &'a [u8],
            ) -> Answer<'a, ()> {
                Box::pin(async move {
                    let query = sqlx::query($statements::COMPLETE_EVENT);
                    let query = query.bind(&claimant.app).bind(&claimant.key);
                    let query = query.bind(&claimant.token).bind(acknowledgement);
                    query.execute(&self.0).await.map(drop)
                })
            }

            fn release<'a>(&'a self, claimant: &'a Claimant) -> Answer<'a, ()> {
                Box::pin(async move {
                    let query = sqlx::query($statements::RELEASE_EVENT);
                    let query = query.bind(&claimant.app).bind(&claimant.key);
                    query.bind(&claimant.token).execute(&self.0).await.map(drop)
                })
            }

            fn delete<'a>(&'a self, app: &'a str, age: i64, most: i64) -> Answer<'a, u64> {
                Box::pin(async move {
                    let query = sqlx::query($statements::DELETE_EVENTS).bind(app);
                    Ok(query.bind(age).bind(most).execute(&self.0).await?.rows_affected())
                })
            }

            fn lock<'a>(&'a self, holder: &'a Holder, lease: i64) -> Answer<'a, bool> {
                Box::pin(async move {
                    let query = sqlx::query($statements::INSERT_LOCK);
                    let query = query.bind(&holder.name).bind(&holder.holder).bind(lease);
                    let locked = query.execute(&self.0).await;
                    let update = $statements::UPDATE_LOCK;
                    let Some(update) = update.filter(|_| is_duplicate(&locked)) else {
                        return Ok(locked?.rows_affected() > 0);
                    };
                    let query = sqlx::query(update);
                    let query = query.bind(&holder.holder).bind(lease);
                    let query = query.bind(&holder.name).bind(&holder.holder);
                    Ok(query.execute(&self.0).await?.rows_affected() > 0)
                })
            }

            fn renew<'a>(&'a self, holder: &'a Holder, lease: i64) -> Answer<'a, bool> {
                Box::pin(async move {
                    let query = sqlx::query($statements::RENEW_LOCK).bind(lease);
                    let query = query.bind(&holder.name).bind(&holder.holder);
                    Ok(query.execute(&self.0).await?.rows_affected() > 0)
                })
            }

            fn unlock<'a>(&'a self, holder: &'a Holder) -> Answer<'a, ()> {
                Box::pin(async move {
                    let query = sqlx::query($statements::UNLOCK);
                    let query = query.bind(&holder.name).bind(&holder.holder);
                    query.execute(&self.0).await.map(drop)
                })
            }

            fn load<'a>(&'a self, name: &'a str) -> Answer<'a, Option<String>> {
                Box::pin(async move {
                    let query = sqlx::query($statements::LOAD_TOKEN).bind(name);
                    let Some(row) = query.fetch_optional(&self.0).await? else { return Ok(None) };
                    row.try_get_unchecked(0)
                })
            }

            fn save<'a>(
                &'a self,
                holder: &'a Holder,
                token: &'a str,
                issued_at: i64,
            ) -> Answer<'a, bool> {
                Box::pin(async move {
                    let query = sqlx::query($statements::SAVE_TOKEN).bind(token).bind(issued_at);
                    let query = query.bind(&holder.name).bind(&holder.holder).bind(issued_at);
                    Ok(query.execute(&self.0).await?.rows_affected() > 0)
                })
            }
        }
    };
}

pub(super) use rows;

pub(super) fn is_duplicate<T>(result: &Result<T, sqlx::Error>) -> bool {
    let error = result.as_ref().err().and_then(sqlx::Error::as_database_error);
    error.is_some_and(DatabaseError::is_unique_violation)
}
