//! How a client is set up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::base_urls::{BaseUrls, Known};
use super::connections::{HttpTransport, Network, ProxyChoice};
use super::download::DownloadOptions;
use super::download::Downloads;
use super::headers::DefaultHeaders;
use super::limiter::Limiter;
use super::token::TokenSource;
use super::transport::Transport;
use super::{Client, RetryPolicy, Setup};
use crate::endpoint::BaseUrl;
use crate::error::{BaseUrlError, RequestError};
use crate::meta::Host;
use crate::secret::Secret;
use crate::validate::{Settings, Violations};

/// Builder for [`Client`].
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    token: Option<Secret<String>>,
    sources: Vec<Arc<dyn TokenSource>>,
    headers: Vec<(String, String)>,
    #[cfg(feature = "signature")]
    signer: Option<crate::signature::AppKey>,
    #[cfg(feature = "signature")]
    verifier: Option<crate::signature::ResponseVerifier>,
    environment: Environment,
    base_urls: Vec<(&'static Host, Result<Arc<BaseUrl>, BaseUrlError>)>,
    settings: Settings,
    validate: bool,
    timeout: Duration,
    try_timeout: Duration,
    retry: RetryPolicy,
    keep_rate_limits: bool,
    downloads: DownloadOptions,
    network: Network,
    transport: Carrier,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            token: None,
            sources: Vec::new(),
            headers: Vec::new(),
            #[cfg(feature = "signature")]
            signer: None,
            #[cfg(feature = "signature")]
            verifier: None,
            environment: Environment::Production,
            base_urls: Vec::new(),
            settings: Settings::new(),
            validate: true,
            timeout: Duration::from_secs(30),
            try_timeout: Duration::from_secs(10),
            retry: RetryPolicy::new(),
            keep_rate_limits: false,
            downloads: DownloadOptions::new(),
            network: Network {
                connect_timeout: Duration::from_secs(5),
                max_body: 10 << 20,
                user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"))
                    .to_owned(),
                proxy: ProxyChoice::System,
                roots: Vec::new(),
            },
            transport: Carrier::Own,
        }
    }
}

/// Who calls.
impl ClientBuilder {
    /// The token that is sent with each request that needs one and has no source of its own. The caller keeps it fresh. An
    /// empty one is refused by [`ClientBuilder::build`].
    pub fn access_token(mut self, token: impl Into<Secret<String>>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Where the tokens of one way to authenticate come from, as [`Tokens`](super::token::Tokens). Of several for one way, the
    /// last counts.
    pub fn tokens(mut self, source: impl TokenSource) -> Self {
        self.sources.push(Arc::new(source));
        self
    }

    /// The key that each request is signed with, by the key's scheme, which says what is signed and in which headers it
    /// travels. Each attempt is signed anew, as platforms take a nonce once.
    #[cfg(feature = "signature")]
    pub fn signer(mut self, key: crate::signature::AppKey) -> Self {
        self.signer = Some(key);
        self
    }

    /// With what the signature of each response is verified, success or not, before anything in it is believed: a
    /// [`PlatformKey`](crate::signature::PlatformKey), several as [`PlatformKeys`](crate::signature::PlatformKeys), or a
    /// [`ResponseVerifier`](crate::signature::ResponseVerifier). By which scheme is the keys' own matter; which key, the response says where
    /// the scheme names keys. Responses of endpoints that the platform does not sign ([`EndpointMeta::unsigned`](crate::meta::EndpointMeta::unsigned))
    /// are taken as they come, and so are downloads.
    ///
    /// A response that cannot be verified is [`DecodeFault::Unverified`](crate::error::DecodeFault::Unverified), whatever its status.
    /// It leaves open whether the request took effect, also where its status says that it did not; the request is sent again only if
    /// that is safe.
    #[cfg(feature = "signature")]
    pub fn verifier(mut self, verifier: impl Into<crate::signature::ResponseVerifier>) -> Self {
        self.verifier = Some(verifier.into());
        self
    }
}

/// What is called, and how.
impl ClientBuilder {
    /// Which of its addresses each host is called at; production if not set. A host that has none there is not called: the error,
    /// [`RequestError::NoBaseUrl`], names the endpoint and what to choose instead. Where tokens are fetched from it,
    /// [`ClientBuilder::build`] fails already.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// Another address for a host, in whatever environment: `https://host[:port][/path]`. Of several for one host, the last
    /// counts. [`ClientBuilder::build`] refuses each that is not of that form; plain `http` is for this machine only.
    pub fn base_url(mut self, host: &'static Host, url: &str) -> Self {
        self.base_urls.push((host, BaseUrl::parse(url).map(Arc::new)));
        self
    }

