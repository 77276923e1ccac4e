//! The header `Content-Range` (RFC 9110, section 14.4).

use http::HeaderMap;
use http::header::CONTENT_RANGE;

/// Of `bytes 100-199/200`: which part of the file a response is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ContentRange {
    pub(super) start: u64,
    /// How many bytes.
    pub(super) length: u64,
    /// Of the whole file; `None` for `*`.
    pub(super) total: Option<u64>,
}

impl ContentRange {
    /// `None` if the header is missing, is there twice, has another unit, or contradicts itself.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let (range, total) = value(headers)?.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let (start, last) = (number(first)?, number(last)?);
        let length = last.checked_sub(start)?.checked_add(1)?;
        let total = if total == "*" { None } else { Some(number(total)?) };
        let fits = total.is_none_or(|total| last < total);
        // So that start and length add up to a number at all times.
        start.checked_add(length)?;
        fits.then_some(Self { start, length, total })
    }
}

/// Of `bytes */200`, with which a range that has nothing is refused: 200.
pub(super) fn total_of_refusal(headers: &HeaderMap) -> Option<u64> {
    number(value(headers)?.strip_prefix("*/")?)
}

/// What follows the unit, which is written in any case.
fn value(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(CONTENT_RANGE).iter();
    let (value, None) = (values.next()?.to_str().ok()?, values.next()) else { return None };
    let (unit, value) = value.trim().split_once(' ')?;
    unit.eq_ignore_ascii_case("bytes").then(|| value.trim())
}

/// Digits only: `+5` is a number to a parser, and no position.
fn number(text: &str) -> Option<u64> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_digits)
}
