//! Documented limits of frequency, kept on this side.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::endpoint::{AnyRequest, Counts, RateKey, RateLimit};
use crate::error::{Attempts, RateLimited};

/// Remembers when each limited endpoint was called. Clones share what they remember.
#[derive(Debug, Clone, Default)]
pub(super) struct Limiter {
    windows: Arc<Mutex<Windows>>,
}

/// The calls within the time of a limit, the oldest first, by endpoint, place of the limit, and values counted apart.
type Windows = HashMap<Key, VecDeque<Instant>>;
type Key = (&'static str, usize, RateKey);

/// Over so many windows those that have run out are forgotten.
const MANY: usize = 1024;

/// One limit of one request, and what it is counted by.
#[derive(Debug, Clone)]
pub(super) struct Quota {
    limit: &'static RateLimit,
    key: Key,
}

/// The place of a call in the windows of its limits.
#[derive(Debug, Default)]
pub(super) struct Permit {
    taken: Vec<(Key, Instant)>,
    limiter: Limiter,
}

impl Quota {
    /// The limits of a request.
    pub(super) fn of(request: &dyn AnyRequest) -> Vec<Self> {
        let meta = request.meta();
        let limits = meta.rate_limits.iter().enumerate();
        limits
            .map(|(place, limit)| Self { limit, key: (meta.name, place, request.rate_key(limit)) })
            .collect()
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
        deadline: Instant,
    ) -> Result<Permit, RateLimited> {
        loop {
            match self.try_enter(quotas.iter().filter(|quota| quota.limit.counts == counts)) {
                Ok(permit) => return Ok(permit),
                Err((quota, wait)) if Instant::now() + wait >= deadline => {
                    return Err(refusal(quota, wait));
                }
                Err((_, wait)) => sleep(wait).await,
            }
        }
    }

    fn try_enter<'a>(
        &self,
        quotas: impl Iterator<Item = &'a Quota> + Clone,
    ) -> Result<Permit, (&'a Quota, Duration)> {
        let now = Instant::now();
        let mut windows = self.windows();
        if windows.len() > MANY {
            windows.retain(|_, calls| !calls.is_empty());
        }
        for quota in quotas.clone() {
            let calls = windows.entry(quota.key.clone()).or_default();
            while calls.front().is_some_and(|at| now.duration_since(*at) >= quota.per()) {
                calls.pop_front();
            }
            if calls.len() >= quota.limit.calls as usize {
                let wait =
                    calls.front().map_or(quota.per(), |at| quota.per() - now.duration_since(*at));
                return Err((quota, wait));
            }
        }
        let mut permit = Permit { taken: Vec::new(), limiter: self.clone() };
        for quota in quotas {
            windows.entry(quota.key.clone()).or_default().push_back(now);
            permit.taken.push((quota.key.clone(), now));
        }
        Ok(permit)
    }

    fn windows(&self) -> MutexGuard<'_, Windows> {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit {
    /// Gives the places back: the call had no effect.
    pub(super) fn give_back(self) {
        let mut windows = self.limiter.windows();
        for (key, at) in &self.taken {
            let Some(calls) = windows.get_mut(key) else { continue };
            if let Some(place) = calls.iter().position(|call| call == at) {
                calls.remove(place);
            }
        }
    }
}

#[cold]
fn refusal(quota: &Quota, retry_after: Duration) -> RateLimited {
    RateLimited {
        endpoint: quota.key.0,
        calls: quota.limit.calls,
        per: quota.per(),
        retry_after,
        attempts: Attempts::default(),
    }
}
