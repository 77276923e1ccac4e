//! Events that are kept in the memory of one process.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{BoxError, Claim, Claimed, EventStore};

/// Keeps the latest 100,000 handled events for 73 hours, an hour longer than the platform repeats a call, in this
/// process's memory: for one server. When it starts anew it knows nothing, so an event that was handled just before is
/// handed over again if the platform calls again.
pub struct MemoryEvents {
    most: usize,
    age: Duration,
    clock: Box<dyn Fn() -> Instant + Send + Sync>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    held: HashMap<String, Held>,
    done: HashMap<String, Vec<u8>>,
    /// The keys of `done`, each once, the oldest first.
    order: VecDeque<(Instant, String)>,
}

struct Held {
    token: String,
    /// `None` if the lease is longer than the clock can count.
    until: Option<Instant>,
}

impl Held {
    fn is_held_at(&self, now: Instant) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

impl MemoryEvents {
    /// With the limits above.
    pub fn new() -> Self {
        Self::with_limits(100_000, Duration::from_secs(73 * 3600))
    }

    /// Keeps at most `most` handled events, and none for longer than `age`. As many may be in flight at a time; more are
    /// not taken.
    pub fn with_limits(most: usize, age: Duration) -> Self {
        Self { most, age, clock: Box::new(Instant::now), kept: Mutex::default() }
    }

    /// Another clock than the system's, for tests.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self { clock: Box::new(now), ..self }
    }

    /// No code that could panic runs under the lock, so what it guards is whole in any case.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, claim: &Claim) -> Result<Claimed, BoxError> {
        let now = (self.clock)();
        let mut kept = self.kept();
        kept.forget(self.most, now.checked_sub(self.age));
        if let Some(acknowledgement) = kept.done.get(&claim.key) {
            return Ok(Claimed::Done(acknowledgement.clone()));
        }
        if kept.held.get(&claim.key).is_some_and(|held| held.is_held_at(now)) {
            return Ok(Claimed::InProgress);
        }
        kept.make_room(self.most, now)?;
        let until = now.checked_add(claim.lease);
        kept.held.insert(claim.key.clone(), Held { token: claim.token.clone(), until });
        Ok(Claimed::New)
    }

    fn finish(&self, claim: &Claim, acknowledgement: &[u8]) {
        let now = (self.clock)();
        let mut kept = self.kept();
        kept.held.remove(&claim.key);
        if kept.done.insert(claim.key.clone(), acknowledgement.to_vec()).is_none() {
            kept.order.push_back((now, claim.key.clone()));
        }
        kept.forget(self.most, now.checked_sub(self.age));
    }

    fn give_back(&self, claim: &Claim) {
        let mut kept = self.kept();
        if kept.held.get(&claim.key).is_some_and(|held| held.token == claim.token) {
            kept.held.remove(&claim.key);
        }
    }
}

impl Kept {
    /// Drops what is too much or too old.
    fn forget(&mut self, most: usize, oldest: Option<Instant>) {
        while let Some((at, key)) = self.order.front() {
            if self.order.len() <= most && oldest.is_none_or(|oldest| *at >= oldest) {
                break;
            }
            self.done.remove(key);
            self.order.pop_front();
        }
    }

    /// A claim that nobody gave back stays until room is needed.
    fn make_room(&mut self, most: usize, now: Instant) -> Result<(), BoxError> {
        if self.held.len() >= most {
            self.held.retain(|_, held| held.is_held_at(now));
        }
        if self.held.len() >= most {
            return Err(format!("{most} events are being handled; no more are taken").into());
        }
        Ok(())
    }
}

impl EventStore for MemoryEvents {
    async fn claim(&self, claim: &Claim) -> Result<Claimed, BoxError> {
        self.take(claim)
    }

    async fn complete(&self, claim: &Claim, acknowledgement: &[u8]) -> Result<(), BoxError> {
        self.finish(claim, acknowledgement);
        Ok(())
    }

    async fn release(&self, claim: &Claim) -> Result<(), BoxError> {
        self.give_back(claim);
        Ok(())
    }

    fn abandon(&self, claim: &Claim) {
        self.give_back(claim);
    }
}

impl Default for MemoryEvents {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MemoryEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = self.kept();
        f.debug_struct("MemoryEvents")
            .field("under_way", &kept.held.len())
            .field("handled", &kept.done.len())
            .finish_non_exhaustive()
    }
}
