//! A call by the platform as it was received, before anything was read from it.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;
use http::header::HeaderName;

/// The headers of a call by the platform, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallbackHeaders;

impl CallbackHeaders {
    /// When it was signed, in seconds since 1970.
    pub const TIMESTAMP: HeaderName = HeaderName::from_static("byte-timestamp");
    /// A text that is new for each call.
    pub const NONCE: HeaderName = HeaderName::from_static("byte-nonce-str");
    /// The signature in Base64.
    pub const SIGNATURE: HeaderName = HeaderName::from_static("byte-signature");
    /// The platform's number of the call, which its support asks for.
    pub const LOG_ID: HeaderName = HeaderName::from_static("byte-logid");
    /// The platform's number of the event. Not documented; real calls carry it.
    pub const EVENT_ID: HeaderName = HeaderName::from_static("byte-eventid");
    /// The platform's environment, as `prod`. Not documented; real calls carry it.
    pub const ENVIRONMENT: HeaderName = HeaderName::from_static("byte-env");
    /// The platform's name for this kind of call, as `/msg/basic/payment/notify`.
    pub const IDENTIFY_NAME: HeaderName = HeaderName::from_static("byte-identifyname");
}

/// A call by the platform exactly as it was received: what to store of a call that nobody could read, and what to quote
/// to the platform's support.
///
/// The signature covers the body, `Byte-Timestamp` and `Byte-Nonce-Str`, and **no other header**: use those for logs
/// and support, not to decide anything.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct RawCallback {
    /// The body, byte for byte.
    pub body: Bytes,
    /// The platform's own headers (`Byte-*` and `Signature`) and `Content-Type`; empty if only a body was parsed.
    pub headers: HeaderMap,
}

impl RawCallback {
    #[cfg(feature = "callbacks")]
    pub(super) fn new(headers: &HeaderMap, body: &[u8]) -> Self {
        let mut raw = Self::of_body(body);
        for (name, value) in headers.iter().filter(|(name, _)| is_kept(name.as_str())) {
            raw.headers.append(name, value.clone());
        }
        raw
    }

    pub(super) fn of_body(body: &[u8]) -> Self {
        Self { body: Bytes::copy_from_slice(body), headers: HeaderMap::new() }
    }

    /// `Byte-Logid`: the platform's number of the call, which its support asks for.
    pub fn log_id(&self) -> Option<&str> {
        self.text(&CallbackHeaders::LOG_ID)
    }

    /// `Byte-Eventid`: the platform's number of the event.
    pub fn event_id(&self) -> Option<&str> {
        self.text(&CallbackHeaders::EVENT_ID)
    }

    /// `Byte-Env`: the platform's environment, as `prod`.
    pub fn environment(&self) -> Option<&str> {
        self.text(&CallbackHeaders::ENVIRONMENT)
    }

    /// `Byte-Identifyname`: the platform's name for this kind of call, as `/msg/basic/payment/notify`.
    pub fn identify_name(&self) -> Option<&str> {
        self.text(&CallbackHeaders::IDENTIFY_NAME)
    }

    fn text(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Nothing of a gateway's, such as a cookie or a credential of its own.
#[cfg(feature = "callbacks")]
fn is_kept(name: &str) -> bool {
    name.starts_with("byte-") || matches!(name, "signature" | "content-type")
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
