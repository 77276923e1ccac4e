//! What can go wrong with a call, by who must act on it; and the codes by which a platform says so.
//!
//! [`Error`] is what every call returns, [`ApiError`] what the platform said, as an enum of the endpoint's own
//! ([`ErrorCode`]), whose documented rows say when to try again ([`Retry`]), and what else it says ([`ErrorDetails`]).

mod request;
mod api;
mod details;
mod decode;
mod transport;
mod token;
mod limited;
mod paging;
mod attempts;
mod effect;
mod server_text;
mod echo;
mod fragments;
mod retry_after;

pub use self::api::ApiError;
pub use self::attempts::{Attempt, Attempts, Outcome};
pub use self::decode::{DecodeError, DecodeFault};
pub use self::details::ErrorDetails;
pub use self::limited::RateLimited;
pub use self::paging::{PageError, PagingError, PagingFault};
pub use self::request::{BaseUrlError, GivenUrlError, RequestError};
pub use self::token::{TokenError, TokenFault};
pub use self::transport::{TransportError, TransportFault};
pub use crate::code::RawCode;
#[doc(hidden)]
pub use crate::error_code::fmt_error;
pub use crate::error_code::{
    ErrorCase, ErrorCode, ErrorRow, ResponseCode, Retry, UndocumentedError, UndocumentedPair,
    UndocumentedText, WireCode,
};

pub(crate) use self::retry_after::retry_after;
#[cfg(feature = "client")]
pub(crate) use self::token::Answered;

pub(crate) use self::server_text::{MESSAGE, NAME, OneLine, SHOWN, Secrets, cut};

use std::fmt;
use std::time::Duration;

#[cfg(feature = "client")]
use crate::meta::EndpointMeta;
use crate::validate::Violations;

/// Why a call has no data. `E` is the endpoint's own errors.
///
/// No variant holds a token, and none shows a secret value.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The request breaks documented rules and was not sent: change the values.
    Invalid(Violations),
    /// The request cannot be sent as the client is set up: change the program or its configuration.
    Request(RequestError),
    /// There is no token, so the request was not sent: [`TokenError::fault`] says why.
    Token(Box<TokenError>),
    /// A documented rate limit would be broken, so the request was not sent: call later.
    RateLimited(Box<RateLimited>),
    /// The platform refuses: do as [`ApiError::advice`] says.
    Api(Box<ApiError<E>>),
    /// The network failed: [`TransportError::may_have_arrived`] says whether sending again is safe.
    Transport(TransportError),
    /// The response is not one that the documents describe: [`DecodeError::status`] and [`DecodeError::fault`] say what
    /// came instead. The answers of proxies and gateways (429, 502, 503 with a page of theirs, [`DecodeFault::Http`])
    /// arrive here: call less often, or later; and what a client's `verifier` does not take for the platform's. Of any other
    /// response, the spec or the platform must change.
    Decode(Box<DecodeError>),
}

impl<E> Error<E> {
    /// The platform's refusal, if it is one.
    pub fn api(&self) -> Option<&ApiError<E>> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Name of the endpoint that was called; `None` if the request itself is at fault. Where there is no token, because the
    /// endpoint that issues it failed, this and the next two are about that endpoint.
    pub fn endpoint(&self) -> Option<&'static str> {
        match self {
            Self::RateLimited(error) => Some(error.endpoint),
            Self::Api(error) => Some(error.endpoint),
            Self::Transport(error) => Some(error.endpoint),
            Self::Decode(error) => Some(error.endpoint),
            Self::Token(error) => Some(error.answered()?.endpoint),
            Self::Invalid(_) | Self::Request(_) => None,
        }
    }

    /// The id under which the platform finds the call in its log, if it gave one.
    pub fn log_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.log_id.as_deref(),
            Self::Decode(error) => error.log_id.as_deref(),
            Self::Token(error) => error.answered()?.log_id.as_deref(),
            _ => None,
        }
    }

    /// The HTTP status, if there was a response.
    pub fn status(&self) -> Option<http::StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::Decode(error) => Some(error.status),
            Self::Transport(error) => error.status(),
            Self::Token(error) => error.answered()?.status,
            _ => None,
        }
    }

    /// How long to wait before the next call: what the server asks for by `Retry-After` (a date only with the feature
    /// `client`, counted from now) or in the body of an error, where the spec says so, or when a rate limit or a rest after a failed token fetch ends.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after(),
            // Nothing in a response that is not verified is believed.
            #[cfg(feature = "signature")]
            Self::Decode(error) if matches!(error.fault, DecodeFault::Unverified(_)) => None,
            Self::Decode(error) => retry_after(&error.headers),
            Self::RateLimited(error) => Some(error.retry_after),
            Self::Token(error) => error.retry_after(),
            Self::Invalid(_) | Self::Request(_) | Self::Transport(_) => None,
        }
    }

    /// The attempts of the call before the one that this error is about.
    pub fn attempts(&self) -> &[Attempt] {
        self.earlier().map_or(&[], |attempts| attempts)
    }

    fn earlier(&self) -> Option<&Attempts> {
        match self {
            Self::Token(error) => Some(&error.attempts),
            Self::RateLimited(error) => Some(&error.attempts),
            Self::Api(error) => Some(&error.attempts),
            Self::Transport(error) => Some(&error.attempts),
            Self::Decode(error) => Some(&error.attempts),
            Self::Invalid(_) | Self::Request(_) => None,
        }
    }

    #[cfg(feature = "client")]
    fn earlier_mut(&mut self) -> Option<&mut Attempts> {
        match self {
            Self::Token(error) => Some(&mut error.attempts),
            Self::RateLimited(error) => Some(&mut error.attempts),
            Self::Api(error) => Some(&mut error.attempts),
            Self::Transport(error) => Some(&mut error.attempts),
            Self::Decode(error) => Some(&mut error.attempts),
            Self::Invalid(_) | Self::Request(_) => None,
        }
    }

    /// The same of a request whose effect is nobody's concern, as that of one that only fetches a token.
    #[cfg(feature = "client")]
    pub(crate) fn without_effect(mut self) -> Self {
        if let Some(attempts) = self.earlier_mut() {
            attempts.disregard_effect();
        }
        self
    }

    /// Whether the platform may have acted on the call, be it only by counting it against a limit.
    #[cfg(feature = "client")]
    pub(crate) fn may_have_counted(
        &self,
        row: impl FnOnce(&E, http::StatusCode) -> Option<&'static ErrorRow>,
    ) -> bool {
        let last = match self {
            Self::Transport(error) => error.leaves_effect_open(),
            Self::Decode(error) => error.leaves_effect_open(),
            Self::Api(error) => error.leaves_effect_open(row(&error.code, error.status)),
            Self::Invalid(_) | Self::Request(_) | Self::Token(_) | Self::RateLimited(_) => false,
        };
        self.earlier().map_or(last, |attempts| attempts.may_have_counted(last))
    }
}

