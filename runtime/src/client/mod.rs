//! Sends requests: validated, with a token, over HTTPS, within limits of time and size, again where that is safe.
//!
//! A [`Client`] is built once, by a [`ClientBuilder`]. [`CallOptions`] and [`RetryPolicy`] say how a call goes, [`Pages`] reads
//! lists, [`Prepared`] is a call that is stored and sent later; tokens are in [`token`], files in [`download`]; a [`Transport`] puts another HTTP library underneath, or
//! something around the own one, [`HttpTransport`].

mod builder;
mod options;
mod headers;
mod base_urls;
mod call;
mod deadline;
mod retry;
mod limiter;
pub mod token;
mod transport;
mod connections;
mod urls;
mod link;
mod pages;
mod prepared;
pub mod download;
mod observe;
#[cfg(feature = "blocking")]
pub(crate) mod blocking;

pub use self::builder::{ClientBuilder, Environment, SetupError};
pub use self::connections::HttpTransport;
pub use self::options::CallOptions;
pub use self::pages::{Items, Pages};
pub use self::prepared::Prepared;
pub use self::retry::RetryPolicy;
pub use self::transport::{BoxFuture, Transport};

use std::sync::Arc;
use std::time::Duration;

use self::base_urls::BaseUrls;
use self::call::Call;
use self::download::Downloads;
use self::headers::DefaultHeaders;
use self::limiter::{Limiter, Quota};
use self::retry::Case;
use self::token::TokenSource;
use crate::code::RawCode;
use crate::endpoint::{AnyRequest, Draft, Endpoint, RateKey, draft};
use crate::envelope::{Reply, Slot};
use crate::error::Error;
use crate::meta::{Auth, EndpointMeta, RateLimit};
use crate::secret::{Secret, is_blank};
use crate::validate::{Settings, validate};

/// Calls the platform. Cheap to clone; clones share connections, tokens and limits.
///
/// Redirects are not followed, and plain HTTP is refused except to this machine, because either would give the token
/// away. A call that failed is tried again only where that is safe, see [`RetryPolicy`]; what was tried is in the error.
///
/// With the feature `tracing` each call is a span `call` with `endpoint`, `status`, `code` and `log_id`; with the
/// feature `metrics` it counts `api_client_requests_total` (`endpoint`, `outcome`), `api_client_errors_total`
/// (`endpoint`, `code`), `api_client_retries_total` (`endpoint`) and `api_client_request_duration_seconds`
/// (`endpoint`). Bodies and tokens are in none of them.
#[derive(Debug, Clone)]
pub struct Client {
    setup: Arc<Setup>,
}

/// What is the same for all calls of a client.
#[derive(Debug)]
struct Setup {
    token: Option<Secret<String>>,
    sources: Vec<Arc<dyn TokenSource>>,
    headers: DefaultHeaders,
    #[cfg(feature = "signature")]
    signer: Option<crate::signature::AppKey>,
    #[cfg(feature = "signature")]
    verifier: Option<crate::signature::ResponseVerifier>,
    base_urls: BaseUrls,
    settings: Settings,
    validate: bool,
    timeout: Duration,
    try_timeout: Duration,
    retry: RetryPolicy,
    limiter: Option<Limiter>,
    http: HttpTransport,
    downloads: Downloads,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// A builder: for production, with validation, 30 s for a call, 10 s for an attempt, three attempts where that
    /// is safe, and 10 MiB for a response.
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
        let mut data = Slot::new();
        let call = self.ready(request, options);
        match call::run(self, call, &mut data).await {
            Ok(success) => Ok(data.reply(success)),
            Err(error) => Err(error.named()),
        }
    }

    /// Waits until the tokens that are being fetched in the background have arrived and are saved. Usually there are none.
    ///
    /// For programs that exit soon after a call: the end of the runtime stops a fetch, and the platform may already have
    /// replaced the refresh token by one that then never arrives.
    pub async fn flush_tokens(&self) {
        for source in &self.setup.sources {
            source.flush().await;
        }
    }

    fn ready(
        &self,
        request: &dyn AnyRequest,
        options: CallOptions,
    ) -> Result<Box<Call>, Error<RawCode>> {
        let meta = request.meta();
        if options.validate.unwrap_or(self.setup.validate) {
            validate(&self.setup.settings, |report| request.check(report))?;
        }
        let case = Case {
            meta,
            is_repeatable: meta.is_idempotent()
                || request.idempotency_key().is_some_and(|key| is_key(&key)),
            errors: request.errors(),
        };
        let quotas = self.setup.quotas(meta, &|limit| request.rate_key(limit));
        let base_url = self.setup.base_urls.of(meta)?;
        let (mut draft, secrets) = draft(request, &base_url)?;
        if let Some(target) = &options.target {
            draft.redirect(target);
        }
        Ok(self.setup.call(case, draft, secrets, quotas, options))
    }

    fn source(&self, auth: &'static Auth) -> Option<&dyn TokenSource> {
        let source = self.setup.sources.iter().rev().find(|source| source.auth() == auth);
        source.map(|source| &**source)
    }
}

/// A blank key, as in a request that was not validated, identifies nothing.
fn is_key(key: &str) -> bool {
    !is_blank(key)
}

impl Setup {
    /// What verifies the responses of an endpoint, if anything does.
    #[cfg(feature = "signature")]
    fn verifier_for(
        &self,
        meta: &crate::meta::EndpointMeta,
    ) -> Option<&crate::signature::ResponseVerifier> {
        self.verifier.as_ref().filter(|_| !meta.unsigned)
    }

    /// What is counted of a request, if limits are kept.
    fn quotas(
        &self,
        meta: &'static EndpointMeta,
        key: &dyn Fn(&RateLimit) -> RateKey,
    ) -> Vec<Quota> {
        self.limiter.as_ref().map_or_else(Vec::new, |_| Quota::of(meta, key))
    }

    fn call(
        &self,
        case: Case,
        draft: Draft,
        secrets: Vec<Secret<String>>,
        quotas: Vec<Quota>,
        options: CallOptions,
    ) -> Box<Call> {
        Box::new(Call {
            case,
            draft,
            secrets,
            quotas,
            token: options.token,
            timeout: options.timeout.unwrap_or(self.timeout),
            retry: options.retry.unwrap_or(self.retry),
        })
    }
}
