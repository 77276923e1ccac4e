//! What is signed.

use http::HeaderMap;
use serde_json::{Map, Value};

/// A message to sign or to check: what of it a scheme may ask for. What a scheme asks for and the message lacks counts as
/// empty.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Message<'a> {
    /// The method, as `POST`.
    pub method: &'a str,
    /// The path and the query as they are sent.
    pub target: &'a str,
    /// The headers of a message that was received.
    pub headers: Option<&'a HeaderMap>,
    /// The body, byte for byte.
    pub body: &'a [u8],
    /// The fields of the body, if it is not to be read for them.
    pub fields: Option<&'a Map<String, Value>>,
}

impl<'a> Message<'a> {
    /// A message of which only the body is signed.
    pub fn body(body: &'a [u8]) -> Self {
        Self { body, ..Self::default() }
    }

    /// A request. `target` is the path and the query as they are sent, without scheme and host.
    pub fn request(method: &'a str, target: &'a str, body: &'a [u8]) -> Self {
        Self { method, target, body, ..Self::default() }
    }

    /// A callback or a response, as it was received.
    pub fn received(headers: &'a HeaderMap, body: &'a [u8]) -> Self {
        Self { headers: Some(headers), body, ..Self::default() }
    }

    /// A message of which only fields are signed.
    pub fn fields(fields: &'a Map<String, Value>) -> Self {
        Self { fields: Some(fields), ..Self::default() }
    }
}
