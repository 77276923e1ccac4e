//! Within which limits a file is downloaded.

use std::time::Duration;

/// Limits of a download: how long it may take in all, how slow it may be, and where it may lead.
///
/// Besides, each wait for the server is limited by [`ClientBuilder::try_timeout`](crate::client::ClientBuilder::try_timeout),
/// and attempts that bring nothing by the client's [`RetryPolicy`](crate::client::RetryPolicy).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct DownloadOptions {
    pub(super) timeout: Duration,
    pub(super) least: u64,
    pub(super) window: Duration,
    pub(super) allow_private: bool,
}

impl Default for DownloadOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl DownloadOptions {
    /// One hour in all, at least 30 KiB in each 30 s, public addresses only.
    pub const fn new() -> Self {
        Self {
            timeout: Duration::from_secs(3600),
            least: 30 << 10,
            window: Duration::from_secs(30),
            allow_private: false,
        }
    }

    /// The time for the whole download: every URL, every attempt, every pause, and the writer. `Duration::MAX` is no
    /// limit. A writer of the blocking client is not interrupted.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The least that the server must send in each period of this length, or the download fails. The time that the
    /// writer and fresh URLs take does not count. No bytes, or a period of zero or `Duration::MAX`, is no limit.
    pub const fn least_rate(mut self, bytes: u64, period: Duration) -> Self {
        self.least = bytes;
        self.window = period;
        self
    }

    /// Whether a URL may lead to an address that is not public: to this machine, also over plain HTTP, or into its
    /// network. If not set it may not, because a URL comes from outside, and whoever chose it could read from inside.
    ///
    /// A host's name is checked by the addresses that it resolves to. Where a proxy resolves it, that is the proxy's
    /// business.
    pub const fn allow_private_addresses(mut self, allow: bool) -> Self {
        self.allow_private = allow;
        self
    }
}
