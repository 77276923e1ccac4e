//! The files of bills: made as they are read, whole or in parts.

use std::convert::Infallible;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};

use crate::envelope::text;

/// How much is made at once.
const PIECE: u64 = 64 * 1024;

/// The only head of a bill that is known, of the payments of 2021.
const HEAD: &str =
    "序号,支付时间,商户号,openid,订单号,平台订单号,渠道订单号,订单金额,支付方式,支付状态\n";

/// A file that is made as it is read: a head, and rows of one length after it, up to its size.
#[derive(Clone)]
pub(crate) struct Bill {
    pub(crate) name: String,
    pub(crate) edition: u64,
    pub(crate) size: u64,
}

impl Bill {
    /// All of it.
    pub(crate) fn content(&self) -> Vec<u8> {
        self.bytes(0, usize::try_from(self.size).unwrap_or(0))
    }

    fn tag(&self) -> String {
        format!("\"{}-{}-{}\"", self.name, self.edition, self.size)
    }

    fn row(&self, number: u64) -> String {
        let edition = self.edition;
        format!(
            "{number:012},2026-06-01 12:00:00,M70372492301718182840,an-openid,order-{number:012},motb{number:012},4200{number:012},0000000100,{edition:04},SUCCESS\n"
        )
    }

    fn bytes(&self, at: u64, length: usize) -> Vec<u8> {
        let head = HEAD.len() as u64;
        let row = self.row(0).len() as u64;
        let (mut number, skip) = match at.checked_sub(head) {
            Some(past) => (past / row, past % row),
            None => (0, at),
        };
        let mut text = if at < head { HEAD.to_owned() } else { String::new() };
        let skip = usize::try_from(skip).unwrap_or(0);
        while text.len() < skip + length {
            text.push_str(&self.row(number));
            number += 1;
        }
        text.into_bytes()[skip..skip + length].to_vec()
    }
}

/// What a `GET` or `HEAD` of a bill is answered with; only a `GET` may ask for a part.
pub(crate) fn respond(bill: Bill, headers: &HeaderMap, may_be_part: bool) -> Response {
    let header = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let (tag, size) = (bill.tag(), bill.size);
    let is_same = header(IF_RANGE).is_none_or(|wanted| wanted == tag);
    let wanted = header(RANGE).filter(|_| is_same && may_be_part);
    match wanted.and_then(|wanted| range(wanted, size)) {
        None => part(bill, StatusCode::OK, 0..size),
        Some(range) if range.is_empty() => {
            let place = [(CONTENT_RANGE, format!("bytes */{size}"))];
            (place, text(416, "there is no such range")).into_response()
        }
        Some(range) => {
            let place = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            let part = part(bill, StatusCode::PARTIAL_CONTENT, range);
            ([(CONTENT_RANGE, place)], part).into_response()
        }
    }
}

fn part(bill: Bill, status: StatusCode, range: Range<u64>) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (ETAG, bill.tag()),
        (ACCEPT_RANGES, "bytes".to_owned()),
    ];
    (status, headers, Body::new(Pieces { bill, left: range })).into_response()
}

/// One range of bytes; empty if the file has none of it. Nothing if it is not understood, which means the whole file.
fn range(text: &str, size: u64) -> Option<Range<u64>> {
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    if first.is_empty() {
        let length: u64 = last.parse().ok()?;
        return Some(size.saturating_sub(length)..size);
    }
    let first: u64 = first.parse().ok()?;
    let last = if last.is_empty() { u64::MAX } else { last.parse().ok()? };
    (first <= last).then(|| first.min(size)..last.saturating_add(1).min(size))
}

/// A part of a bill that is still to be sent.
struct Pieces {
    bill: Bill,
    left: Range<u64>,
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let Self { bill, left } = self.get_mut();
        let length = (left.end - left.start).min(PIECE);
        if length == 0 {
            return Poll::Ready(None);
        }
        let piece = bill.bytes(left.start, usize::try_from(length).unwrap_or(0));
        left.start += length;
        Poll::Ready(Some(Ok(Frame::data(piece.into()))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left.end - self.left.start)
    }
}
