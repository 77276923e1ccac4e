//! What tells one version of a file from another (RFC 9110, section 8.8).

use std::time::{Duration, SystemTime};

use http::header::{DATE, ETAG, HeaderName, LAST_MODIFIED};
use http::{HeaderMap, HeaderValue};

/// A **strong** validator: as long as it is the same, so is every byte of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Validator {
    Tag(HeaderValue),
    Date(HeaderValue),
}

/// So much older than the response a file must be: it may change twice in the second that `Last-Modified` names, and two
/// clocks of the server may differ by a little.
const OLD: Duration = Duration::from_secs(60);

impl Validator {
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        match headers.get(ETAG) {
            // A file that has a tag is not asked for by its date, even if the tag is weak.
            Some(tag) => is_strong(tag).then(|| Self::Tag(tag.clone())),
            None => date(headers, LAST_MODIFIED)
                .filter(|(_, modified)| is_old(headers, *modified))
                .map(|(value, _)| Self::Date(value.clone())),
        }
    }

    /// The value of `If-Range`.
    pub(super) fn if_range(&self) -> &HeaderValue {
        match self {
            Self::Tag(value) | Self::Date(value) => value,
        }
    }

    /// Whether a part that was sent because of this validator is of the same version. `None` if it does not say, though
    /// it should.
    pub(super) fn is_that_of(&self, part: &HeaderMap) -> Option<bool> {
        match self {
            Self::Tag(tag) => part.get(ETAG).map(|other| tag == other),
            // A part need not repeat the date that it was asked for by.
            Self::Date(date) => Some(part.get(LAST_MODIFIED).is_none_or(|other| date == other)),
        }
    }
}

fn is_strong(tag: &HeaderValue) -> bool {
    let tag = tag.as_bytes();
    tag.len() >= 2 && tag.starts_with(b"\"") && tag.ends_with(b"\"")
}

/// A response without `Date` is of the time at which it arrives.
fn is_old(headers: &HeaderMap, modified: SystemTime) -> bool {
    let sent = date(headers, DATE).map_or_else(SystemTime::now, |(_, sent)| sent);
    sent.duration_since(modified).is_ok_and(|age| age >= OLD)
}

fn date(headers: &HeaderMap, name: HeaderName) -> Option<(&HeaderValue, SystemTime)> {
    let value = headers.get(name)?;
    Some((value, httpdate::parse_http_date(value.to_str().ok()?).ok()?))
}