    /// A header for each request that has none of that name, as the version of the API. Of one name the last counts.
    /// [`ClientBuilder::build`] refuses what is not a header, and those that follow from the request itself, as `Content-Type`.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Time for a call in all: the token, every try and every pause; 30 s if not set, and no limit with `Duration::MAX`.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Time for one try, until the last byte of its answer; 10 s if not set, and no limit with `Duration::MAX`.
    pub fn try_timeout(mut self, timeout: Duration) -> Self {
        self.try_timeout = timeout;
        self
    }

    /// How often and how fast a call that failed is tried again, where that is safe.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Keeps the documented rate limits on this side, for this client and its clones: a call that is over one waits, or, if it
    /// would have to wait longer than it may take, is not sent. Without this, only the platform enforces them.
    pub fn keep_rate_limits(mut self) -> Self {
        self.keep_rate_limits = true;
        self
    }

    /// Within which limits files are downloaded: one hour in all, at least 30 KiB in each 30 s, and from public addresses
    /// only if not set.
    pub fn downloads(mut self, options: DownloadOptions) -> Self {
        self.downloads = options;
        self
    }

    /// What the developer has configured on the platform and rules depend on.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Sends requests without checking them first, nor those for tokens; [`CallOptions::with_validation`](super::CallOptions::with_validation)
    /// checks a single one all the same.
    pub fn without_validation(mut self) -> Self {
        self.validate = false;
        self
    }
}

/// The network.
impl ClientBuilder {
    /// Time to connect; 5 s if not set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.network.connect_timeout = timeout;
        self
    }

    /// The longest answer that is read, in bytes; 10 MiB if not set.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.network.max_body = bytes;
        self
    }

    /// How the client names itself to servers.
    pub fn user_agent(mut self, name: &str) -> Self {
        name.clone_into(&mut self.network.user_agent);
        self
    }

    /// The proxy for everything but this machine, as `http://user:password@host:port`; that of the environment
    /// variables `HTTPS_PROXY` and `NO_PROXY` if not set.
    pub fn proxy(mut self, url: impl Into<Secret<String>>) -> Self {
        self.network.proxy = ProxyChoice::At(url.into());
        self
    }

    /// No proxy, whatever the environment variables say.
    pub fn no_proxy(mut self) -> Self {
        self.network.proxy = ProxyChoice::None;
        self
    }

    /// Certificates to trust beside those of the system, in PEM; as that of a proxy that looks inside.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.network.roots.push(pem.into());
        self
    }

    /// Another HTTP library. What is set of the network is its own matter then. Of this and [`ClientBuilder::wrap_transport`] the last
    /// counts.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Carrier::Other(Arc::new(transport));
        self
    }

    /// A transport around the client's own, which is set up as this builder says and which it is given: see [`HttpTransport`]. It sees
    /// every attempt of a call, and those that fetch tokens; downloads it does not see. What it adds to a request is not signed.
    pub fn wrap_transport<T: Transport>(
        mut self,
        wrap: impl FnOnce(HttpTransport) -> T + Send + Sync + 'static,
    ) -> Self {
        self.transport = Carrier::Around(Box::new(|http| Arc::new(wrap(http))));
        self
    }
}

impl ClientBuilder {
    /// The client.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up on this machine, an address, the user agent, a header, the proxy or a certificate is invalid, the
    /// access token is empty, the request by which a source fetches its token breaks documented rules, as with an empty app secret, or
    /// it has no address in the client's environment.
    pub fn build(self) -> Result<Client, SetupError> {
        let base_urls = BaseUrls::new(check_base_urls(self.base_urls)?, self.environment);
        check_addresses(&self.sources, &base_urls)?;
        if self.token.as_ref().is_some_and(Secret::is_blank) {
            return Err(SetupError::EmptyToken);
        }
        #[cfg(feature = "signature")]
        if self.verifier.as_ref().is_some_and(crate::signature::ResponseVerifier::is_blank) {
            return Err(SetupError::BlankKey);
        }
        if self.validate {
            check_sources(&self.sources, &self.settings)?;
        }
        let headers = DefaultHeaders::of(&self.headers)
            .map_err(|name| SetupError::Header { name: name.to_owned() })?;
        let http = HttpTransport::new(&self.network).map_err(SetupError::Http)?;
        let transport = self.transport.carry(http.clone());
        let setup = Setup {
            token: self.token,
            sources: self.sources,
            headers,
            #[cfg(feature = "signature")]
            signer: self.signer,
            #[cfg(feature = "signature")]
            verifier: self.verifier,
            base_urls,
            settings: self.settings,
            validate: self.validate,
            timeout: self.timeout,
            try_timeout: self.try_timeout,
            retry: self.retry,
            limiter: self.keep_rate_limits.then(Limiter::default),
            http,
            downloads: Downloads::new(self.downloads, self.network),
            transport,
        };
        Ok(Client { setup: Arc::new(setup) })
    }
}

