//! The callback events of one app, in a database.

use std::time::Duration;

use super::ask::{check_length, leave, micros, see_through};
use super::backend::{Claimant, Kept};
use super::{Database, DatabaseError};
use crate::callback::{BoxError, Claim, Claimed, EventStore};

/// Platforms repeat a call for three days and less, as a rule; those that do so for longer need `keep_for`.
const REPEATED: Duration = Duration::from_secs(72 * 3600);

/// Rows that are deleted by one statement.
const BATCH: u64 = 1_000;

/// The event store of one app, in a database that several processes share. Created by [`Database::events`].
///
/// A claim whose caller gives up while it is in flight is released. A claim whose connection is lost is retried; if the
/// retries fail as well, the database may still have recorded it, and the event is handled after the lease has ended.
///
/// ```no_run
/// # async fn receive<E: apiscribe::Events>(
/// #     verifier: apiscribe::callback::CallbackVerifier,
/// # ) -> Result<(), Box<dyn std::error::Error>> {
/// use apiscribe::callback::Callbacks;
/// use apiscribe::stores::Database;
///
/// let database = Database::connect("mysql://shop:secret@db/shop?ssl-mode=VERIFY_IDENTITY").await?;
/// database.migrate().await?;
/// let events = database.events("shop-1");
/// let callbacks = Callbacks::<E, _>::with_store(verifier, events.clone());
/// // Once an hour or so:
/// let deleted = events.clean_up(100_000).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct DatabaseEvents {
    database: Database,
    app: String,
    age: Duration,
}

impl DatabaseEvents {
    pub(super) fn new(database: Database, app: String) -> Self {
        Self { database, app, age: REPEATED.saturating_add(Duration::from_secs(3600)) }
    }

    /// How long [`DatabaseEvents::clean_up`] keeps completed events; 73 hours by default. At least 72 hours, because the
    /// platform may repeat a call for that long; anything shorter is raised to that.
    #[must_use]
    pub fn keep_for(mut self, age: Duration) -> Self {
        self.age = age.max(REPEATED);
        self
    }

    /// Deletes events that were completed, and claims whose lease ended, longer ago than [`DatabaseEvents::keep_for`]: at
    /// most `most` rows, in batches of 1,000. Returns the number of rows deleted.
    ///
    /// Any process may call it at any time, also concurrently.
    ///
    /// # Errors
    ///
    /// When the database fails; batches already deleted stay deleted.
    pub async fn clean_up(&self, most: u64) -> Result<u64, DatabaseError> {
        const DOING: &str = "clean up events";
        let app = self.database.backend.key(&self.app);
        let age = micros(self.age);
        let mut deleted = 0;
        while deleted < most {
            let batch = (most - deleted).min(BATCH);
            let rows =
                self.database.ask(DOING, |rows| rows.delete(&app, age, batch as i64)).await?;
            deleted += rows;
            if rows < batch {
                break;
            }
        }
        Ok(deleted)
    }

    fn claimant(&self, doing: &'static str, claim: &Claim) -> Result<Claimant, DatabaseError> {
        check_length(doing, &self.app)?;
        check_length(doing, &claim.key)?;
        let key = |text| self.database.backend.key(text).into_owned();
        Ok(Claimant { app: key(&self.app), key: key(&claim.key), token: claim.token.clone() })
    }

    async fn take(self, claim: Claim) -> Result<Taken, DatabaseError> {
        const DOING: &str = "claim an event";
        let claimant = self.claimant(DOING, &claim)?;
        let lease = micros(claim.lease);
        // Another may give the event back after it was found taken, and before it is looked up.
        for _ in 0..3 {
            let mut sent = 0;
            let take = self.database.ask(DOING, |rows| {
                sent += 1;
                rows.take(&claimant, lease)
            });
            if take.await? {
                return Ok(Taken::New(Unclaimed { events: self, claim: Some(claim) }));
            }
            match self.database.ask(DOING, |rows| rows.find(&claimant)).await? {
                Some(Kept { acknowledgement: Some(body), .. }) => return Ok(Taken::Done(body)),
                // The connection was lost after the database had done it.
                Some(kept) if sent > 1 && kept.token == claimant.token => {
                    return Ok(Taken::New(Unclaimed { events: self, claim: Some(claim) }));
                }
                Some(_) => return Ok(Taken::InProgress),
                None => {}
            }
        }
        Ok(Taken::InProgress)
    }

    async fn finish(self, claim: Claim, acknowledgement: Vec<u8>) -> Result<(), DatabaseError> {
        const DOING: &str = "complete an event";
        let claimant = self.claimant(DOING, &claim)?;
        self.database.ask(DOING, |rows| rows.complete(&claimant, &acknowledgement)).await
    }

    async fn give_back(self, claim: Claim) -> Result<(), DatabaseError> {
        const DOING: &str = "release an event";
        let claimant = self.claimant(DOING, &claim)?;
        self.database.ask(DOING, |rows| rows.release(&claimant)).await
    }
}

/// What the database said to a claim.
enum Taken {
    New(Unclaimed),
    InProgress,
    Done(Vec<u8>),
}

/// A claim on the way to who asked for it, which is given back if nobody is there any more.
struct Unclaimed {
    events: DatabaseEvents,
    claim: Option<Claim>,
}

impl Drop for Unclaimed {
    fn drop(&mut self) {
        if let Some(claim) = self.claim.take() {
            leave(self.events.clone().give_back(claim));
        }
    }
}

impl EventStore for DatabaseEvents {
    async fn claim(&self, claim: &Claim) -> Result<Claimed, BoxError> {
        match see_through("claim an event", self.clone().take(claim.clone())).await? {
            Taken::New(mut unclaimed) => {
                unclaimed.claim = None;
                Ok(Claimed::New)
            }
            Taken::InProgress => Ok(Claimed::InProgress),
            Taken::Done(body) => Ok(Claimed::Done(body)),
        }
    }

    async fn complete(&self, claim: &Claim, acknowledgement: &[u8]) -> Result<(), BoxError> {
        let finish = self.clone().finish(claim.clone(), acknowledgement.to_vec());
        Ok(see_through("complete an event", finish).await?)
    }

    async fn release(&self, claim: &Claim) -> Result<(), BoxError> {
        let give_back = self.clone().give_back(claim.clone());
        Ok(see_through("release an event", give_back).await?)
    }

    fn abandon(&self, claim: &Claim) {
        leave(self.clone().give_back(claim.clone()));
    }
}
