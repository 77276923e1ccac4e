//! A file behind a URL that the platform gave, as a bill: streamed into a writer, resumed where it broke off.

use std::fmt;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_RANGE, ETAG, IF_RANGE, RANGE};
use http::{HeaderValue, Request, StatusCode};
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::time::{sleep, timeout};

use super::Client;
use super::connections::fault;
use crate::endpoint::{BaseUrl, BaseUrlError};
use crate::error::TransportFault;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A file that was downloaded whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Download {
    /// Its length in bytes.
    pub length: u64,
    /// How often the connection broke, or the URL ended, and it went on where it was.
    pub resumed: u32,
}

impl Client {
    /// Downloads a file into a writer, at most `limit` bytes of it.
    ///
    /// Such a URL ends after some hours. `fresh_url` asks the platform for one: at the start, and whenever the server
    /// refuses the last. What breaks off goes on where it was, as often as the client's policy says; that it is still
    /// the same file is checked. No token is sent, and no redirect followed. Nothing is flushed but at the end.
    ///
    /// ```no_run
    /// # use runtime::{Client, DownloadError};
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
        let mut fresh_url = fresh_url;
        let mut course = Course::new(self, writer, limit);
        loop {
            let url = fresh_url().await;
            if let Some(done) = course.go_on(url).await? {
                return Ok(done);
            }
        }
    }
}

/// A download under way.
pub(super) struct Course<'a, W> {
    client: &'a Client,
    writer: &'a mut W,
    limit: u64,
    seen: Seen,
    resumed: u32,
    /// Before each further try that follows one that brought nothing.
    pauses: Box<dyn Iterator<Item = Duration> + Send>,
}

/// What is known of the file so far.
#[derive(Default)]
struct Seen {
    written: u64,
    length: Option<u64>,
    tag: Option<HeaderValue>,
}

/// Why a part was the last for now.
enum Stop {
    /// The server does not take the URL, any more.
    Refused(StatusCode),
    /// It broke off.
    Broken(DownloadFault),
    /// Going on makes no sense.
    Final(DownloadFault),
}

impl<'a, W: AsyncWrite + Unpin> Course<'a, W> {
    pub(super) fn new(client: &'a Client, writer: &'a mut W, limit: u64) -> Self {
        let pauses = Box::new(client.setup.retry.schedule());
        Self { client, writer, limit, seen: Seen::default(), resumed: 0, pauses }
    }

    /// Downloads as long as this URL is taken; nothing if another is needed.
    pub(super) async fn go_on(
        &mut self,
        url: Result<String, BoxError>,
    ) -> Result<Option<Download>, DownloadError> {
        let result = match checked(url) {
            Ok(url) => self.until_refused(&url).await,
            Err(fault) => Err(fault),
        };
        let written = self.seen.written;
        let download = Download { length: written, resumed: self.resumed };
        result
            .map(|done| done.then_some(download))
            .map_err(|fault| DownloadError { fault, written })
    }

    /// Whether the file is whole.
    async fn until_refused(&mut self, url: &str) -> Result<bool, DownloadFault> {
        loop {
            let before = self.seen.written;
            let stop = match self.part(url).await {
                Ok(()) => return Ok(true),
                Err(stop) => stop,
            };
            if self.seen.written > before {
                self.pauses = Box::new(self.client.setup.retry.schedule());
            }
            let (fault, is_refused) = match stop {
                Stop::Final(fault) => return Err(fault),
                Stop::Broken(fault) => (fault, false),
                Stop::Refused(status) => (DownloadFault::Status(status), true),
            };
            sleep(self.pauses.next().ok_or(fault)?).await;
            self.resumed += 1;
            if is_refused {
                return Ok(false);
            }
        }
    }

    /// Takes as much as comes.
    async fn part(&mut self, url: &str) -> Result<(), Stop> {
        let patience = self.client.setup.try_timeout;
        let response = self.client.setup.connections.open(self.request(url)?);
        let mut response = in_time(patience, response).await?;
        let mut to_skip = self.accept(&response)?;
        while let Some(chunk) = in_time(patience, chunk(&mut response)).await? {
            let skipped = to_skip.min(chunk.len() as u64);
            to_skip -= skipped;
            self.write(&chunk[usize::try_from(skipped).unwrap_or(chunk.len())..]).await?;
        }
        if self.seen.length.is_some_and(|length| self.seen.written < length) {
            return Err(Stop::Broken(DownloadFault::Cut));
        }
        self.writer.flush().await.map_err(|error| Stop::Final(DownloadFault::Write(error)))
    }

    fn request(&self, url: &str) -> Result<Request<Bytes>, Stop> {
        let mut request = Request::get(url);
        if self.seen.written > 0 {
            request = request.header(RANGE, format!("bytes={}-", self.seen.written));
            if let Some(tag) = &self.seen.tag {
                request = request.header(IF_RANGE, tag);
            }
        }
        request
            .body(Bytes::new())
            .map_err(|_| Stop::Final(DownloadFault::Url(BaseUrlError::Malformed)))
    }

