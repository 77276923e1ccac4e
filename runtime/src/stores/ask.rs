//! A statement is sent again where that may help, and is seen through whoever gives up waiting for it.

use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, timeout};

use super::backend::{Answer, Backend};
use super::{Database, DatabaseError};

/// Nothing is sent again after that.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection that says nothing for so long is lost, though nobody said so. Longer than a pool is waited for.
const SILENCE: Duration = Duration::from_secs(10);

const PAUSES: [Duration; 5] = [
    Duration::from_millis(5),
    Duration::from_millis(30),
    Duration::from_millis(120),
    Duration::from_millis(500),
    Duration::from_millis(1500),
];

impl Database {
    /// Sends a statement that may be sent more than once.
    pub(super) async fn ask<'a, T>(
        &'a self,
        doing: &'static str,
        mut statement: impl FnMut(&'a dyn Backend) -> Answer<'a, T>,
    ) -> Result<T, DatabaseError> {
        let start = Instant::now();
        let mut pauses = PAUSES.into_iter();
        loop {
            let Ok(answer) = timeout(SILENCE, statement(&*self.backend)).await else {
                let reason = format!("no response within {SILENCE:?}");
                return Err(DatabaseError::refused(doing, reason));
            };
            let error = match answer {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            match pauses.next() {
                Some(pause) if start.elapsed() < PATIENCE && self.is_passing(&error) => {
                    sleep(pause).await;
                }
                _ => return Err(self.error(doing, error)),
            }
        }
    }

    fn is_passing(&self, error: &sqlx::Error) -> bool {
        match error {
            // A pool whose connections are all in use may have one the next time.
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => true,
            sqlx::Error::Database(reply) => self.backend.is_passing(&**reply),
            _ => false,
        }
    }
}

/// Does some work in a task of its own, so that it comes to its end even if the future is dropped. Then the result is
/// dropped as well.
pub(super) async fn see_through<T: Send + 'static>(
    doing: &'static str,
    work: impl Future<Output = Result<T, DatabaseError>> + Send + 'static,
) -> Result<T, DatabaseError> {
    let Ok(runtime) = Handle::try_current() else {
        return Err(DatabaseError::refused(doing, "no tokio runtime is running"));
    };
    match runtime.spawn(work).await {
        Ok(result) => result,
        Err(_) => Err(DatabaseError::refused(doing, "the tokio runtime has stopped")),
    }
}

/// Does some work that nobody waits for, unless the runtime has stopped.
pub(super) fn leave(work: impl Future<Output: Send> + Send + 'static) {
    if let Ok(runtime) = Handle::try_current() {
        runtime.spawn(async move { drop(work.await) });
    }
}

/// In microseconds, of at most a century, which every database can add to its clock.
pub(super) fn micros(duration: Duration) -> i64 {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 3600);
    i64::try_from(duration.min(CENTURY).as_micros()).unwrap_or(i64::MAX)
}

/// What is too long would be cut by a MySQL that is not strict, and be one with another.
pub(super) fn check_length(doing: &'static str, name: &str) -> Result<(), DatabaseError> {
    const LONGEST: usize = 200;
    match name.len() {
        ..=LONGEST => Ok(()),
        _ => Err(DatabaseError::refused(doing, format!("a name is over {LONGEST} bytes"))),
    }
}
