//! Why a response has no data.

use std::mem;

use bytes::Bytes;
use http::StatusCode;
use http::header::LOCATION;
use http::response::Parts;

use super::Slot;
use super::excerpt::excerpt;
use super::scan::{Head, scan};
use super::{is_blank, log_id_in};
use crate::code::RawCode;
use crate::error::{
    ApiError, Attempts, DecodeError, DecodeFault, Error, MESSAGE, NAME, OneLine, Secrets,
};
use crate::fault::Fault;
use crate::meta::EndpointMeta;

/// A response that is no success, and what is known of its request.
pub(super) struct Refused<'a> {
    pub(super) meta: &'static EndpointMeta,
    pub(super) parts: &'a mut Parts,
    pub(super) body: Bytes,
    pub(super) secrets: Secrets<'a>,
}

impl Refused<'_> {
    /// The second pass: what the platform says, or what is wrong with how it says it. `fault` is that of the data.
    #[cold]
    pub(super) fn error(self, fault: Option<Fault>) -> Error<RawCode> {
        let mut head = Head::with_message();
        let envelope =
            scan(self.meta.envelope, None, &self.body, &mut head, &mut Slot::<()>::new()).err();
        head.log_id = head.log_id.or_else(|| log_id_in(self.meta.envelope, self.parts));
        head.log_id = head.log_id.map(|id| self.secrets.mask(&id, NAME));
        // A refusal is one, whatever else is wrong with the response.
        match self.code(&head, envelope.is_none()) {
            Some(code) => Error::Api(Box::new(self.api_error(code, head))),
            None => {
                // Without a code nobody knows whether the data are those of a success, so nothing is wrong with their
                // type.
                let fault = envelope.or(fault.filter(|_| self.is_success(&head)));
                Error::Decode(Box::new(self.decode_error(head, fault)))
            }
        }
    }

    /// Without a look into the body, which anyone may have written.
    #[cfg(all(feature = "client", feature = "signature"))]
    pub(super) fn unverified(self, fault: DecodeFault) -> Error<RawCode> {
        let log_id = log_id_in(self.meta.envelope, self.parts);
        Error::Decode(Box::new(DecodeError {
            endpoint: self.meta.name,
            status: self.parts.status,
            path: String::new(),
            is_cut_off: false,
            fault,
            log_id: log_id.map(|id| self.secrets.mask(&id, NAME)),
            attempts: Attempts::of(self.meta),
            excerpt: excerpt(&self.body, self.parts.status, self.secrets),
            headers: mem::take(&mut self.parts.headers),
            body: self.body,
        }))
    }

    /// The code by which the platform refuses. A status is one only with words of the platform, or with none at all.
    fn code(&self, head: &Head, is_json: bool) -> Option<RawCode> {
        let (envelope, status) = (self.meta.envelope, self.parts.status);
        if envelope.success.is_some() {
            return head.refusal(envelope.success).cloned();
        }
        if status.is_success() || is_redirect(self.parts) {
            return None;
        }
        let is_status = envelope.code.is_empty() && (is_json || is_blank(&self.body));
        let of_status = is_status.then(|| RawCode::Int(status.as_u16().into()));
        head.refusal(None).cloned().or(of_status)
    }

    /// Whether the head says that it is a success.
    fn is_success(&self, head: &Head) -> bool {
        let success = self.meta.envelope.success;
        success.map_or(self.parts.status.is_success(), |success| head.says(success))
    }

    fn api_error(self, code: RawCode, head: Head) -> ApiError<RawCode> {
        let message = head.message.map(|(_, text)| text).unwrap_or_default();
        ApiError {
            endpoint: self.meta.name,
            duplicate: self.meta.duplicate.is_some_and(|duplicate| code == duplicate),
            token_refused: self.meta.refuses_token(&code),
            code,
            message: self.secrets.mask(&message, MESSAGE),
            log_id: head.log_id,
            status: self.parts.status,
            attempts: Attempts::of(self.meta),
            headers: mem::take(&mut self.parts.headers),
            body: self.body,
        }
    }

    fn decode_error(self, head: Head, fault: Option<Fault>) -> DecodeError {
        let path = fault.as_ref().map(|fault| fault.path(&self.body)).unwrap_or_default();
        let fault = fault.map(|fault| match path == self.meta.envelope.data {
            true => Fault { message: without_text(fault.message), ..fault },
            false => fault,
        });
        DecodeError {
            endpoint: self.meta.name,
            status: self.parts.status,
            path: self.secrets.mask(&path, NAME),
            is_cut_off: fault.as_ref().is_some_and(|fault| fault.is_end_of(&self.body)),
            fault: self.fault(&head, fault),
            log_id: head.log_id,
            attempts: Attempts::of(self.meta),
            excerpt: excerpt(&self.body, self.parts.status, self.secrets),
            headers: mem::take(&mut self.parts.headers),
            body: self.body,
        }
    }

    fn fault(&self, head: &Head, fault: Option<Fault>) -> DecodeFault {
        let (envelope, status) = (self.meta.envelope, self.parts.status);
        let is_success = self.is_success(head);
        match fault {
            _ if !is_success && is_redirect(self.parts) => {
                DecodeFault::Redirect { to: self.target() }
            }
            _ if !is_success && !status.is_success() => DecodeFault::Http,
            _ if is_blank(&self.body) => DecodeFault::Empty,
            Some(fault) => {
                let (line, column) = fault.position(&self.body);
                let message = self.secrets.mask(&fault.message, NAME);
                DecodeFault::Json { message: OneLine(&message, NAME).to_string(), line, column }
            }
            None if !is_success => {
                DecodeFault::NoCode { key: envelope.code.first().copied().unwrap_or_default() }
            }
            None if !status.is_success() => DecodeFault::Status,
            None => DecodeFault::NoData { key: envelope.data },
        }
    }

    /// The address of a redirect, without its query, which is none of a log's business.
    fn target(&self) -> String {
        let location = self.parts.headers.get(LOCATION).map_or(&[][..], |value| value.as_bytes());
        let location = String::from_utf8_lossy(location);
        let address = location.split(['?', '#']).next().unwrap_or("");
        self.secrets.mask(address, NAME)
    }
}

/// Without the text that stands where an object is due: of data that are text nobody knows whether it is a secret.
fn without_text(message: String) -> String {
    match (message.find("string \""), message.rfind("\", expected")) {
        (Some(start), Some(end)) if start < end => {
            format!("{}text{}", &message[..start], &message[end + 1..])
        }
        _ => message,
    }
}

/// Statuses that ask the client to go elsewhere; 304 and 300 do not.
fn is_redirect(parts: &Parts) -> bool {
    const REDIRECTS: [StatusCode; 5] = [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::FOUND,
        StatusCode::SEE_OTHER,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ];
    REDIRECTS.contains(&parts.status) && parts.headers.contains_key(LOCATION)
}
