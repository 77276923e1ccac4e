//! A response's body, by the keys of its envelope: the data in one pass, or, cold, why there is none.
//!
//! Whatever can do without knowing the data's type does, because the rest is compiled once for each type.

mod scan;
mod code;
mod verdict;
mod refuse;
mod excerpt;
mod binary;

pub use self::binary::Binary;

use std::fmt;
use std::mem;
use std::ops::Deref;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use self::refuse::Refused;
use self::scan::Head;
use crate::code::RawCode;
#[cfg(all(feature = "client", feature = "signature"))]
use crate::error::DecodeFault;
use crate::error::{Error, Secrets};
use crate::error_code::ErrorRow;
use crate::fault::without_bom;
use crate::json::{self, Decoder};
use crate::meta::{EndpointMeta, Envelope, ResponseKind};

/// A successful response. Derefs to its data.
///
/// Its own parts are methods, so that a field is always one of the data: `reply.status` is the status of the order, whatever HTTP's
/// was, [`Reply::http_status`].
#[derive(Clone, PartialEq)]
pub struct Reply<T> {
    data: T,
    log_id: Option<String>,
    status: StatusCode,
    unread: Vec<String>,
    headers: HeaderMap,
    body: Bytes,
}

impl<T> Reply<T> {
    /// The data, which the reply derefs to.
    pub fn data(&self) -> &T {
        &self.data
    }

    /// The data alone, by value.
    pub fn into_data(self) -> T {
        self.data
    }

    /// The id under which the platform finds the call in its log.
    pub fn log_id(&self) -> Option<&str> {
        self.log_id.as_deref()
    }

    /// The HTTP status, a 2xx.
    pub fn http_status(&self) -> StatusCode {
        self.status
    }

    /// Paths of values, as `data.reason`, that came and are not what the documents say: the fields are empty, as
    /// if they had not come. Never of what is essential, without which there is no reply.
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The whole body, as it came, with whatever the spec does not know. It may hold secrets, so `Debug` gives its
    /// length only.
    pub fn raw_body(&self) -> &Bytes {
        &self.body
    }
}

impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("data", &self.data)
            .field("log_id", &self.log_id)
            .field("status", &self.status)
            .field("unread", &self.unread)
            .field("headers", &format_args!("{} headers", self.headers.len()))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

/// A success, without its data.
pub(crate) struct Success {
    pub(crate) log_id: Option<String>,
    pub(crate) status: StatusCode,
    unread: Vec<String>,
    headers: HeaderMap,
    body: Bytes,
}

/// Puts the data of a success into `data`.
///
/// An error has the code as it came, for which endpoint's it is does not matter here. What it shows of the response is
/// without `secrets`, and `errors` is what the documents say of the endpoint's.
pub(crate) fn open(
    (meta, errors): (&'static EndpointMeta, &'static [ErrorRow]),
    parts: &mut Parts,
    body: Bytes,
    data: &mut dyn Place,
    secrets: Secrets<'_>,
) -> Result<Success, Error<RawCode>> {
    let mut head = Head::default();
    let (envelope, has_good_status) = (meta.envelope, parts.status.is_success());
    let is_plain = has_good_status
        && may_be_plain(meta, parts)
        && !is_json(parts)
        && !is_refusal(envelope, &body);
    let scanned = match envelope.success {
        _ if is_plain => take(meta.response, parts, &body, data).map_err(json::Error::into_fault),
        // What is no success by its status has no data.
        None if envelope.goes_by_status() && (!has_good_status || is_blank(&body)) => Ok(()),
        _ => scan::scan(envelope, Some(parts), &body, &mut head, data),
    };
    let says_success = || head.says_success(envelope);
    let is_success = is_plain || (has_good_status && says_success());
    if is_success && scanned.is_ok() && (is_plain || head.has_data || read_absent(data, parts)) {
        let log_id = head.log_id.or_else(|| log_id_in(envelope, parts));
        let (status, headers) = (parts.status, mem::take(&mut parts.headers));
        let log_id = log_id.map(|id| secrets.mask_name(id));
        let mut unread = head.unread;
        for path in &mut unread {
            *path = secrets.mask_name(mem::take(path));
        }
        return Ok(Success { log_id, status, unread, headers, body });
    }
    Err(Refused { meta, errors, parts, body, secrets }.error(scanned.err()))
}

