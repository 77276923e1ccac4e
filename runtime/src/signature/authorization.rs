//! A signature and what it was made with, as the platform reads it.

use std::fmt;

use http::header::{HeaderName, HeaderValue};

use crate::time::UnixSeconds;

/// The header of a signed request, `Byte-Authorization`.
pub const BYTE_AUTHORIZATION: HeaderName = HeaderName::from_static("byte-authorization");

/// What shows the platform who signed a request. `Display` is [`Authorization::quoted`].
///
/// The documents show it in two forms. That with quotes is on the overview page and in the examples of the HTTP APIs;
/// that without is on the page of `tt.requestOrder`, whose option `byteAuthorization` takes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    pub(super) app_id: String,
    pub(super) nonce: String,
    pub(super) timestamp: UnixSeconds,
    pub(super) key_version: String,
    pub(super) signature: String,
}

impl Authorization {
    /// As `SHA256-RSA2048 appid="tt..",nonce_str="..",timestamp="1623934869",key_version="1",signature=".."`.
    pub fn quoted(&self) -> impl fmt::Display {
        Form { authorization: self, quote: "\"" }
    }

    /// As `SHA256-RSA2048 appid=tt..,nonce_str=..,timestamp=1623934869,key_version=1,signature=..`.
    pub fn bare(&self) -> impl fmt::Display {
        Form { authorization: self, quote: "" }
    }

    /// The header's value, with quotes, marked as sensitive so that `Debug` of the request does not show it. Its name
    /// is [`BYTE_AUTHORIZATION`].
    pub fn to_header_value(&self) -> HeaderValue {
        let mut value = HeaderValue::try_from(self.to_string())
            .expect("names, digits and Base64 can stand in a header");
        value.set_sensitive(true);
        value
    }

    /// The signature alone, in Base64.
    pub fn signature(&self) -> &str {
        &self.signature
    }
}

impl fmt::Display for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.quoted().fmt(f)
    }
}

/// Whoever has the signature can send the request, so it is not shown.
impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("app_id", &self.app_id)
            .field("timestamp", &self.timestamp)
            .field("key_version", &self.key_version)
            .finish_non_exhaustive()
    }
}

struct Form<'a> {
    authorization: &'a Authorization,
    quote: &'static str,
}

impl fmt::Display for Form<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Authorization { app_id, nonce, timestamp, key_version, signature } = self.authorization;
        let (q, timestamp) = (self.quote, timestamp.0);
        write!(f, "SHA256-RSA2048 appid={q}{app_id}{q},nonce_str={q}{nonce}{q},")?;
        write!(f, "timestamp={q}{timestamp}{q},key_version={q}{key_version}{q},")?;
        write!(f, "signature={q}{signature}{q}")
    }
}
