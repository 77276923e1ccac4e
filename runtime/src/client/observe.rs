//! What a call leaves for those who watch: a `tracing` span and `metrics`, each behind a feature of its name.

#[cfg(feature = "metrics")]
use std::time::Instant;

use crate::envelope::Success;
use crate::error::{Error, Outcome, TokenFault};
use crate::meta::EndpointMeta;

/// One call, as it is seen from outside. No body, token or URL is in it.
#[derive(Clone)]
pub(super) struct Observer {
    #[cfg(any(feature = "tracing", feature = "metrics"))]
    meta: &'static EndpointMeta,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
    #[cfg(feature = "metrics")]
    start: Instant,
}

#[cfg_attr(
    not(any(feature = "tracing", feature = "metrics")),
    expect(clippy::unused_self, reason = "nobody watches")
)]
impl Observer {
    #[cfg_attr(
        not(any(feature = "tracing", feature = "metrics")),
        expect(unused_variables, reason = "nobody watches")
    )]
    pub(super) fn new(meta: &'static EndpointMeta) -> Self {
        Self {
            #[cfg(any(feature = "tracing", feature = "metrics"))]
            meta,
            #[cfg(feature = "tracing")]
            span: spans::new(meta),
            #[cfg(feature = "metrics")]
            start: Instant::now(),
        }
    }

    /// Runs inside the span.
    #[cfg(feature = "tracing")]
    pub(super) fn instrument<F: Future>(self, call: F) -> impl Future<Output = F::Output> {
        tracing::Instrument::instrument(call, self.span)
    }

    /// Runs it.
    #[cfg(not(feature = "tracing"))]
    pub(super) fn instrument<F: Future>(self, call: F) -> F {
        call
    }

    /// A try failed and is followed by another.
    #[cfg_attr(
        not(any(feature = "tracing", feature = "metrics")),
        expect(unused_variables, reason = "nobody watches")
    )]
    pub(super) fn retry(&self, outcome: Outcome) {
        #[cfg(feature = "tracing")]
        spans::retry(self.meta, outcome);
        #[cfg(feature = "metrics")]
        numbers::retry(self.meta);
    }

    /// The call has ended.
    #[cfg_attr(
        not(any(feature = "tracing", feature = "metrics")),
        expect(unused_variables, reason = "nobody watches")
    )]
    pub(super) fn finish(&self, result: &Result<Success, Error<i64>>) {
        #[cfg(feature = "tracing")]
        spans::finish(self.meta, &self.span, result);
        #[cfg(feature = "metrics")]
        numbers::finish(self.meta, self.start.elapsed(), result);
    }
}

/// The next token could not be fetched; the last one still serves, for a while.
#[cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "nobody watches"))]
pub(super) fn token_not_renewed(auth: &'static str, fault: &TokenFault) {
    #[cfg(feature = "tracing")]
    tracing::warn!(auth, %fault, "the next token could not be fetched, the last one goes on being used");
}

#[cfg(feature = "tracing")]
mod spans {
    use http::StatusCode;
    use tracing::Span;
    use tracing::field::{Empty, display};

    use super::{EndpointMeta, Error, Outcome, Success};
    use crate::error::{NAME, OneLine};

    pub(super) fn new(meta: &EndpointMeta) -> Span {
        let endpoint = meta.name;
        tracing::info_span!("call", endpoint, status = Empty, code = Empty, log_id = Empty)
    }

    pub(super) fn retry(meta: &EndpointMeta, outcome: Outcome) {
        tracing::warn!(endpoint = meta.name, outcome = %outcome, "retrying");
    }

    pub(super) fn finish(meta: &EndpointMeta, span: &Span, result: &Result<Success, Error<i64>>) {
        match result {
            Ok(success) => {
                let code = Some(meta.envelope.success);
                record(span, Some(success.status), code, success.log_id.as_deref());
            }
            Err(error) => {
                let code = error.api().map(|error| error.code);
                record(span, error.status(), code, error.log_id());
            }
        }
    }

    fn record(span: &Span, status: Option<StatusCode>, code: Option<i64>, log_id: Option<&str>) {
        span.record("status", status.map(|status| status.as_u16()));
        span.record("code", code);
        span.record("log_id", log_id.map(|id| display(OneLine(id, NAME))));
    }
}

#[cfg(feature = "metrics")]
mod numbers {
    use std::time::Duration;

    use super::{EndpointMeta, Error, Success};

    pub(super) fn retry(meta: &EndpointMeta) {
        metrics::counter!("api_client_retries_total", "endpoint" => meta.name).increment(1);
    }

    pub(super) fn finish(
        meta: &EndpointMeta,
        took: Duration,
        result: &Result<Success, Error<i64>>,
    ) {
        let outcome = result.as_ref().map_or_else(kind, |_| "ok");
        metrics::counter!("api_client_requests_total", "endpoint" => meta.name, "outcome" => outcome)
            .increment(1);
        metrics::histogram!("api_client_request_duration_seconds", "endpoint" => meta.name)
            .record(took);
        if let Err(Error::Api(error)) = result {
            let code = error.code.to_string();
            metrics::counter!("api_client_errors_total", "endpoint" => meta.name, "code" => code)
                .increment(1);
        }
    }

    fn kind(error: &Error<i64>) -> &'static str {
        match error {
            Error::Invalid(_) => "invalid",
            Error::Request(_) => "request",
            Error::Token(_) => "token",
            Error::RateLimited(_) => "rate_limited",
            Error::Api(_) => "api",
            Error::Transport(_) => "transport",
            Error::Decode(_) => "decode",
        }
    }
}
