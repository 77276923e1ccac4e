//! A response's body, by the keys of its envelope: the data in one pass, or, cold, why there is none.

mod body;
mod failure;

pub(crate) use self::failure::Failure;

use std::ops::Deref;

use http::StatusCode;
use serde::de::DeserializeOwned;

use self::body::{Head, holds_nothing};
use crate::endpoint::EndpointMeta;

/// The data of a successful response. Derefs to the data.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<T> {
    pub data: T,
    /// The id under which the platform finds the call in its log.
    pub log_id: Option<String>,
    /// The HTTP status, a 2xx.
    pub status: StatusCode,
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

/// Decodes `data` in place. All that does not depend on `T` is elsewhere, because this is compiled for each `T`.
pub(crate) fn decode<T: DeserializeOwned>(
    meta: &EndpointMeta,
    response: http::Response<Vec<u8>>,
) -> Result<Reply<T>, Failure> {
    let (parts, body) = response.into_parts();
    let mut head = Head::default();
    match body::read::<T>(meta.envelope, &body, &mut head).map(|data| data.or_else(absent)) {
        Ok(Some(data)) if head.code == Some(meta.envelope.success) && parts.status.is_success() => {
            Ok(Reply { data, log_id: head.log_id, status: parts.status })
        }
        Ok(_) => Err(failure::refuse(meta, &parts, body, None)),
        Err(error) => Err(failure::refuse(meta, &parts, body, Some(error))),
    }
}

/// No data is read as `null`; and, for a type that holds nothing, as an empty object as well.
fn absent<T: DeserializeOwned>() -> Option<T> {
    let empty: &[&[u8]] = if holds_nothing::<T>() { &[b"null", b"{}"] } else { &[b"null"] };
    empty.iter().find_map(|text| serde_json::from_slice(text).ok())
}
