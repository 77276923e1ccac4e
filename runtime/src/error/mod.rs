//! What can go wrong with a call, by who must act on it.

mod api;
mod decode;
mod transport;

pub use self::api::ApiError;
pub use self::decode::{DecodeError, DecodeFault};
pub use self::transport::TransportError;

pub(crate) use self::decode::cut;

use std::fmt;

use crate::endpoint::RequestError;
use crate::error_code::ErrorCode;
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
            Self::Invalid(_) | Self::Request(_) => None,
        }
    }
}

impl Error<i64> {
    /// The same with the code as an endpoint's own error.
    pub(crate) fn named<E: ErrorCode<Code = i64>>(self) -> Error<E> {
        match self {
            Self::Invalid(violations) => Error::Invalid(violations),
            Self::Request(error) => Error::Request(error),
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
            Self::Invalid(_) | Self::Api(_) | Self::Decode(_) => None,
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

impl<E> From<TransportError> for Error<E> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}
