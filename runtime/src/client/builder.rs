//! How a client is set up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::exchange::{Connections, Limits};
use super::{Client, Setup};
use crate::endpoint::{BaseUrlError, Host, base_url};
use crate::secret::Secret;
use crate::validate::Settings;

/// A client in the making.
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    token: Option<Secret<String>>,
    environment: Environment,
    base_urls: Vec<(&'static Host, String)>,
    settings: Settings,
    validate: bool,
    limits: Limits,
    user_agent: String,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            token: None,
            environment: Environment::Production,
            base_urls: Vec::new(),
            settings: Settings::new(),
            validate: true,
            limits: Limits {
                connect: Duration::from_secs(10),
                total: Duration::from_secs(30),
                body: 10 << 20,
            },
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

impl ClientBuilder {
    /// The token that is sent with each request that needs one. The caller fetches it and keeps it fresh.
    pub fn access_token(mut self, token: impl Into<Secret<String>>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Which of its addresses each host is called at; production if not set.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// Another address for a host, in whatever environment: `https://host[:port][/path]`.
    ///
    /// # Errors
    ///
    /// When it is not of that form; plain `http` is for this machine only.
    pub fn base_url(mut self, host: &'static Host, url: &str) -> Result<Self, SetupError> {
        base_url::check(url).map_err(|reason| SetupError::BaseUrl { host: host.name, reason })?;
        self.base_urls.push((host, url.to_owned()));
        Ok(self)
    }

    /// Time for a call in all, until the last byte of the answer; 30 s if not set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.total = timeout;
        self
    }

    /// Time to connect; 10 s if not set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect = timeout;
        self
    }

    /// The longest answer that is read, in bytes; 10 MiB if not set.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// What the developer has configured on the platform and rules depend on.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Whether requests are checked before they are sent; they are if not set.
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// How the client names itself to servers.
    pub fn user_agent(mut self, name: &str) -> Self {
        name.clone_into(&mut self.user_agent);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up on this machine, or the user agent is no header value.
    pub fn build(self) -> Result<Client, SetupError> {
        let connections =
            Connections::new(self.limits, &self.user_agent).map_err(SetupError::Http)?;
        let Self { token, environment, base_urls, settings, validate, .. } = self;
        let setup = Setup { token, environment, base_urls, settings, validate, connections };
        Ok(Client { setup: Arc::new(setup) })
    }
}

/// Which of its addresses a host is called at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Real traffic, real money.
    Production,
    /// The platform's own place for trials; many endpoints have none.
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
    /// TLS or a header could not be set up.
    Http(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl { host, reason } => {
                write!(f, "the address given for host `{host}` {reason}")
            }
            Self::Http(error) => write!(f, "the HTTP client cannot be set up: {error}"),
        }
    }
}

impl std::error::Error for SetupError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::BaseUrl { reason, .. } => Some(reason),
            Self::Http(error) => Some(&**error),
        }
    }
}