    /// Sees that the response is the file, or its rest; tells how many of its bytes are known already.
    fn accept(&mut self, response: &reqwest::Response) -> Result<u64, Stop> {
        let (start, rest) = match response.status() {
            StatusCode::OK => (0, response.content_length()),
            StatusCode::PARTIAL_CONTENT => {
                (range_start(response).ok_or_else(changed)?, response.content_length())
            }
            status if status.is_client_error() => return Err(Stop::Refused(status)),
            status => return Err(Stop::Broken(DownloadFault::Status(status))),
        };
        let length = rest.map(|rest| start + rest);
        let tag = response.headers().get(ETAG).filter(|tag| !tag.as_bytes().starts_with(b"W/"));
        let is_other = |known: bool, same: bool| known && !same;
        if start > self.seen.written
            || is_other(self.seen.length.is_some() && length.is_some(), self.seen.length == length)
            || is_other(self.seen.tag.is_some(), self.seen.tag.as_ref() == tag)
        {
            return Err(changed());
        }
        self.seen.length = self.seen.length.or(length);
        self.seen.tag = self.seen.tag.take().or_else(|| tag.cloned());
        if length.is_some_and(|length| length > self.limit) {
            return Err(Stop::Final(DownloadFault::TooLarge { limit: self.limit }));
        }
        Ok(self.seen.written - start)
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        if bytes.len() as u64 > self.limit - self.seen.written {
            return Err(Stop::Final(DownloadFault::TooLarge { limit: self.limit }));
        }
        let written = self.writer.write_all(bytes).await;
        written.map_err(|error| Stop::Final(DownloadFault::Write(error)))?;
        self.seen.written += bytes.len() as u64;
        Ok(())
    }
}

fn checked(url: Result<String, BoxError>) -> Result<String, DownloadFault> {
    let url = url.map_err(DownloadFault::NoUrl)?;
    // Only the query is more than a base URL may have.
    BaseUrl::parse(url.split('?').next().unwrap_or_default()).map_err(DownloadFault::Url)?;
    Ok(url)
}

async fn chunk(response: &mut reqwest::Response) -> Result<Option<Bytes>, TransportFault> {
    response.chunk().await.map_err(fault)
}

async fn in_time<T>(
    patience: Duration,
    step: impl Future<Output = Result<T, TransportFault>>,
) -> Result<T, Stop> {
    let late = TransportFault::Timeout { after: patience };
    let done = timeout(patience, step).await.unwrap_or(Err(late));
    done.map_err(|fault| Stop::Broken(DownloadFault::Transport(fault)))
}

/// Of `Content-Range: bytes 100-199/200`, 100.
fn range_start(response: &reqwest::Response) -> Option<u64> {
    let range = response.headers().get(CONTENT_RANGE)?.to_str().ok()?;
    range.strip_prefix("bytes ")?.split('-').next()?.parse().ok()
}

fn changed() -> Stop {
    Stop::Final(DownloadFault::Changed)
}

/// Why a file is not there, or not whole.
#[derive(Debug)]
#[non_exhaustive]
pub struct DownloadError {
    pub fault: DownloadFault,
    /// How many bytes, from the start of the file, the writer was given.
    pub written: u64,
}

/// What went wrong with a download.
#[derive(Debug)]
#[non_exhaustive]
pub enum DownloadFault {
    /// No URL could be had.
    NoUrl(Box<dyn std::error::Error + Send + Sync>),
    /// The URL is none that a file may be fetched from.
    Url(BaseUrlError),
    /// The network failed, more often than the client tries.
    Transport(TransportFault),
    /// The server does not give the file, also under a fresh URL.
    Status(StatusCode),
    /// The body ended before the length that the server had declared.
    Cut,
    /// The file is longer than allowed.
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// It broke off, and what the server gives now is another file: download it anew.
    Changed,
    /// The writer failed.
    Write(io::Error),
}

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (after {} bytes)", self.fault, self.written)
    }
}

impl fmt::Display for DownloadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUrl(error) => write!(f, "no URL could be had: {error}"),
            Self::Url(reason) => write!(f, "the URL {reason}"),
            Self::Transport(fault) => fault.fmt(f),
            Self::Status(status) => {
                write!(f, "the server answers HTTP {} instead of the file", status.as_u16())
            }
            Self::Cut => f.write_str("the body ended too early"),
            Self::TooLarge { limit } => write!(f, "the file is longer than {limit} bytes"),
            Self::Changed => f.write_str("the file has changed meanwhile; download it anew"),
            Self::Write(error) => write!(f, "it could not be written: {error}"),
        }
    }
}

impl std::error::Error for DownloadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.fault {
            DownloadFault::NoUrl(error) => error.source(),
            DownloadFault::Transport(fault) => std::error::Error::source(fault),
            DownloadFault::Write(error) => error.source(),
            _ => None,
        }
    }
}
