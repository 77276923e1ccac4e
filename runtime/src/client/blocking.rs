//! The client for programs that are not asynchronous: the same calls, each until it is done.

mod pages;

pub use self::pages::{Items, Pages};

use std::io::{self, Write};
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use tokio::io::AsyncWrite;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::time::timeout;

use super::download::{Course, Download, DownloadError, DownloadFault, DownloadOptions};
use super::{CallOptions, ClientBuilder, Prepared, SetupError};
use crate::endpoint::Endpoint;
use crate::envelope::Reply;
use crate::error::{Error, RequestError};

/// Calls the platform and waits. Cheap to clone; clones, which may be used by many threads at once, share connections,
/// tokens and limits.
///
/// For programs without a runtime of their own: inside one, [`apiscribe::Client`](super::Client) is the one to use, and
/// this one refuses to wait, because nothing else could go on meanwhile.
///
/// Tokens are also refreshed between calls. Dropping the last clone waits for a refresh in flight, ten seconds at most; dropped
/// inside an asynchronous runtime, it leaves that to another thread.
#[derive(Debug, Clone)]
pub struct Client {
    client: super::Client,
    driver: Arc<Driver>,
}

/// One thread that keeps connections and token refreshes going.
#[derive(Debug)]
struct Driver {
    client: super::Client,
    background: Background,
}

/// A runtime, until it is dropped; then it ends without waiting, which is not allowed everywhere.
#[derive(Debug, Default)]
struct Background(Option<Runtime>);

/// How long to wait for a token refresh at the end.
const LAST_WAIT: Duration = Duration::from_secs(10);

impl Client {
    /// The client that the builder would build.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`], or when no thread can be started.
    pub fn new(builder: ClientBuilder) -> Result<Self, SetupError> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.map_err(|error| SetupError::Http(error.into()))?;
        let client = builder.build()?;
        let driver = Driver { client: client.clone(), background: Background(Some(runtime)) };
        Ok(Self { client, driver: Arc::new(driver) })
    }

    /// Sends a request and reads the answer.
    ///
    /// # Errors
    ///
    /// As [`apiscribe::Client::call`](super::Client::call).
    pub fn call<R: Endpoint>(&self, request: &R) -> Result<Reply<R::Response>, Error<R::Error>> {
        self.call_with(request, CallOptions::new())
    }

    /// Sends a request otherwise than the client is set up to.
    ///
    /// # Errors
    ///
    /// As [`Client::call`].
    pub fn call_with<R: Endpoint>(
        &self,
        request: &R,
        options: CallOptions,
    ) -> Result<Reply<R::Response>, Error<R::Error>> {
        let runtime = self.driver.runtime().ok_or(RequestError::BlockingInRuntime)?;
        runtime.block_on(self.client.call_with(request, options))
    }

    /// Makes of a request a call that can be stored and sent later.
    ///
    /// # Errors
    ///
    /// As [`apiscribe::Client::prepare`](super::Client::prepare).
    pub fn prepare<R: Endpoint>(&self, request: &R) -> Result<Prepared<R>, Error<R::Error>> {
        self.client.prepare(request)
    }

    /// Sends a prepared call and reads the response.
    ///
    /// # Errors
    ///
    /// As [`Client::call`].
    pub fn send_prepared<R: Endpoint>(
        &self,
        prepared: &Prepared<R>,
    ) -> Result<Reply<R::Response>, Error<R::Error>> {
        self.send_prepared_with(prepared, CallOptions::new())
    }

    /// Sends a prepared call otherwise than the client is set up to.
    ///
    /// # Errors
    ///
    /// As [`Client::call`].
    pub fn send_prepared_with<R: Endpoint>(
        &self,
        prepared: &Prepared<R>,
        options: CallOptions,
    ) -> Result<Reply<R::Response>, Error<R::Error>> {
        let runtime = self.driver.runtime().ok_or(RequestError::BlockingInRuntime)?;
        runtime.block_on(self.client.send_prepared_with(prepared, options))
    }

    /// Downloads a file into a writer, at most `limit` bytes of it, as
    /// [`apiscribe::Client::download`](super::Client::download) does.
    ///
    /// Its limits of time hold for the network. A writer, or a `fresh_url`, that blocks is waited for.
    ///
    /// # Errors
    ///
    /// As [`apiscribe::Client::download`](super::Client::download).
    pub fn download<W: Write + Unpin>(
        &self,
        fresh_url: impl FnMut() -> Result<String, Box<dyn std::error::Error + Send + Sync>>,
        writer: &mut W,
        limit: u64,
    ) -> Result<Download, DownloadError> {
        self.download_with(fresh_url, writer, limit, self.client.setup.downloads.options)
    }

    /// As [`Client::download`], within other limits than the client is set up with.
    ///
    /// # Errors
    ///
    /// As [`Client::download`].
    pub fn download_with<W: Write + Unpin>(
        &self,
        mut fresh_url: impl FnMut() -> Result<String, Box<dyn std::error::Error + Send + Sync>>,
        writer: &mut W,
        limit: u64,
        options: DownloadOptions,
    ) -> Result<Download, DownloadError> {
        let Some(runtime) = self.driver.runtime() else {
            let fault = DownloadFault::NoUrl(RequestError::BlockingInRuntime.into());
            return Err(DownloadError { fault, written: 0, cannot_resume: false });
        };
        let mut writer = Blocking(writer);
        let mut course = Course::new(&self.client, &mut writer, limit, options);
        loop {
            // Outside the runtime, as a call of this client is how a URL is had.
            let url = fresh_url().map_err(DownloadFault::NoUrl);
            if let Some(done) = runtime.block_on(course.go_on(url))? {
                return Ok(done);
            }
        }
    }
}

impl Driver {
    /// The runtime, unless this thread belongs to one already.
    fn runtime(&self) -> Option<&Runtime> {
        self.background.0.as_ref().filter(|_| Handle::try_current().is_err())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let (background, client) = (mem::take(&mut self.background), self.client.clone());
        let flush = move || background.wait_for(client.flush_tokens());
        match Handle::try_current() {
            Err(_) => flush(),
            // Inside a runtime nothing may wait.
            Ok(_) => drop(thread::Builder::new().spawn(flush)),
        }
    }
}

impl Background {
    fn wait_for(&self, work: impl Future<Output = ()>) {
        if let Some(runtime) = &self.0 {
            let _ = runtime.block_on(async { timeout(LAST_WAIT, work).await });
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// A writer that is waited for.
struct Blocking<'a, W>(&'a mut W);

impl<W: Write + Unpin> AsyncWrite for Blocking<'_, W> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(self.0.write(bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.flush())
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(cx)
    }
}
