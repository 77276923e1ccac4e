//! When a message was signed in, whether that is about now out.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::platform_keys::Believed;
use super::received::SignedAt;
use super::response_verifier::Unverified;

/// What time it is, and how far from it a message may have been signed. Cheap to clone.
#[derive(Clone)]
pub(super) struct Clock {
    /// In place of the schemes' own.
    pub(super) window: Option<Duration>,
    now: Arc<dyn Fn() -> SystemTime + Send + Sync>,
}

impl Clock {
    /// That of the system.
    pub(super) fn system() -> Self {
        Self { window: None, now: Arc::new(SystemTime::now) }
    }

    pub(super) fn set(&mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) {
        self.now = Arc::new(now);
    }

    pub(super) fn now(&self) -> SystemTime {
        (self.now)()
    }

    pub(super) fn check(&self, believed: &Believed, now: SystemTime) -> Result<(), Unverified> {
        let signed_at = match believed.signed_at {
            SignedAt::Seconds(at) => at.to_system_time().unwrap_or(SystemTime::UNIX_EPOCH),
            SignedAt::Missing(field) => return Err(Unverified::NoTime { field }),
            SignedAt::Unsaid => return Ok(()),
        };
        let window = self.window.or(believed.window.map(Duration::from_secs));
        let (ahead, distance) = match signed_at.duration_since(now) {
            Ok(distance) => (true, distance),
            Err(earlier) => (false, earlier.duration()),
        };
        match distance > window.unwrap_or(Duration::MAX) {
            true => Err(Unverified::Stale { by: Duration::from_secs(distance.as_secs()), ahead }),
            false => Ok(()),
        }
    }
}
