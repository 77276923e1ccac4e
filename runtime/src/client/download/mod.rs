//! A file behind a URL that the platform gave, as a bill: streamed into a writer, resumed where it broke off, and whole
//! or an error.

mod options;
mod file;
mod content_range;
mod validator;
mod pace;
mod public;
mod fault;

use std::time::Duration;

use bytes::Bytes;
use http::header::{IF_RANGE, RANGE};
use http::{HeaderValue, Method, StatusCode};
use reqwest::{Request, Response, Url};
use tokio::io::{AsyncWrite, AsyncWriteExt};

pub use self::fault::{DownloadError, DownloadFault};
pub use self::options::DownloadOptions;

use self::file::{End, File, Part};
use self::pace::Pace;
use self::public::Public;
use super::Client;
use super::connections::{Network, fault};
use crate::endpoint::BaseUrl;
use crate::error::{BaseUrlError, TransportFault};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A file that was downloaded whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Download {
    /// Its length in bytes.
    pub length: u64,
    /// How many more requests it took than one: because the connection broke, the URL ended, or the server sent a part.
    pub resumed: u32,
}

impl Client {
    /// Downloads a file into a writer, at most `limit` bytes of it, within the limits that the client is set up with.
    ///
    /// A URL of the platform's ends after some hours. `fresh_url` asks the platform for one: at the start, and whenever
    /// the server refuses the last. No token is sent, no redirect followed, and nothing flushed but at the end.
    ///
    /// **The file is whole, or there is an error.** What breaks off goes on where it was, as often as the client's policy
    /// says, if the server proves by a strong `ETag` or `Last-Modified` that it is the same file. Otherwise the
    /// download starts over: what was written already is compared with what comes, by its SHA-256, and not written
    /// again; if it differs, the error is [`DownloadFault::Changed`]. A part (status 206) is believed to be what its
    /// `Content-Range` says and no more. The writer is never given bytes of two versions of a file.
    ///
    /// ```no_run
    /// # use apiscribe::Client;
    /// # use apiscribe::client::download::DownloadError;
    /// # async fn save(client: &Client, url: String) -> Result<(), DownloadError> {
    /// let mut file = Vec::new(); // or a `tokio::fs::File`
    /// let done = client.download(async || Ok(url.clone()), &mut file, 1 << 30).await?;
    /// assert_eq!(done.length, file.len() as u64);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`DownloadError`] says what went wrong, and how much the writer was given until then.
    pub async fn download<W: AsyncWrite + Unpin>(
        &self,
        fresh_url: impl AsyncFnMut() -> Result<String, BoxError>,
        writer: &mut W,
        limit: u64,
    ) -> Result<Download, DownloadError> {
        self.download_with(fresh_url, writer, limit, self.setup.downloads.options).await
    }

    /// As [`Client::download`], within other limits than the client is set up with.
    ///
    /// # Errors
    ///
    /// As [`Client::download`].
    pub async fn download_with<W: AsyncWrite + Unpin>(
        &self,
        fresh_url: impl AsyncFnMut() -> Result<String, BoxError>,
        writer: &mut W,
        limit: u64,
        options: DownloadOptions,
    ) -> Result<Download, DownloadError> {
        let mut fresh_url = fresh_url;
        let mut course = Course::new(self, writer, limit, options);
        loop {
            let url = course.pace.allow(fresh_url()).await;
            let url = url.and_then(|url| url.map_err(DownloadFault::NoUrl));
            if let Some(done) = course.go_on(url).await? {
                return Ok(done);
            }
        }
    }
}

/// How a client downloads.
pub(super) struct Downloads {
    pub(super) options: DownloadOptions,
    public: Public,
}

impl Downloads {
    pub(super) fn new(options: DownloadOptions, network: Network) -> Self {
        Self { options, public: Public::new(network) }
    }
}

/// Without what is set of the network, which may hold a proxy's password.
impl std::fmt::Debug for Downloads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.options.fmt(f)
    }
}

/// A download in progress.
pub(super) struct Course<'a, W> {
    client: &'a Client,
    writer: &'a mut W,
    options: DownloadOptions,
    pace: Pace,
    file: File,
    resumed: u32,
    /// How many requests brought little.
    crumbs: u32,
    /// Before each further attempt that follows one that brought nothing.
    pauses: Box<dyn Iterator<Item = Duration> + Send>,
}

/// A request that brings fewer bytes brings little.
const CRUMB: u64 = 64 << 10;

/// So many requests may bring little. Each brings something, so the retry policy alone would never end it.
const MOST_CRUMBS: u32 = 100;

/// Why a part was the last for now.
enum Stop {
    /// It was a part, and there is more.
    More,
    /// The server does not take the URL, any more.
    Refused(StatusCode),
    /// It broke off.
    Broken(DownloadFault),
    /// Going on makes no sense.
    Final(DownloadFault),
}

impl<'a, W: AsyncWrite + Unpin> Course<'a, W> {
    pub(super) fn new(
        client: &'a Client,
        writer: &'a mut W,
        limit: u64,
        options: DownloadOptions,
    ) -> Self {
        Self {
            client,
            writer,
            options,
            pace: Pace::start(options),
            file: File::new(limit),
            resumed: 0,
            crumbs: 0,
            pauses: Box::new(client.setup.retry.schedule()),
        }
    }

