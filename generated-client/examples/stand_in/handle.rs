//! The stand-in as a test or an example holds it. Each area adds the methods of its own.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::door::keep;
use super::fault::Fault;
use super::journal::Received;
use super::keys::{Keys, SignedHeaders};
use super::settings::Settings;
use super::state::Platform;

/// The running stand-in. It has a thread of its own, so that a test may wait in whatever way it likes; dropping it ends
/// the server and every callback that is still under way.
pub(crate) struct StandIn {
    /// `http://127.0.0.1:<port>`, for every host of the platform.
    pub(crate) url: String,
    pub(super) platform: Arc<Platform>,
    runtime: Option<Runtime>,
}

impl StandIn {
    /// Starts with the settings that suit most examples.
    pub(crate) fn start() -> io::Result<Self> {
        Self::start_with(Settings::default())
    }

    /// Starts at a free port. Fails if no port, thread or key can be had.
    pub(crate) fn start_with(settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let url = format!("http://{address}");
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let keys = Keys::of_the_platform()?;
        let platform =
            Arc::new(Platform::new(settings, keys, url.clone(), runtime.handle().clone()));
        keep(listener, address, &platform);
        Ok(Self { url, platform, runtime: Some(runtime) })
    }

    /// The platform's public key, which signatures of callbacks are checked with, as PEM.
    pub(crate) fn public_key(&self) -> &str {
        self.platform.keys.public_pem()
    }

    /// The app's public key, as PEM or DER, which `place_order` checks signatures with.
    pub(crate) fn set_app_key(&self, key: &[u8]) {
        self.platform.with(|state| state.settings.app_key = Some(key.to_vec()));
    }

    /// Where callbacks go: an `http` URL on loopback.
    pub(crate) fn set_notify_url(&self, url: &str) {
        self.platform.with(|state| state.settings.notify_url = Some(url.to_owned()));
    }

    /// Moves the stand-in's clock forward. Tokens, bills and signatures grow old at once.
    pub(crate) fn advance(&self, time: Duration) {
        self.platform.clock.advance(time);
    }

    /// The next request to this path meets the fault. Several for one path strike one after the other, before any plan.
    pub(crate) fn inject(&self, path: &str, fault: Fault) {
        self.platform.faults().inject(path, fault);
    }

    /// Asks for each request, by its number since the start (from 0) and its path, what befalls it.
    pub(crate) fn fault_plan(
        &self,
        plan: impl Fn(usize, &str) -> Option<Fault> + Send + Sync + 'static,
    ) {
        self.platform.faults().plan(Some(Arc::new(plan)));
    }

    /// Ends the plan and forgets what was injected.
    pub(crate) fn no_more_faults(&self) {
        self.platform.faults().clear();
    }

    /// Ends every connection and refuses new ones, when it returns, until [`Self::accept_again`].
    pub(crate) async fn refuse_connections(&self) {
        self.platform.door.set(false).await;
    }

    /// Takes connections again, at the same port.
    pub(crate) async fn accept_again(&self) {
        self.platform.door.set(true).await;
    }

    /// The requests so far, oldest first, but only the newest thousands of them.
    pub(crate) fn requests(&self) -> Vec<Received> {
        self.platform.journal().received()
    }

    /// How many requests have come so far, also those that met a fault.
    pub(crate) fn request_count(&self) -> usize {
        self.platform.journal().count()
    }

    /// How many requests have come to this path so far.
    pub(crate) fn requests_to(&self, path: &str) -> usize {
        self.platform.journal().count_of(path)
    }

    /// The headers with which the platform would send this body as a callback, for tests that send it themselves.
    pub(crate) fn sign(&self, body: &[u8]) -> io::Result<SignedHeaders> {
        self.platform.keys.sign(self.platform.clock.now(), body)
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