/// The error of a response that is not known to be the platform's. Nothing is looked for in it but its number, which finds it in
/// a log.
#[cfg(all(feature = "client", feature = "signature"))]
#[cold]
pub(crate) fn unverified(
    meta: &'static EndpointMeta,
    parts: &mut Parts,
    body: Bytes,
    secrets: Secrets<'_>,
    fault: DecodeFault,
) -> Error<RawCode> {
    Refused { meta, errors: &[], parts, body, secrets }.unverified(fault)
}

fn is_blank(body: &[u8]) -> bool {
    without_bom(body).trim_ascii().is_empty()
}

/// The id of the platform's log, if it is in a header.
fn log_id_in(envelope: &Envelope, parts: &Parts) -> Option<String> {
    let header = parts.headers.get(envelope.log_id_header?)?;
    header.to_str().ok().filter(|id| !id.is_empty()).map(str::to_owned)
}

/// Whether a success need not be JSON.
fn may_be_plain(meta: &EndpointMeta, parts: &Parts) -> bool {
    match meta.response {
        ResponseKind::Json => false,
        ResponseKind::Text | ResponseKind::Binary => true,
        ResponseKind::ByStatus(known) => !known.contains(&parts.status.as_u16()),
    }
}

/// Whether the body is said to be JSON, as `application/json` or `application/problem+json`.
fn is_json(parts: &Parts) -> bool {
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    kind.trim().to_ascii_lowercase().ends_with("json")
}

/// Whether a body that is not said to be JSON is JSON by which the platform refuses all the same.
fn is_refusal(envelope: &'static Envelope, body: &[u8]) -> bool {
    if envelope.goes_by_status() || !without_bom(body).trim_ascii_start().starts_with(b"{") {
        return false;
    }
    let mut head = Head::default();
    let is_whole = scan::scan(envelope, None, body, &mut head, &mut Slot::<()>::new()).is_ok();
    is_whole && (head.ok == Some(false) || head.refusal(envelope.success).is_some())
}

/// Where a value of some type goes.
pub(crate) trait Place {
    /// Reads the value that comes next.
    fn read(&mut self, json: &mut Decoder<'_>) -> Result<(), json::Error>;

    /// A type without a byte holds nothing, so whatever data there are can be passed over.
    fn holds_nothing(&self) -> bool;
}

/// Reads a body that is not JSON.
#[cold]
fn take(
    kind: ResponseKind,
    parts: &Parts,
    body: &[u8],
    data: &mut dyn Place,
) -> Result<(), json::Error> {
    match kind {
        ResponseKind::Text => {
            let text = json::to_string(&String::from_utf8_lossy(body))?;
            data.read(&mut Decoder::of(&text))
        }
        _ => data.read(&mut Decoder::new(body).of_response(parts, false)),
    }
}

/// No data, or `null`, is nothing where that will do, or a list without items; and, for a type that holds nothing, an
/// empty object as well.
fn read_absent(data: &mut dyn Place, parts: &Parts) -> bool {
    let texts: &[&[u8]] =
        if data.holds_nothing() { &[b"null", b"[]", b"{}"] } else { &[b"null", b"[]"] };
    texts.iter().any(|text| data.read(&mut Decoder::new(text).of_response(parts, true)).is_ok())
}

/// The place for one value.
pub(crate) struct Slot<T>(Option<T>);

impl<T> Slot<T> {
    pub(crate) const fn new() -> Self {
        Self(None)
    }

    /// The reply to a call whose data were put here.
    pub(crate) fn reply(self, success: Success) -> Reply<T> {
        let data = self.0.expect("a success has its data read");
        let Success { log_id, status, unread, headers, body } = success;
        Reply { data, log_id, status, unread, headers, body }
    }
}

impl<T: DeserializeOwned> Place for Slot<T> {
    fn read(&mut self, json: &mut Decoder<'_>) -> Result<(), json::Error> {
        self.0 = Some(T::deserialize(json)?);
        Ok(())
    }

    fn holds_nothing(&self) -> bool {
        size_of::<T>() == 0
    }
}
