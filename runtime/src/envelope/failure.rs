//! Why a response has no data.

use http::header::LOCATION;
use http::response::Parts;
use serde::de::IgnoredAny;

use super::body::{self, Head};
use crate::endpoint::EndpointMeta;
use crate::error::{ApiError, DecodeError, DecodeFault, Error};
use crate::error_code::ErrorCode;
use crate::fault;

/// [`Error`] before it is known which endpoint's.
pub(crate) enum Failure {
    Api(ApiError<i64>),
    Decode(Box<DecodeError>),
}

impl Failure {
    pub(crate) fn into_error<E: ErrorCode<Code = i64>>(self) -> Error<E> {
        match self {
            Self::Decode(error) => Error::Decode(error),
            Self::Api(ApiError { code, message, log_id, status, duplicate }) => {
                let code = E::from_code(code);
                Error::Api(Box::new(ApiError { code, message, log_id, status, duplicate }))
            }
        }
    }
}

/// The second pass: what the platform says, or what is wrong with how it says it.
#[cold]
pub(super) fn refuse(
    meta: &EndpointMeta,
    parts: &Parts,
    body: Vec<u8>,
    error: Option<serde_json::Error>,
) -> Failure {
    let mut head = Head { wants_message: true, ..Head::default() };
    let envelope = body::read::<IgnoredAny>(meta.envelope, &body, &mut head).err();
    match head.code {
        Some(code) if envelope.is_none() && code != meta.envelope.success => {
            Failure::Api(api_error(meta, parts, code, head))
        }
        _ => {
            let fault = fault_of(meta, parts, &body, &head, envelope.or(error));
            let error = DecodeError::new(meta.name, parts.status, head.log_id, fault, body);
            Failure::Decode(Box::new(error))
        }
    }
}

fn api_error(meta: &EndpointMeta, parts: &Parts, code: i64, head: Head) -> ApiError<i64> {
    ApiError {
        code,
        message: head.message.unwrap_or_default(),
        log_id: head.log_id,
        status: parts.status,
        duplicate: meta.duplicate == Some(code),
    }
}

fn fault_of(
    meta: &EndpointMeta,
    parts: &Parts,
    body: &[u8],
    head: &Head,
    error: Option<serde_json::Error>,
) -> DecodeFault {
    match (error, head.code) {
        (_, None) if parts.status.is_redirection() => DecodeFault::Redirect { to: target(parts) },
        _ if fault::without_bom(body).is_empty() => DecodeFault::Empty,
        (Some(error), _) => DecodeFault::Json(error),
        (None, None) => DecodeFault::NoCode { key: meta.envelope.code },
        (None, Some(_)) if !parts.status.is_success() => DecodeFault::Status,
        (None, Some(_)) => DecodeFault::NoData { key: meta.envelope.data },
    }
}

/// The address of a redirect, without its query, which is none of a log's business.
fn target(parts: &Parts) -> String {
    let location = parts.headers.get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or("");
    location.split(['?', '#']).next().unwrap_or("").chars().take(200).collect()
}
