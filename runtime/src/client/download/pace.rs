//! How long a download may take, and how slow it may be.

use std::pin::pin;
use std::time::{Duration, Instant};

use tokio::time::{sleep, timeout};

use super::{DownloadFault, DownloadOptions, Stop};
use crate::error::TransportFault;

/// The time that is left, and what has come in it.
pub(super) struct Pace {
    options: DownloadOptions,
    /// `None` if there is none.
    deadline: Option<Instant>,
    /// Time that the network may still take until as much has come as must.
    window_left: Duration,
    /// Bytes since the window began.
    received: u64,
}

impl Pace {
    pub(super) fn start(options: DownloadOptions) -> Self {
        Self {
            options,
            deadline: Instant::now().checked_add(options.timeout),
            window_left: window(options),
            received: 0,
        }
    }

    pub(super) fn receive(&mut self, bytes: usize) {
        self.received = self.received.saturating_add(bytes as u64);
    }

    /// A step that the server is waited for in.
    pub(super) async fn wait<T>(
        &mut self,
        patience: Duration,
        step: impl Future<Output = Result<T, TransportFault>>,
    ) -> Result<T, Stop> {
        let mut step = pin!(step);
        let mut left = patience;
        loop {
            self.check()?;
            let allowed = left.min(self.window_left).min(self.time_left());
            let begun = Instant::now();
            let done = timeout(allowed, step.as_mut()).await;
            let took = begun.elapsed();
            self.window_left = self.window_left.saturating_sub(took);
            left = left.saturating_sub(took);
            if let Ok(done) = done {
                return done.map_err(broken);
            }
            self.check()?;
            if left.is_zero() {
                return Err(broken(TransportFault::Timeout { after: patience }));
            }
        }
    }

    /// A step of the caller's own, as writing.
    pub(super) async fn allow<T>(&self, step: impl Future<Output = T>) -> Result<T, DownloadFault> {
        timeout(self.time_left(), step).await.map_err(|_| self.late())
    }

    /// A pause, or what time is left.
    pub(super) async fn pause(&self, pause: Duration) {
        sleep(pause.min(self.time_left())).await;
    }

    pub(super) fn check_deadline(&self) -> Result<(), DownloadFault> {
        if self.time_left().is_zero() { Err(self.late()) } else { Ok(()) }
    }

    /// Begins another window when one has ended and brought enough.
    fn check(&mut self) -> Result<(), Stop> {
        self.check_deadline().map_err(Stop::Final)?;
        if !self.window_left.is_zero() {
            return Ok(());
        }
        if self.received < self.options.least {
            let DownloadOptions { least, window, .. } = self.options;
            return Err(Stop::Final(DownloadFault::TooSlow {
                received: self.received,
                least,
                period: window,
            }));
        }
        (self.window_left, self.received) = (window(self.options), 0);
        Ok(())
    }

    fn time_left(&self) -> Duration {
        let left = |deadline: Instant| deadline.saturating_duration_since(Instant::now());
        self.deadline.map_or(Duration::MAX, left)
    }

    fn late(&self) -> DownloadFault {
        DownloadFault::Late { after: self.options.timeout }
    }
}

fn window(options: DownloadOptions) -> Duration {
    let is_limit = options.least > 0 && !options.window.is_zero();
    if is_limit { options.window } else { Duration::MAX }
}

fn broken(fault: TransportFault) -> Stop {
    Stop::Broken(DownloadFault::Transport(fault))
}
