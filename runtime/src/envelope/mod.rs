//! A response's body, by the keys of its envelope: the data in one pass, or, cold, why there is none.
//!
//! Whatever can do without knowing the data's type does, because the rest is compiled once for each type.

mod scan;
mod refuse;

use std::ops::Deref;

use http::StatusCode;
use http::response::Parts;
use serde::de::DeserializeOwned;

use self::scan::Head;
use crate::endpoint::EndpointMeta;
use crate::error::Error;
use crate::json::{self, Decoder};

/// The data of a successful response. Derefs to the data.
#[derive(Debug, Clone, PartialEq)]
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
    pub(crate) unread: Vec<String>,
}

/// Puts the data of a success into `data`.
///
/// An error has the code as it came, for which endpoint's it is does not matter here.
pub(crate) fn open(
    meta: &EndpointMeta,
    parts: &Parts,
    body: &[u8],
    data: &mut dyn Place,
) -> Result<Success, Error<i64>> {
    let mut head = Head::default();
    let scanned = scan::scan(meta.envelope, body, &mut head, data);
    let is_success = head.code == Some(meta.envelope.success) && parts.status.is_success();
    if is_success && scanned.is_ok() && (head.has_data || read_absent(data)) {
        return Ok(Success { log_id: head.log_id, status: parts.status, unread: head.unread });
    }
    Err(refuse::refuse(meta, parts, body, scanned.err()))
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
        Reply { data, log_id: success.log_id, status: success.status, unread: success.unread }
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