    /// Downloads as long as this URL is taken; nothing if another is needed.
    pub(super) async fn go_on(
        &mut self,
        url: Result<String, DownloadFault>,
    ) -> Result<Option<Download>, DownloadError> {
        let url = url.and_then(|url| self.checked(&url));
        let result = match url {
            Ok(url) => self.until_refused(&url).await,
            Err(fault) => Err(fault),
        };
        let (written, cannot_resume) = (self.file.written(), self.file.cannot_resume());
        let download = Download { length: written, resumed: self.resumed };
        result.map(|done| done.then_some(download)).map_err(|fault| DownloadError {
            fault,
            written,
            cannot_resume,
        })
    }

    fn checked(&self, url: &str) -> Result<Url, DownloadFault> {
        self.pace.check_deadline()?;
        // Only the query is more than a base URL may have.
        BaseUrl::parse(url.split('?').next().unwrap_or_default()).map_err(DownloadFault::Url)?;
        let url = Url::parse(url).map_err(|_| DownloadFault::Url(BaseUrlError::Malformed))?;
        match self.options.allow_private || public::may_be_public(&url) {
            true => Ok(url),
            false => Err(private(&url)),
        }
    }

    /// Whether the file is whole.
    async fn until_refused(&mut self, url: &Url) -> Result<bool, DownloadFault> {
        loop {
            let before = self.file.written();
            let stop = match self.part(url).await {
                Ok(()) => return Ok(true),
                Err(stop) => stop,
            };
            let gained = self.file.written() - before;
            self.resumed = self.resumed.saturating_add(1);
            let (fault, is_refused) = match stop {
                Stop::Final(fault) => return Err(fault),
                Stop::More if gained >= CRUMB => continue,
                Stop::More => (DownloadFault::Cut, false),
                Stop::Broken(fault) => (fault, false),
                Stop::Refused(status) => (DownloadFault::Status(status), true),
            };
            self.pause(gained, fault).await?;
            if is_refused {
                return Ok(false);
            }
        }
    }

    /// Before the next request. Ends in the fault if it should be the last.
    async fn pause(&mut self, gained: u64, fault: DownloadFault) -> Result<(), DownloadFault> {
        if gained > 0 {
            self.pauses = Box::new(self.client.setup.retry.schedule());
        }
        if gained > 0 && gained < CRUMB {
            self.crumbs += 1;
        }
        match self.pauses.next().filter(|_| self.crumbs <= MOST_CRUMBS) {
            Some(pause) => {
                self.pace.pause(pause).await;
                Ok(())
            }
            None => Err(fault),
        }
    }

    /// Takes as much as comes.
    async fn part(&mut self, url: &Url) -> Result<(), Stop> {
        let patience = self.client.setup.try_timeout;
        let response = send(self.client, self.request(url), self.options.allow_private);
        let response = self.pace.wait(patience, response).await;
        let mut response = response.map_err(|stop| as_private(stop, url))?;
        let Some(part) = self.file.accept(&response)? else {
            return self.flush().await;
        };
        self.take(part, &mut response).await
    }

    fn request(&self, url: &Url) -> Request {
        let mut request = Request::new(Method::GET, url.clone());
        if let Some((start, validator)) = self.file.resume() {
            let range = HeaderValue::try_from(format!("bytes={start}-"));
            request.headers_mut().insert(RANGE, range.expect("digits are a header's text"));
            request.headers_mut().insert(IF_RANGE, validator.if_range().clone());
        }
        request
    }

    async fn take(&mut self, part: Part, response: &mut Response) -> Result<(), Stop> {
        let patience = self.client.setup.try_timeout;
        let mut received = 0_u64;
        while let Some(chunk) = self.pace.wait(patience, chunk(response)).await? {
            self.pace.receive(chunk.len());
            received = received.saturating_add(chunk.len() as u64);
            if part.length.is_some_and(|length| received > length) {
                return Err(Stop::Final(DownloadFault::WrongRange));
            }
            let new = self.file.check(&chunk)?;
            self.write(new).await?;
        }
        if part.length.is_some_and(|length| received < length) {
            return Err(Stop::Broken(DownloadFault::Cut));
        }
        match self.file.end(part)? {
            End::Whole => self.flush().await,
            End::More => Err(Stop::More),
        }
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        if !self.file.has_room(bytes.len()) {
            return Err(Stop::Final(self.file.too_large()));
        }
        let mut rest = bytes;
        while !rest.is_empty() {
            let written = self.pace.allow(self.writer.write(rest)).await.map_err(Stop::Final)?;
            let written = written.map_err(|error| Stop::Final(DownloadFault::Write(error)))?;
            if written == 0 {
                let error = std::io::ErrorKind::WriteZero.into();
                return Err(Stop::Final(DownloadFault::Write(error)));
            }
            let (done, left) = rest.split_at(written.min(rest.len()));
            self.file.wrote(done);
            rest = left;
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), Stop> {
        let flushed = self.pace.allow(self.writer.flush()).await.map_err(Stop::Final)?;
        flushed.map_err(|error| Stop::Final(DownloadFault::Write(error)))
    }
}

async fn send(
    client: &Client,
    request: Request,
    allow_private: bool,
) -> Result<Response, TransportFault> {
    match allow_private {
        true => client.setup.http.fetch(request).await,
        false => client.setup.downloads.public.send(request).await,
    }
}

async fn chunk(response: &mut Response) -> Result<Option<Bytes>, TransportFault> {
    response.chunk().await.map_err(fault)
}

/// A host that turned out to be private when its name was resolved.
fn as_private(stop: Stop, url: &Url) -> Stop {
    match stop {
        Stop::Broken(DownloadFault::Transport(fault)) if public::is_for_private_address(&fault) => {
            Stop::Final(private(url))
        }
        other => other,
    }
}

fn private(url: &Url) -> DownloadFault {
    DownloadFault::PrivateAddress { host: url.host_str().unwrap_or_default().to_owned() }
}
