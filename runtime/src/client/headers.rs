//! Headers that each request of a client has.

use http::header::{
    CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING,
};

/// Headers for each request that has none of the same name.
#[derive(Debug, Default)]
pub(super) struct DefaultHeaders(HeaderMap);

/// Those that follow from the request itself.
const RESERVED: [HeaderName; 4] = [CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING];

impl DefaultHeaders {
    /// Of one name the last counts. `None` for what is not a header, or one that the request itself decides on.
    pub(super) fn of(given: &[(String, String)]) -> Result<Self, &str> {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            let parsed = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
            match parsed.filter(|(name, _)| !RESERVED.contains(name)) {
                Some((name, value)) => drop(headers.insert(name, value)),
                None => return Err(name),
            }
        }
        Ok(Self(headers))
    }

    pub(super) fn add_to<B>(&self, request: &mut http::Request<B>) {
        for (name, value) in &self.0 {
            request.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
    }
}
