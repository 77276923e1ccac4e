//! Sends requests: validated, over HTTPS, within limits of time and size.

mod builder;
mod exchange;

pub use self::builder::{ClientBuilder, Environment, SetupError};

use std::sync::Arc;

use self::exchange::Connections;
use crate::endpoint::{Endpoint, Host, RequestError};
use crate::envelope::{Reply, Slot};
use crate::error::Error;
use crate::secret::Secret;
use crate::validate::Settings;

/// Calls the platform. Cheap to clone; clones share their connections.
///
/// Redirects are not followed, and plain HTTP is refused except to this machine, because either would give the token
/// away. Each call is a `tracing` span `call` with `endpoint`, `status`, `code` and `log_id`; bodies and tokens are
/// in no span.
#[derive(Debug, Clone)]
pub struct Client {
    setup: Arc<Setup>,
}

/// What is the same for all calls of a client.
#[derive(Debug)]
struct Setup {
    token: Option<Secret<String>>,
    environment: Environment,
    base_urls: Vec<(&'static Host, String)>,
    settings: Settings,
    validate: bool,
    connections: Connections,
}

impl Client {
    /// A client in the making, for production, with validation, 30 s for a call and 10 MiB for an answer.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sends a request and reads the answer.
    ///
    /// # Errors
    ///
    /// [`Error`] has a variant for each party that may have to act.
    pub fn call<R: Endpoint>(
        &self,
        request: &R,
    ) -> impl Future<Output = Result<Reply<R::Response>, Error<R::Error>>> {
        self.call_with(request, CallOptions::new())
    }

    /// Sends a request otherwise than the client is set up to.
    ///
    /// # Errors
    ///
    /// As [`Client::call`].
    pub async fn call_with<R: Endpoint>(
        &self,
        request: &R,
        options: CallOptions,
    ) -> Result<Reply<R::Response>, Error<R::Error>> {
        let request = self.prepare(request, options);
        let received = self.setup.connections.exchange(const { &R::META }, request).await;
        let mut data = Slot::new();
        let success = received.open(&mut data).map_err(Error::named)?;
        Ok(data.reply(success))
    }

    fn prepare<R: Endpoint>(
        &self,
        request: &R,
        options: CallOptions,
    ) -> Result<http::Request<Vec<u8>>, Error<i64>> {
        if options.validate.unwrap_or(self.setup.validate) {
            request.validate_with(&self.setup.settings)?;
        }
        let base_url = self.setup.base_url(R::META.host)?;
        Ok(request.to_http(base_url, self.setup.token.as_ref())?)
    }
}

impl Setup {
    fn base_url(&self, host: &'static Host) -> Result<&str, RequestError> {
        let given = self.base_urls.iter().rev().find(|(other, _)| *other == host);
        given.map(|(_, url)| url.as_str()).or_else(|| self.environment.of(host)).ok_or(
            RequestError::NoBaseUrl { host: host.name, environment: self.environment.as_str() },
        )
    }
}

/// What is different for one call.
#[derive(Debug, Clone, Copy, Default)]
#[must_use]
pub struct CallOptions {
    validate: Option<bool>,
}

impl CallOptions {
    /// Nothing is different.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the request is checked before it is sent. The platform may lift a limit before its documents do.
    pub fn validate(self, validate: bool) -> Self {
        Self { validate: Some(validate) }
    }
}
