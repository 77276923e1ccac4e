//! What can go wrong with a call, by who must act on it.

mod api;
mod decode;
mod transport;
mod token;
mod limited;
mod attempts;

pub use self::api::ApiError;
pub use self::attempts::{Attempt, Attempts, Outcome};
pub use self::decode::{DecodeError, DecodeFault};
pub use self::limited::RateLimited;
pub use self::token::{TokenError, TokenFault};
pub use self::transport::{TransportError, TransportFault};

pub(crate) use self::decode::cut;

use std::fmt;

use crate::endpoint::RequestError;
use crate::error_code::{ErrorCode, Retry};
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
    /// No token could be had, so the request was not sent: [`TokenError::fault`] says why.
    Token(Box<TokenError>),
    /// A documented limit of frequency would be broken, so the request was not sent: call later.
    RateLimited(Box<RateLimited>),
    /// The platform refuses: do as [`ApiError::advice`] says.
    Api(Box<ApiError<E>>),
    /// The network failed: [`TransportError::may_have_arrived`] says whether sending again is safe.
    Transport(TransportError),
    /// The response is not what the documents say: the spec, or the platform, must change.
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

    /// The id under which the platform finds the call in its log, if it gave one.
    pub fn log_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.log_id.as_deref(),
            Self::Decode(error) => error.log_id.as_deref(),
            _ => None,
        }
    }

    /// The HTTP status, if there was a response.
    pub fn status(&self) -> Option<http::StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::Decode(error) => Some(error.status),
            Self::Transport(error) => error.status(),
            _ => None,
        }
    }

    /// The tries of the call before the one that this error is about.
    pub fn attempts(&self) -> &[Attempt] {
        self.tried().map_or(&[], |attempts| attempts)
    }

    fn tried(&self) -> Option<&Attempts> {
        match self {
            Self::Token(error) => Some(&error.attempts),
            Self::RateLimited(error) => Some(&error.attempts),
            Self::Api(error) => Some(&error.attempts),
            Self::Transport(error) => Some(&error.attempts),
            Self::Decode(error) => Some(&error.attempts),
            Self::Invalid(_) | Self::Request(_) => None,
        }
    }
}

impl<E> Error<E> {
    pub(crate) fn leaves_effect_open(&self, retry: impl FnOnce(&E) -> Option<Retry>) -> bool {
        let this_time = match self {
            Self::Transport(error) => error.fault.may_have_arrived(),
            // A server that says so has not looked at the request.
            _ if self.status() == Some(http::StatusCode::TOO_MANY_REQUESTS) => false,
            Self::Decode(_) => true,
            // What is worth sending again has failed inside the platform, who knows where.
            Self::Api(error) => error.duplicate || retry(&error.code) == Some(Retry::Same),
            Self::Invalid(_) | Self::Request(_) | Self::Token(_) | Self::RateLimited(_) => false,
        };
        this_time || self.tried().is_some_and(Attempts::may_have_taken_effect)
    }
}

impl<E: ErrorCode<Code = i64>> Error<E> {
    /// Whether the request may have taken effect, in this try or one before. If so, ask for its result before you send
    /// another; the same request, with the same idempotency key, may be sent again.
    pub fn may_have_taken_effect(&self) -> bool {
        self.leaves_effect_open(ErrorCode::retry)
    }
}

impl Error<i64> {
    #[cfg(feature = "client")]
    pub(crate) fn after(mut self, tried: Attempts) -> Self {
        match &mut self {
            Self::Token(error) => error.attempts = tried,
            Self::RateLimited(error) => error.attempts = tried,
            Self::Api(error) => error.attempts = tried,
            Self::Transport(error) => error.attempts = tried,
            Self::Decode(error) => error.attempts = tried,
            Self::Invalid(_) | Self::Request(_) => {}
        }
        self
    }

    /// The same with the code as an endpoint's own error.
    pub(crate) fn named<E: ErrorCode<Code = i64>>(self) -> Error<E> {
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

impl<E: ErrorCode<Code = i64>> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => write!(f, "not sent, change the values:\n{violations}"),
            Self::Request(error) => write!(f, "not sent: {error}"),
            Self::Token(error) => write!(f, "not sent: {error}"),
            Self::RateLimited(error) => write!(f, "not sent: {error}"),
            Self::Api(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl<E: ErrorCode<Code = i64>> std::error::Error for Error<E> {
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
