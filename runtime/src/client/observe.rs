//! What a call leaves for those who watch: a `tracing` span and `metrics`, each behind a feature of its name.

use tokio::time::Instant;

use crate::code::RawCode;
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
    #[cfg_attr(not(feature = "metrics"), expect(unused_variables, reason = "nobody counts"))]
    pub(super) fn new(meta: &'static EndpointMeta, start: Instant) -> Self {
        Self {
            #[cfg(any(feature = "tracing", feature = "metrics"))]
            meta,
            #[cfg(feature = "tracing")]
            span: spans::new(meta),
            #[cfg(feature = "metrics")]
            start,
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
    #[cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "nobody traces"))]
    pub(super) fn retry(&self, outcome: &Outcome) {
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
    pub(super) fn finish(&self, result: &Result<Success, Error<RawCode>>) {
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
    use std::fmt::Display;

    use http::StatusCode;
    use tracing::Span;
    use tracing::field::{Empty, display};

    use super::{EndpointMeta, Error, Outcome, RawCode, Success};
    use crate::error::{NAME, OneLine};

    pub(super) fn new(meta: &EndpointMeta) -> Span {
        let endpoint = meta.name;
        tracing::info_span!("call", endpoint, status = Empty, code = Empty, log_id = Empty)
    }

    pub(super) fn retry(meta: &EndpointMeta, outcome: &Outcome) {
        tracing::warn!(endpoint = meta.name, outcome = %outcome, "retrying");
    }

    pub(super) fn finish(
        meta: &EndpointMeta,
        span: &Span,
        result: &Result<Success, Error<RawCode>>,
    ) {
        match result {
            Ok(success) => {
                let code = meta.envelope.success;
                record(span, Some(success.status), code, success.log_id.as_deref());
            }
            Err(error) => {
                let code = error.api().map(|error| &error.code);
                record(span, error.status(), code, error.log_id());
            }
        }
    }

    fn record(
        span: &Span,
        status: Option<StatusCode>,
        code: Option<impl Display>,
        log_id: Option<&str>,
    ) {
        span.record("status", status.map(|status| status.as_u16()));
        span.record("code", code.map(display));
        span.record("log_id", log_id.map(|id| display(OneLine(id, NAME))));
    }
}

#[cfg(feature = "metrics")]
mod numbers {
    use std::collections::BTreeMap;
    use std::sync::{PoisonError, RwLock};
    use std::time::Duration;

    use metrics::{Key, Label, Level, Metadata, with_recorder};

    use super::{EndpointMeta, Error, RawCode, Success};

    const REQUESTS: &str = "api_client_requests_total";
    const DURATION: &str = "api_client_request_duration_seconds";

    static METADATA: Metadata<'static> =
        Metadata::new(module_path!(), Level::INFO, Some(module_path!()));

    /// By name of the endpoint. Made once, because to make them costs as much as all else that is observed.
    static KEYS: RwLock<BTreeMap<&'static str, &'static Keys>> = RwLock::new(BTreeMap::new());

    /// What an endpoint's successes are counted by.
    struct Keys {
        requests: Key,
        duration: Key,
    }

    impl Keys {
        fn of(endpoint: &'static str) -> &'static Self {
            let known = KEYS.read().unwrap_or_else(PoisonError::into_inner).get(endpoint).copied();
            known.unwrap_or_else(|| Self::make(endpoint))
        }

        #[cold]
        fn make(endpoint: &'static str) -> &'static Self {
            let keys = Self { requests: requests(endpoint, "ok"), duration: duration(endpoint) };
            let mut known = KEYS.write().unwrap_or_else(PoisonError::into_inner);
            known.entry(endpoint).or_insert_with(|| Box::leak(Box::new(keys)))
        }
    }

    pub(super) fn retry(meta: &EndpointMeta) {
        metrics::counter!("api_client_retries_total", "endpoint" => meta.name).increment(1);
    }

    pub(super) fn finish(
        meta: &EndpointMeta,
        took: Duration,
        result: &Result<Success, Error<RawCode>>,
    ) {
        match result {
            Ok(_) => {
                let keys = Keys::of(meta.name);
                record(&keys.requests, &keys.duration, took);
            }
            Err(error) => failed(meta.name, took, error),
        }
    }

    #[cold]
    fn failed(endpoint: &'static str, took: Duration, error: &Error<RawCode>) {
        record(&requests(endpoint, kind(error)), &duration(endpoint), took);
        if let Error::Api(error) = error {
            let code = error.code.to_string();
            metrics::counter!("api_client_errors_total", "endpoint" => endpoint, "code" => code)
                .increment(1);
        }
    }

    fn requests(endpoint: &'static str, outcome: &'static str) -> Key {
        let outcome = Label::from_static_parts("outcome", outcome);
        Key::from_parts(REQUESTS, vec![Label::from_static_parts("endpoint", endpoint), outcome])
    }

    fn duration(endpoint: &'static str) -> Key {
        Key::from_parts(DURATION, vec![Label::from_static_parts("endpoint", endpoint)])
    }

    fn record(requests: &Key, duration: &Key, took: Duration) {
        with_recorder(|recorder| {
            recorder.register_counter(requests, &METADATA).increment(1);
            recorder.register_histogram(duration, &METADATA).record(took);
        });
    }

    fn kind(error: &Error<RawCode>) -> &'static str {
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
