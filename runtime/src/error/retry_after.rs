//! When a server wants to be asked again: `Retry-After`, in seconds or as a date.

use std::fmt;
use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;

pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits that do not parse are too large a number.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    from_now(value)
}

#[cfg(feature = "client")]
fn from_now(date: &str) -> Option<Duration> {
    let date = httpdate::parse_http_date(date).ok()?;
    Some(date.duration_since(std::time::SystemTime::now()).unwrap_or_default())
}

/// Only the client, which waits, reads dates.
#[cfg(not(feature = "client"))]
fn from_now(_: &str) -> Option<Duration> {
    None
}

/// A time as people say it: `2 h`, `90 min`, `45 s`.
pub(super) struct Spoken(pub(super) Duration);

impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_secs() {
            seconds if seconds >= 3600 && seconds.is_multiple_of(3600) => {
                write!(f, "{} h", seconds / 3600)
            }
            seconds if seconds >= 60 && seconds.is_multiple_of(60) => {
                write!(f, "{} min", seconds / 60)
            }
            seconds => write!(f, "{seconds} s"),
        }
    }
}
