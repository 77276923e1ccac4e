//! The client's own transport: reqwest with rustls.

use std::fmt;
use std::future::ready;
use std::mem;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use reqwest::redirect::Policy;
use reqwest::{Certificate, Proxy};

use super::transport::{BoxFuture, Transport};
use super::urls::Urls;
use crate::error::TransportFault;
use crate::secret::Secret;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The client's own [`Transport`], by reqwest with rustls, set up as its builder says: the open connections, and the limits within which
/// they are used. [`ClientBuilder::wrap_transport`](super::ClientBuilder::wrap_transport) puts a transport around it that adds a header, logs
/// or records. Cheap to clone; clones share connections.
///
/// It sends plain HTTP to this machine only, and follows no redirect, whatever request it is given.
///
/// ```
/// use apiscribe::Client;
/// use apiscribe::client::{BoxFuture, HttpTransport, Transport};
/// use apiscribe::error::TransportFault;
/// use bytes::Bytes;
/// use http::{HeaderValue, Request, Response};
///
/// /// Marks each request for the proxies of the house, and prints how it ended.
/// #[derive(Debug)]
/// struct Marked {
///     team: HeaderValue,
///     http: HttpTransport,
/// }
///
/// impl Transport for Marked {
///     fn send(
///         &self,
///         mut request: Request<Bytes>,
///     ) -> BoxFuture<'_, Result<Response<Bytes>, TransportFault>> {
///         request.headers_mut().insert("x-team", self.team.clone());
///         // Not the query, nor the headers: the token may be in either.
///         let path = request.uri().path().to_owned();
///         let sent = self.http.send(request);
///         Box::pin(async move {
///             let response = sent.await;
///             match &response {
///                 Ok(response) => println!("{path}: {}", response.status()),
///                 Err(fault) => println!("{path}: {fault}"),
///             }
///             response
///         })
///     }
/// }
///
/// let team = HeaderValue::from_static("payments");
/// let builder = Client::builder().wrap_transport(|http| Marked { team, http });
/// let client = builder.build()?; // or `apiscribe::blocking::Client::new(builder)?`
/// # Ok::<_, apiscribe::client::SetupError>(())
/// ```
#[derive(Clone)]
pub struct HttpTransport {
    remote: reqwest::Client,
    /// Plain HTTP is for this machine only, so it must pass by any proxy, and trusts no certificate.
    local: reqwest::Client,
    urls: Urls,
    max_body: usize,
}

/// Without the clients, which would show a proxy's password.
impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport").field("max_body", &self.max_body).finish_non_exhaustive()
    }
}

/// How connections are made.
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub(super) connect_timeout: Duration,
    /// Longest answer in bytes.
    pub(super) max_body: usize,
    pub(super) user_agent: String,
    pub(super) proxy: ProxyChoice,
    /// PEM, one or more certificates each.
    pub(super) roots: Vec<Vec<u8>>,
}

/// By which proxy servers are reached.
#[derive(Debug, Clone)]
pub(super) enum ProxyChoice {
    /// That of the environment variables `HTTPS_PROXY` and `NO_PROXY`, if any.
    System,
    None,
    /// The proxy at this address, which may hold a password.
    At(Secret<String>),
}

impl HttpTransport {
    pub(super) fn new(network: &Network) -> Result<Self, BoxError> {
        let remote = network.remote(|builder| builder)?;
        let local = network.builder().no_proxy().tls_certs_only([]).build()?;
        Ok(Self { remote, local, urls: Urls::default(), max_body: network.max_body })
    }

    /// Sends a request, and leaves the body of its response unread.
    pub(super) fn fetch(
        &self,
        request: reqwest::Request,
    ) -> impl Future<Output = Result<reqwest::Response, TransportFault>> + use<> {
        let sent = self.client(&request).execute(request);
        async { sent.await.map_err(fault) }
    }

    fn client(&self, request: &reqwest::Request) -> &reqwest::Client {
        if request.url().scheme() == "http" { &self.local } else { &self.remote }
    }