impl<E: ErrorCode<Code: ResponseCode>> Error<E> {
    /// Whether the request may have taken effect, in this attempt or one before. If so, ask for its result before you
    /// send another; the same request, with the same idempotency key, may be sent again. The error's text says it
    /// exactly when this is true; for a request that changes nothing, it never is.
    pub fn may_have_taken_effect(&self) -> bool {
        match self {
            Self::Invalid(_) | Self::Request(_) => false,
            Self::Token(error) => error.attempts.may_have_taken_effect(),
            Self::RateLimited(error) => error.attempts.may_have_taken_effect(),
            Self::Api(error) => error.may_have_taken_effect(),
            Self::Transport(error) => error.may_have_taken_effect(),
            Self::Decode(error) => error.may_have_taken_effect(),
        }
    }
}

impl Error<RawCode> {
    /// The same with the endpoint's name and the attempts before.
    #[cfg(feature = "client")]
    pub(crate) fn after(mut self, meta: &EndpointMeta, attempts: Attempts) -> Self {
        if let Self::Transport(error) = &mut self {
            error.endpoint = meta.name;
        }
        if let Some(earlier) = self.earlier_mut() {
            *earlier = attempts;
        }
        self
    }

    /// The same with the code as an endpoint's own error.
    pub(crate) fn named<E: ErrorCode<Code: ResponseCode>>(self) -> Error<E> {
        match self {
            Self::Invalid(violations) => Error::Invalid(violations),
            Self::Request(error) => Error::Request(error),
            Self::Token(error) => Error::Token(error),
            Self::RateLimited(error) => Error::RateLimited(error),
            Self::Api(error) => Error::Api(Box::new(error.named())),
            Self::Transport(error) => Error::Transport(error),
            Self::Decode(error) => Error::Decode(error),
        }
    }
}

impl<E: ErrorCode<Code: ResponseCode>> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => write!(f, "not sent, change the values:\n{violations}"),
            Self::Request(error) => write!(f, "not sent: {error}"),
            Self::Token(error) => write!(f, "{}: {error}", not_sent(&error.attempts)),
            Self::RateLimited(error) => write!(f, "{}: {error}", not_sent(&error.attempts)),
            Self::Api(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

fn not_sent(attempts: &Attempts) -> &'static str {
    if attempts.is_empty() { "not sent" } else { "not sent again" }
}

impl<E: ErrorCode<Code: ResponseCode>> std::error::Error for Error<E> {
    /// What the variant's own `Display` does not say already.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Request(error) => error.source(),
            Self::Token(error) => error.source(),
            Self::Invalid(_) | Self::RateLimited(_) | Self::Api(_) | Self::Decode(_) => None,
        }
    }
}

impl<E> From<Violations> for Error<E> {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl<E> From<RequestError> for Error<E> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl<E> From<TransportFault> for Error<E> {
    fn from(fault: TransportFault) -> Self {
        Self::Transport(fault.into())
    }
}