/// What carries the requests.
enum Carrier {
    Own,
    Other(Arc<dyn Transport>),
    /// Made of the client's own.
    Around(Box<dyn FnOnce(HttpTransport) -> Arc<dyn Transport> + Send + Sync>),
}

impl Carrier {
    fn carry(self, http: HttpTransport) -> Arc<dyn Transport> {
        match self {
            Self::Own => Arc::new(http),
            Self::Other(transport) => transport,
            Self::Around(wrap) => wrap(http),
        }
    }
}

impl fmt::Debug for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own => f.write_str("Own"),
            Self::Other(transport) => transport.fmt(f),
            Self::Around(_) => f.write_str("Around"),
        }
    }
}

fn check_base_urls(
    given: Vec<(&'static Host, Result<Arc<BaseUrl>, BaseUrlError>)>,
) -> Result<Vec<Known>, SetupError> {
    let checked = given.into_iter().map(|(host, url)| {
        let url = url.map_err(|reason| SetupError::BaseUrl { host: host.name, reason })?;
        Ok((host, url))
    });
    checked.collect()
}

fn check_sources(sources: &[Arc<dyn TokenSource>], settings: &Settings) -> Result<(), SetupError> {
    sources.iter().try_for_each(|source| {
        let auth = source.auth().name;
        source.check(settings).map_err(|violations| SetupError::Token { auth, violations })
    })
}

/// What no token can be fetched from would fail every call. Which other hosts are called, only the calls say.
fn check_addresses(
    sources: &[Arc<dyn TokenSource>],
    base_urls: &BaseUrls,
) -> Result<(), SetupError> {
    sources.iter().try_for_each(|source| {
        let Some(endpoint) = source.endpoint() else { return Ok(()) };
        let checked = base_urls.of(endpoint);
        checked.map(drop).map_err(|reason| SetupError::TokenAddress(Box::new(reason)))
    })
}

/// Which of its addresses a host is called at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Real traffic, real money.
    Production,
    /// The platform's own place for trials. Not each host has one, and not each endpoint of a host that has.
    Sandbox,
    /// The address that the documents show for development.
    Development,
}

impl Environment {
    pub(super) fn of(self, host: &'static Host) -> Option<&'static str> {
        match self {
            Self::Production => Some(host.production),
            Self::Sandbox => host.sandbox,
            Self::Development => host.development,
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
            Self::Development => "development",
        }
    }
}

/// Why there is no client.
#[derive(Debug)]
#[non_exhaustive]
pub enum SetupError {
    /// The address given for a host cannot be used.
    BaseUrl {
        /// Name of the host.
        host: &'static str,
        reason: BaseUrlError,
    },
    /// The access token is empty, as when an environment variable is not set.
    EmptyToken,
    /// All keys that responses are to be verified with are empty: requests would be sent, and no response believed.
    BlankKey,
    /// The request by which a token is fetched breaks documented rules.
    Token {
        /// Name of the way to authenticate, as `client_token`.
        auth: &'static str,
        violations: Violations,
    },
    /// A token cannot be fetched, because its endpoint has no address in the client's environment, or none that can be used.
    TokenAddress(Box<RequestError>),
    /// A header for each request is none, or follows from the request itself.
    Header {
        /// Its name as given.
        name: String,
    },
    /// TLS, a header, the proxy or a certificate could not be set up.
    Http(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl { host, reason } => {
                write!(f, "the address given for host `{host}` {reason}")
            }
            Self::EmptyToken => f.write_str(
                "the access token is empty; check the variable or file that it is read from",
            ),
            Self::BlankKey => f.write_str(
                "the key to verify responses with is empty; check the variable or file that it is read from",
            ),
            Self::Token { auth, violations } => {
                write!(
                    f,
                    "{auth} cannot be fetched; change the values of its request:\n{violations}"
                )
            }
            Self::TokenAddress(reason) => write!(f, "no token can be fetched: {reason}"),
            Self::Header { name } => write!(
                f,
                "`{}` cannot be a default header: it is not a valid header, or the client sets it",
                name.escape_debug()
            ),
            Self::Http(error) => write!(f, "the HTTP client cannot be set up: {error}"),
        }
    }
}

impl std::error::Error for SetupError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::BaseUrl { reason, .. } => Some(reason),
            Self::EmptyToken | Self::BlankKey | Self::Token { .. } | Self::Header { .. } => None,
            Self::TokenAddress(reason) => Some(&**reason),
            Self::Http(error) => Some(&**error),
        }
    }
}
