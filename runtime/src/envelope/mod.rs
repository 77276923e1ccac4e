//! A response's body, by the keys of its envelope: the data in one pass, or, cold, why there is none.
//!
//! Whatever can do without knowing the data's type does, because the rest is compiled once for each type.

mod scan;
mod refuse;
mod excerpt;

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use self::refuse::Refused;
use self::scan::Head;
use crate::error::{Error, Secrets};
use crate::json::{self, Decoder};
use crate::meta::EndpointMeta;

/// The data of a successful response. Derefs to the data.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<T> {
    pub data: T,
    /// The id under which the platform finds the call in its log.
    pub log_id: Option<String>,
    /// The HTTP status, a 2xx.
    pub status: StatusCode,
    /// Paths of values, as `data.refund_reason`, that came and are not what the documents say: the fields are empty, as
    /// if they had not come. Never of what is essential, without which there is no reply.
    pub unread: Vec<String>,
    /// The headers of the response.
    pub headers: HeaderMap,
    /// The whole body, as it came, with whatever the spec does not know. It may hold secrets, so `Debug` gives its
    /// length only.
    pub body: Bytes,
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
/// without `secrets`.
pub(crate) fn open(
    meta: &'static EndpointMeta,
    parts: Parts,
    body: Bytes,
    data: &mut dyn Place,
    secrets: Secrets<'_>,
) -> Result<Success, Error<i64>> {
    let mut head = Head::default();
    let scanned = scan::scan(meta.envelope, &body, &mut head, data);
    let is_success = head.code == Some(meta.envelope.success) && parts.status.is_success();
    if is_success && scanned.is_ok() && (head.has_data || read_absent(data)) {
        let Parts { status, headers, .. } = parts;
        let log_id = head.log_id.map(|id| secrets.mask_name(id));
        let unread = head.unread.into_iter().map(|path| secrets.mask_name(path)).collect();
        return Ok(Success { log_id, status, unread, headers, body });
    }
    Err(Refused { meta, parts, body, secrets }.error(scanned.err()))
}

/// Where a value of some type goes.
pub(crate) trait Place {
    /// Reads the value that comes next.
    fn read(&mut self, json: &mut Decoder<'_>) -> Result<(), json::Error>;

    /// A type without a byte holds nothing, so whatever data there are can be passed over.
    fn holds_nothing(&self) -> bool;
}

/// No data, or `null`, is nothing where that will do, or a list without items; and, for a type that holds nothing, an
/// empty object as well.
fn read_absent(data: &mut dyn Place) -> bool {
    let texts: &[&[u8]] =
        if data.holds_nothing() { &[b"null", b"[]", b"{}"] } else { &[b"null", b"[]"] };
    texts.iter().any(|text| data.read(&mut Decoder::new(text)).is_ok())
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
