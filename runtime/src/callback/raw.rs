//! A call by the platform as it was received, before anything was read from it.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use super::opened::Ids;
use crate::scheme::CallbackScheme;

/// A call by the platform exactly as it was received: what to store of a call that nobody could read, and what to quote
/// to the platform's support.
///
/// A signature covers the body and the headers that its scheme names, and **no other header**: use those for logs and
/// support, not to decide anything.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct RawCallback {
    /// The body, byte for byte.
    pub body: Bytes,
    /// The platform's own headers and `Content-Type`; empty if only a body was parsed.
    pub headers: HeaderMap,
    scheme: Option<&'static CallbackScheme>,
    ids: Ids,
}

impl RawCallback {
    /// Nothing is kept of a gateway's, such as a cookie or a credential of its own.
    #[cfg(feature = "callbacks")]
    pub(super) fn new(scheme: &'static CallbackScheme, headers: &HeaderMap, body: &[u8]) -> Self {
        let mut raw = Self { scheme: Some(scheme), ..Self::of_body(body) };
        for (name, value) in headers.iter().filter(|(name, _)| is_kept(scheme, name.as_str())) {
            raw.headers.append(name, value.clone());
        }
        raw
    }

    pub(super) fn of_body(body: &[u8]) -> Self {
        Self { body: Bytes::copy_from_slice(body), ..Self::default() }
    }

    /// The same, with the ids that the body has.
    pub(super) fn with_ids(self, ids: &Ids) -> Self {
        Self { ids: ids.clone(), ..self }
    }

    /// The platform's id of the call, which its support asks for: that in the body, if its envelope names one, or else that of
    /// the scheme's header.
    pub fn log_id(&self) -> Option<&str> {
        self.ids.log.as_deref().or_else(|| self.header(self.scheme?.log_id?))
    }

    /// The platform's id of the event, likewise.
    pub fn event_id(&self) -> Option<&str> {
        self.ids.event.as_deref().or_else(|| self.header(self.scheme?.event_id?))
    }

    /// The text of a header that was kept.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

#[cfg(feature = "callbacks")]
fn is_kept(scheme: &CallbackScheme, name: &str) -> bool {
    scheme.kept.iter().any(|kept| match kept.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *kept,
    })
}

/// Without the body, which [`Event`](super::Event) shows as its content, and the signature.
impl fmt::Debug for RawCallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawCallback")
            .field("log_id", &self.log_id())
            .field("event_id", &self.event_id())
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
