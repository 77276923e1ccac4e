//! Documented limits of frequency, kept on this side.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::deadline::Deadline;
use crate::endpoint::RateKey;
use crate::error::{Attempts, RateLimited};
use crate::meta::{Counts, EndpointMeta, RateLimit};

/// Remembers when each limited endpoint was called. Clones share what they remember.
#[derive(Clone, Default)]
pub(super) struct Limiter {
    limits: Arc<Mutex<HashMap<Place, Limit>>>,
}

/// The endpoint, and the limit's place among its limits.
type Place = (&'static str, usize);

/// What is remembered of one limit.
#[derive(Default)]
struct Limit {
    /// The calls within the time of the limit, the oldest first, by the values counted apart.
    windows: HashMap<RateKey, VecDeque<Instant>>,
    /// Each window once, with the time it was made or last found in use, oldest first, so that those that have ended are found
    /// without a search.
    order: VecDeque<(Instant, RateKey)>,
}

/// How many windows each call looks at: more than the one that it may add.
const LOOKED_AT: usize = 4;

/// One limit of one request, and what it is counted by.
#[derive(Debug, Clone)]
pub(super) struct Quota {
    limit: &'static RateLimit,
    place: Place,
    key: RateKey,
}

/// The place of a call in the windows of its limits. Dropped before the call was sent, it gives the places back.
#[derive(Debug)]
pub(super) struct Permit {
    taken: Vec<(Place, RateKey, Instant)>,
    limiter: Limiter,
    was_sent: bool,
}

impl Quota {
    /// The limits of an endpoint, and what a request is counted by.
    pub(super) fn of(
        meta: &'static EndpointMeta,
        key: &dyn Fn(&RateLimit) -> RateKey,
    ) -> Vec<Self> {
        let limits = meta.rate_limits.iter().enumerate();
        let quota = |(index, limit)| Self { limit, place: (meta.name, index), key: key(limit) };
        limits.map(quota).collect()
    }

    fn per(&self) -> Duration {
        Duration::from_secs(self.limit.per)
    }
}

impl Limiter {
    /// Takes a place in each window that counts so, or waits for one until the deadline.
    pub(super) async fn enter(
        &self,
        quotas: &[Quota],
        counts: Counts,
        deadline: Deadline,
    ) -> Result<Permit, RateLimited> {
        loop {
            match self.try_enter(quotas.iter().filter(|quota| quota.limit.counts == counts)) {
                Ok(permit) => return Ok(permit),
                Err((_, wait)) if deadline.is_later_than(wait) => sleep(wait).await,
                Err((quota, wait)) => return Err(refusal(quota, wait)),
            }
        }
    }

    fn try_enter<'a>(
        &self,
        quotas: impl Iterator<Item = &'a Quota> + Clone,
    ) -> Result<Permit, (&'a Quota, Duration)> {
        let now = Instant::now();
        let mut limits = self.limits();
        for quota in quotas.clone() {
            if let Some(limit) = limits.get_mut(&quota.place) {
                limit.forget(now, quota.per());
                limit.wait(now, quota).map_or(Ok(()), |wait| Err((quota, wait)))?;
            }
        }
        let mut permit = Permit { taken: Vec::new(), limiter: self.clone(), was_sent: false };
        for quota in quotas {
            limits.entry(quota.place).or_default().push(now, &quota.key);
            permit.taken.push((quota.place, quota.key.clone(), now));
        }
        Ok(permit)
    }

    fn limits(&self) -> MutexGuard<'_, HashMap<Place, Limit>> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Limit {
    /// Forgets some of the windows that have ended.
    fn forget(&mut self, now: Instant, per: Duration) {
        for _ in 0..LOOKED_AT {
            match self.order.front() {
                Some((at, _)) if is_over(*at, now, per) => {}
                _ => return,
            }
            let Some((_, key)) = self.order.pop_front() else { return };
            self.trim(&key, now, per);
            if self.windows.get(&key).is_some_and(VecDeque::is_empty) {
                self.windows.remove(&key);
            } else {
                self.order.push_back((now, key));
            }
        }
    }

    /// How long a call has to wait for its place, if it has.
    fn wait(&mut self, now: Instant, quota: &Quota) -> Option<Duration> {
        self.trim(&quota.key, now, quota.per());
        let calls = self.windows.get(&quota.key)?;
        if calls.len() < quota.limit.calls as usize {
            return None;
        }
        calls.front().map(|at| quota.per().saturating_sub(now.duration_since(*at)))
    }

    fn trim(&mut self, key: &RateKey, now: Instant, per: Duration) {
        let Some(calls) = self.windows.get_mut(key) else { return };
        while calls.front().is_some_and(|at| is_over(*at, now, per)) {
            calls.pop_front();
        }
    }

    fn push(&mut self, now: Instant, key: &RateKey) {
        let calls = self.windows.entry(key.clone()).or_insert_with(|| {
            self.order.push_back((now, key.clone()));
            VecDeque::new()
        });
        calls.push_back(now);
    }

    /// Removes a call that had no effect.
    fn remove(&mut self, at: Instant, key: &RateKey) {
        let Some(calls) = self.windows.get_mut(key) else { return };
        if let Some(place) = calls.iter().rposition(|call| *call == at) {
            calls.remove(place);
        }
    }

    /// The windows that have calls in them.
    fn in_use(&self) -> usize {
        self.windows.values().filter(|calls| !calls.is_empty()).count()
    }
}

fn is_over(at: Instant, now: Instant, per: Duration) -> bool {
    now.duration_since(at) >= per
}

/// The number of windows only: there may be very many, and their keys may be secret.
impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let windows: usize = self.limits().values().map(Limit::in_use).sum();
        f.debug_struct("Limiter").field("windows", &windows).finish()
    }
}

impl Permit {
    /// The call is being sent: it counts, unless the answer says otherwise.
    pub(super) fn sent(&mut self) {
        self.was_sent = true;
    }

    /// Gives the places back: the call had no effect.
    pub(super) fn give_back(mut self) {
        self.was_sent = false;
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if self.was_sent {
            return;
        }
        let mut limits = self.limiter.limits();
        for (place, key, at) in &self.taken {
            if let Some(limit) = limits.get_mut(place) {
                limit.remove(*at, key);
            }
        }
    }
}

#[cold]
fn refusal(quota: &Quota, retry_after: Duration) -> RateLimited {
    RateLimited {
        endpoint: quota.place.0,
        calls: quota.limit.calls,
        per: quota.per(),
        retry_after,
        attempts: Attempts::default(),
    }
}