    fn request(&self, request: http::Request<Bytes>) -> Result<reqwest::Request, TransportFault> {
        let (parts, body) = request.into_parts();
        let mut request = reqwest::Request::new(parts.method, self.urls.of(&parts.uri)?);
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(body.into());
        Ok(request)
    }

    async fn receive(
        &self,
        response: &mut reqwest::Response,
    ) -> Result<http::Response<Bytes>, TransportFault> {
        let mut answer = http::Response::new(self.read(response).await?);
        *answer.status_mut() = response.status();
        *answer.headers_mut() = mem::take(response.headers_mut());
        Ok(answer)
    }

    /// The body. Most come in one piece, and are not copied.
    async fn read(&self, response: &mut reqwest::Response) -> Result<Bytes, TransportFault> {
        let (status, declared) = (response.status(), response.content_length());
        let check = |length| check_length(length, self.max_body, declared, status);
        check(declared.unwrap_or(0))?;
        let mut body = Pieces::default();
        // All that was declared is all there is, so nobody asks whether there is more.
        while declared != Some(body.length())
            && let Some(piece) = response.chunk().await.map_err(|error| cut_off(status, error))?
        {
            check(body.length() + piece.len() as u64)?;
            body.push(piece);
        }
        Ok(body.whole())
    }
}

/// A body as it comes in. The first piece is kept as it is, which is all there is of most.
#[derive(Default)]
struct Pieces {
    /// Until there is a second.
    first: Bytes,
    /// All, from then on.
    joined: Vec<u8>,
}

impl Pieces {
    fn length(&self) -> u64 {
        (self.first.len() + self.joined.len()) as u64
    }

    fn push(&mut self, piece: Bytes) {
        if self.length() == 0 {
            self.first = piece;
            return;
        }
        self.joined.extend_from_slice(&mem::take(&mut self.first));
        self.joined.extend_from_slice(&piece);
    }

    fn whole(self) -> Bytes {
        if self.joined.is_empty() { self.first } else { self.joined.into() }
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportFault>> {
        // Before the first wait, so that no request is held, and copied, for longer.
        let mut sent = match self.request(request) {
            Ok(request) => self.client(&request).execute(request),
            Err(fault) => return Box::pin(ready(Err(fault))),
        };
        // By reference, as what is moved into a wait has its place in the future twice.
        Box::pin(async move { self.receive(&mut (&mut sent).await.map_err(fault)?).await })
    }
}

impl Network {
    fn builder(&self) -> reqwest::ClientBuilder {
        reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(self.connect_timeout)
            .user_agent(&self.user_agent)
    }

    /// A client for other machines, set up further by `more`.
    pub(super) fn remote(
        &self,
        more: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<reqwest::Client, BoxError> {
        Ok(more(self.secure(self.builder().https_only(true))?).build()?)
    }

    fn secure(&self, builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, BoxError> {
        let builder = match &self.proxy {
            ProxyChoice::System => builder,
            ProxyChoice::None => builder.no_proxy(),
            ProxyChoice::At(url) => {
                builder.proxy(Proxy::all(url.expose().as_str()).map_err(quiet)?)
            }
        };
        let mut certificates = Vec::new();
        for pem in &self.roots {
            certificates.extend(Certificate::from_pem_bundle(pem)?);
        }
        Ok(builder.tls_certs_merge(certificates))
    }
}

/// Without the URL, which may hold a password.
fn quiet(error: reqwest::Error) -> BoxError {
    error.without_url().into()
}

fn check_length(
    length: u64,
    limit: usize,
    declared: Option<u64>,
    status: StatusCode,
) -> Result<(), TransportFault> {
    if length <= limit as u64 {
        return Ok(());
    }
    Err(TransportFault::BodyTooLarge { limit, declared, status })
}

/// The connection broke after the response's head.
fn cut_off(status: StatusCode, error: reqwest::Error) -> TransportFault {
    TransportFault::cut_off(status, error.without_url())
}

/// Without the URL, whose query may hold what a log must not.
pub(super) fn fault(error: reqwest::Error) -> TransportFault {
    let error = error.without_url();
    if error.is_connect() || error.is_builder() {
        return TransportFault::Connect(error.into());
    }
    TransportFault::Broken(error.into())
}
