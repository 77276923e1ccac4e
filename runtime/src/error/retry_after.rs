//! When a server wants to be asked again: `Retry-After`, in seconds or as a date, or a number in the body of an error.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;
use serde::Deserialize;
use serde_json::Value;

use super::details;
use crate::meta::{Envelope, WaitUnit};

pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits that do not parse are too large a number.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    from_now(value)
}

/// What the body of an error says, if the envelope has a place for it. What is no number there, or below zero, says nothing.
pub(super) fn in_body(envelope: &Envelope, body: &[u8]) -> Option<Duration> {
    let (place, unit) = envelope.retry_after?;
    let number = match Value::deserialize(&mut details::at(place, body)?).ok()? {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    let in_seconds = match unit {
        WaitUnit::Seconds | WaitUnit::UnixSeconds => number,
        WaitUnit::Milliseconds | WaitUnit::UnixMillis => number / 1000.0,
    };
    if in_seconds.is_nan() || in_seconds < 0.0 {
        return None;
    }
    // What does not fit is longer than anyone waits.
    let time = Duration::try_from_secs_f64(in_seconds).unwrap_or(Duration::MAX);
    match unit {
        WaitUnit::Seconds | WaitUnit::Milliseconds => Some(time),
        WaitUnit::UnixSeconds | WaitUnit::UnixMillis => {
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
            Some(time.saturating_sub(now))
        }
    }
}

#[cfg(feature = "client")]
fn from_now(date: &str) -> Option<Duration> {
    let date = httpdate::parse_http_date(date).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
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
