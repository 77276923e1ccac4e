//! One HTTP request over the network, one HTTP response back: nothing here depends on the endpoint's types.

use std::pin::Pin;
use std::time::Duration;

use http::StatusCode;
use reqwest::redirect::Policy;
use tracing::field::{Empty, display};
use tracing::{Instrument, Span};

use crate::endpoint::EndpointMeta;
use crate::envelope::{self, Place, Success};
use crate::error::{Error, TransportError};

/// The open connections, and the limits within which they are used.
#[derive(Debug)]
pub(super) struct Connections {
    remote: reqwest::Client,
    /// Plain HTTP is for this machine only, so it must pass by any proxy, and trusts no certificate.
    local: reqwest::Client,
    limits: Limits,
}

/// How long a call and an answer may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) connect: Duration,
    pub(super) total: Duration,
    /// In bytes.
    pub(super) body: usize,
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type Answer = Result<http::Response<Vec<u8>>, TransportError>;

impl Connections {
    pub(super) fn new(limits: Limits, user_agent: &str) -> Result<Self, BoxError> {
        let builder = || {
            reqwest::Client::builder()
                .redirect(Policy::none())
                .connect_timeout(limits.connect)
                .timeout(limits.total)
                .user_agent(user_agent)
        };
        let remote = builder().https_only(true).build()?;
        let local = builder().no_proxy().tls_certs_only([]).build()?;
        Ok(Self { remote, local, limits })
    }

    /// Boxed, so that no endpoint compiles it again.
    pub(super) fn exchange(
        &self,
        meta: &'static EndpointMeta,
        request: Result<http::Request<Vec<u8>>, Error<i64>>,
    ) -> Pin<Box<dyn Future<Output = Received> + Send + '_>> {
        Box::pin(async move {
            let request = match request {
                Ok(request) => request,
                Err(error) => return Received { meta, span: Span::none(), response: Err(error) },
            };
            let span = new_span(meta);
            let response = self.send(request).instrument(span.clone()).await;
            Received { meta, span, response: response.map_err(Error::Transport) }
        })
    }

    async fn send(&self, request: http::Request<Vec<u8>>) -> Answer {
        let client =
            if request.uri().scheme_str() == Some("http") { &self.local } else { &self.remote };
        let request = request.try_into().map_err(|error| self.failure(error))?;
        let response = client.execute(request).await.map_err(|error| self.failure(error))?;
        self.receive(response).await
    }

    async fn receive(&self, mut response: reqwest::Response) -> Answer {
        let mut answer = http::Response::new(Vec::new());
        *answer.status_mut() = response.status();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        let declared = response.content_length();
        self.check_length(declared.unwrap_or(0), declared, answer.status())?;
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failure(error))? {
            let length = answer.body().len() + chunk.len();
            self.check_length(length as u64, declared, answer.status())?;
            answer.body_mut().extend_from_slice(&chunk);
        }
        Ok(answer)
    }

    fn check_length(
        &self,
        length: u64,
        declared: Option<u64>,
        status: StatusCode,
    ) -> Result<(), TransportError> {
        let limit = self.limits.body;
        if length <= limit as u64 {
            return Ok(());
        }
        Err(TransportError::BodyTooLarge { limit, declared, status })
    }

    /// Without the URL, whose query may hold what a log must not.
    fn failure(&self, error: reqwest::Error) -> TransportError {
        let error = error.without_url();
        if error.is_connect() || error.is_builder() {
            return TransportError::Connect(error.into());
        }
        if error.is_timeout() {
            return TransportError::Timeout { after: self.limits.total };
        }
        TransportError::Broken(error.into())
    }
}

/// What came of an exchange, with the span that still lacks the outcome.
pub(super) struct Received {
    meta: &'static EndpointMeta,
    span: Span,
    response: Result<http::Response<Vec<u8>>, Error<i64>>,
}

impl Received {
    /// Puts the data of a success into `data`.
    pub(super) fn open(self, data: &mut dyn Place) -> Result<Success, Error<i64>> {
        let Self { meta, span, response } = self;
        let result = response.and_then(|response| envelope::open(meta, response, data));
        match &result {
            Ok(success) => {
                let code = Some(meta.envelope.success);
                record(&span, Some(success.status), code, success.log_id.as_deref());
            }
            Err(error) => {
                let code = error.api().map(|error| error.code);
                record(&span, error.status(), code, error.log_id());
            }
        }
        result
    }
}

fn new_span(meta: &EndpointMeta) -> Span {
    let endpoint = meta.name;
    tracing::info_span!("call", endpoint, status = Empty, code = Empty, log_id = Empty)
}

fn record(span: &Span, status: Option<StatusCode>, code: Option<i64>, log_id: Option<&str>) {
    span.record("status", status.map(|status| status.as_u16()));
    span.record("code", code);
    span.record("log_id", log_id.map(display));
}
