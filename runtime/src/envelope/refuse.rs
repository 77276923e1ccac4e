//! Why a response has no data.

use std::mem;

use bytes::Bytes;
use http::StatusCode;
use http::header::LOCATION;
use http::response::Parts;

use super::Slot;
use super::excerpt::{excerpt, page};
use super::scan::{Head, scan};
use super::{is_blank, log_id_in};
use crate::code::RawCode;
use crate::error::{
    ApiError, Attempts, DecodeError, DecodeFault, Error, MESSAGE, NAME, OneLine, Secrets,
};
use crate::error_code::ErrorRow;
use crate::fault::{Fault, behind, without_bom};
use crate::meta::EndpointMeta;

/// A response that is not a success, and what is known of its request.
pub(super) struct Refused<'a> {
    pub(super) meta: &'static EndpointMeta,
    /// What the documents say of the endpoint's errors.
    pub(super) errors: &'static [ErrorRow],
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
            Some(code) => Error::Api(Box::new(self.api_error(code, head, envelope.is_none()))),
            None => {
                // Without a code nobody knows whether the data are those of a success, so nothing is wrong with their
                // type.
                let says_success = envelope.is_none() && self.is_success(&head);
                let fault = envelope.or(fault.filter(|_| self.is_success(&head)));
                let error = self.decode_error(head, fault);
                Error::Decode(Box::new(DecodeError { says_success, ..error }))
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
            says_success: false,
            excerpt: excerpt(&self.body, self.parts.status, self.secrets),
            headers: mem::take(&mut self.parts.headers),
            body: self.body,
        }))
    }

    /// The code by which the platform refuses.
    fn code(&self, head: &Head, is_json: bool) -> Option<RawCode> {
        let envelope = self.meta.envelope;
        let fails_by_status = !self.parts.status.is_success() && !is_redirect(self.parts);
        let in_body = head.refusal(envelope.success).cloned();
        if envelope.goes_by_status() {
            let refusal = in_body.or_else(|| self.code_of_status(is_json));
            return refusal.filter(|_| fails_by_status);
        }
        if head.contradiction(envelope).is_some() {
            return None;
        }
        // What is false and says no more, or a page under a status that is documented.
        let of_status = || match head.ok {
            Some(true) => None,
            Some(false) => is_json.then(|| self.status()),
            None => self.code_of_status(false).filter(|_| fails_by_status),
        };
        in_body.or_else(of_status)
    }

    /// The status as a code. It is one only with words of the platform, or with none at all, unless the endpoint documents it:
    /// then whatever comes under it is the platform's.
    fn code_of_status(&self, is_json: bool) -> Option<RawCode> {
        let has_words = is_json || is_blank(&self.body);
        let is_code = || has_words || self.documents(&self.status());
        (self.meta.envelope.code.is_empty() && is_code()).then(|| self.status())
    }

    fn status(&self) -> RawCode {
        RawCode::Int(self.parts.status.as_u16().into())
    }

    fn documents(&self, code: &RawCode) -> bool {
        self.errors.iter().any(|row| *code == row.code)
    }

    /// Whether the head says that it is a success.
    fn is_success(&self, head: &Head) -> bool {
        let envelope = self.meta.envelope;
        match self.parts.status.is_success() {
            true => head.says_success(envelope),
            false => head.has_word_of_success(envelope),
        }
    }

    fn api_error(self, code: RawCode, head: Head, is_json: bool) -> ApiError<RawCode> {
        let is_of_status = head.place(&code).is_none();
        let message = self.message(&code, &head, is_of_status && !is_json);
        ApiError {
            endpoint: self.meta.name,
            duplicate: self.meta.duplicate.is_some_and(|duplicate| code == duplicate),
            token_refused: self.meta.refuses_token(&code),
            code: self.shown(code),
            message,
            envelope: self.meta.envelope,
            is_anyones: is_of_status && !(is_json && self.is_said_by_platform(&head)),
            log_id: head.log_id,
            status: self.parts.status,
            attempts: Attempts::of(self.meta),
            headers: mem::take(&mut self.parts.headers),
            body: self.body,
        }
    }

    /// Whether JSON has a word that the documents speak of; where they speak of none, any member will do. A gateway that heard nothing
    /// has words of its own.
    fn is_said_by_platform(&self, head: &Head) -> bool {
        let has_word = match self.meta.envelope.message {
            [] => has_members(&self.body),
            _ => head.message.is_some(),
        };
        let is_gateway =
            matches!(self.parts.status, StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT);
        (has_word && !is_gateway) || head.ok.is_some()
    }

    /// The error's text: that of the first place that has one, which may be the code's own; of a page, all of it.
    fn message(&self, code: &RawCode, head: &Head, is_page: bool) -> String {
        let own = head.message.as_ref().map(|(rank, text)| (*rank, &**text));
        let of_code = match code {
            RawCode::Text(text) => self.rank_as_message(code, head).map(|rank| (rank, &**text)),
            RawCode::Int(_) => None,
        };
        match own.into_iter().chain(of_code).min_by_key(|(rank, _)| *rank) {
            Some((_, text)) => self.secrets.mask(text, MESSAGE),
            None if is_page => page(&self.body, self.secrets, MESSAGE).unwrap_or_default(),
            None => String::new(),
        }
    }

    /// The place of the code among those of the message, if it is one of them.
    fn rank_as_message(&self, code: &RawCode, head: &Head) -> Option<usize> {
        let envelope = self.meta.envelope;
        let place = envelope.code.get(head.place(code)?)?;
        envelope.message.iter().position(|message| message == place)
    }

    /// What no document knows may be any text, so that it is masked and shortened as texts are.
    fn shown(&self, code: RawCode) -> RawCode {
        match &code {
            RawCode::Text(text) if !self.documents(&code) && !self.meta.refuses_token(&code) => {
                RawCode::Text(self.secrets.mask(text, NAME).into())
            }
            _ => code,
        }
    }

    fn decode_error(self, head: Head, fault: Option<Fault>) -> DecodeError {
        let path = fault.as_ref().map(|fault| fault.path(&self.body)).unwrap_or_default();
        let is_data = behind(self.meta.envelope.data, &path) == Some("");
        let fault = fault.map(|fault| match is_data {
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
            says_success: false,
            excerpt: excerpt(&self.body, self.parts.status, self.secrets),
            headers: mem::take(&mut self.parts.headers),
            body: self.body,
        }
    }

    fn fault(&self, head: &Head, fault: Option<Fault>) -> DecodeFault {
        let (envelope, status) = (self.meta.envelope, self.parts.status);
        let is_success = self.is_success(head);
        if let Some(says) = head.contradiction(envelope) {
            let says = self.secrets.mask(&says, NAME);
            return DecodeFault::Contradiction { says: OneLine(&says, NAME).to_string() };
        }
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
                let code = || envelope.code.first().copied();
                DecodeFault::NoCode { key: envelope.ok.or_else(code).unwrap_or_default() }
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

/// Whether JSON is an object with anything in it.
fn has_members(json: &[u8]) -> bool {
    let inside = without_bom(json).trim_ascii().strip_prefix(b"{");
    inside.is_some_and(|inside| inside.trim_ascii_start() != b"}")
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
