//! When a message was signed in, whether that is about now out.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::platform_keys::Believed;
use super::received::SignedAt;

/// What time it is, and how far from it a message may have been signed. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Clock {
    /// In place of the schemes' own.
    pub(crate) window: Option<Duration>,
    now: Arc<dyn Fn() -> SystemTime + Send + Sync>,
}

/// Why a message that is the platform's is not one of now.
pub(crate) enum Untimely {
    /// This field of the body should say when it was signed, and does not.
    Unsaid(&'static str),
    /// It was signed so far from now, in whole seconds.
    Stale { by: Duration, ahead: bool },
}

impl Clock {
    /// That of the system.
    pub(crate) fn system() -> Self {
        Self { window: None, now: Arc::new(SystemTime::now) }
    }

    pub(crate) fn set(&mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) {
        self.now = Arc::new(now);
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.now)()
    }

    pub(crate) fn check(&self, believed: &Believed, now: SystemTime) -> Result<(), Untimely> {
        let signed_at = match believed.signed_at {
            SignedAt::Seconds(at) => at.to_system_time().unwrap_or(SystemTime::UNIX_EPOCH),
            SignedAt::Missing(field) => return Err(Untimely::Unsaid(field)),
            SignedAt::Unsaid => return Ok(()),
        };
        let window = self.window.or(believed.window.map(Duration::from_secs));
        let (ahead, distance) = match signed_at.duration_since(now) {
            Ok(distance) => (true, distance),
            Err(earlier) => (false, earlier.duration()),
        };
        match distance > window.unwrap_or(Duration::MAX) {
            true => Err(Untimely::Stale { by: Duration::from_secs(distance.as_secs()), ahead }),
            false => Ok(()),
        }
    }
}
