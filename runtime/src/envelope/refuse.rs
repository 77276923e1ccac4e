//! Why a response has no data.

use http::header::LOCATION;
use http::response::Parts;

use super::Slot;
use super::scan::{Head, scan};
use crate::endpoint::EndpointMeta;
use crate::error::{ApiError, Attempts, DecodeError, DecodeFault, Error, cut};
use crate::fault::{Fault, without_bom};

/// The second pass: what the platform says, or what is wrong with how it says it.
#[cold]
pub(super) fn refuse(
    meta: &EndpointMeta,
    parts: &Parts,
    body: &[u8],
    fault: Option<Fault>,
) -> Error<i64> {
    let mut head = Head { wants_message: true, ..Head::default() };
    let envelope = scan(meta.envelope, body, &mut head, &mut Slot::<()>::new()).err();
    match head.code {
        Some(code) if envelope.is_none() && code != meta.envelope.success => {
            Error::Api(Box::new(api_error(meta, parts, code, head)))
        }
        // Without a code nobody knows whether the data are those of a success, so nothing is wrong with their type.
        code => {
            let fault = envelope.or(fault.filter(|_| code.is_some()));
            Error::Decode(Box::new(decode_error(meta, parts, body, head, fault)))
        }
    }
}

fn api_error(meta: &EndpointMeta, parts: &Parts, code: i64, head: Head) -> ApiError<i64> {
    ApiError {
        code,
        message: head.message.map(|(_, text)| text).unwrap_or_default(),
        log_id: head.log_id,
        status: parts.status,
        duplicate: meta.duplicate == Some(code),
        attempts: Attempts::default(),
    }
}

fn decode_error(
    meta: &EndpointMeta,
    parts: &Parts,
    body: &[u8],
    head: Head,
    fault: Option<Fault>,
) -> DecodeError {
    let path = fault.as_ref().map(|fault| fault.path(body)).unwrap_or_default();
    let fault = decode_fault(meta, parts, body, &head, fault);
    DecodeError {
        endpoint: meta.name,
        status: parts.status,
        log_id: head.log_id,
        path,
        fault,
        attempts: Attempts::default(),
        body: body.to_vec(),
    }
}

fn decode_fault(
    meta: &EndpointMeta,
    parts: &Parts,
    body: &[u8],
    head: &Head,
    fault: Option<Fault>,
) -> DecodeFault {
    match (fault, head.code) {
        (_, None) if parts.status.is_redirection() => DecodeFault::Redirect { to: target(parts) },
        _ if without_bom(body).trim_ascii().is_empty() => DecodeFault::Empty,
        (Some(fault), _) => {
            let (line, column) = fault.position(body);
            DecodeFault::Json { message: cut(fault.message), line, column }
        }
        (None, None) => DecodeFault::NoCode { key: meta.envelope.path(meta.envelope.code) },
        (None, Some(_)) if !parts.status.is_success() => DecodeFault::Status,
        (None, Some(_)) => DecodeFault::NoData { key: meta.envelope.data },
    }
}

/// The address of a redirect, without its query, which is none of a log's business.
fn target(parts: &Parts) -> String {
    let location = parts.headers.get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or("");
    location.split(['?', '#']).next().unwrap_or("").chars().take(200).collect()
}
