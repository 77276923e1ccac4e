//! Bills: addresses that work for a while, and the files behind them.

use std::ops::Range;
use std::sync::Arc;

use aws_lc_rs::hmac;
use serde_json::json;

use super::answer::{Answer, Refusal, refuse_parameter};
use super::fields::Fields;
use super::handle::StandIn;
use super::http::{Body, Head, Pieces, Response};
use super::state::State;

/// What the paths of all files begin with.
pub(super) const FILES: &str = "/wsos_v2/wallet_open_bill_v3_file/object/";

impl StandIn {
    /// Bills have other content from now on, and another `ETag`.
    pub(crate) fn renew_bills(&self) {
        self.platform.with(|state| state.bills.edition += 1);
    }

    /// The content of the bill at a URL, as a whole download gives it.
    pub(crate) fn bill_content(&self, url: &str) -> Vec<u8> {
        let path = url.strip_prefix(&self.url).unwrap_or(url);
        let name = path.split('?').next().unwrap_or_default().trim_start_matches(FILES);
        let bill = self.platform.with(|state| Bill::named(state, name));
        bill.bytes(0, usize::try_from(bill.size).unwrap_or(0))
    }
}

#[derive(Default)]
pub(super) struct Bills {
    edition: u64,
}

/// `/api/apps/v3/bills/`
pub(super) fn trade(state: &mut State, request: Fields<'_>) -> Answer {
    check(state, request, &["bill_type"])?;
    let name = format!("{}-{}", request.text("bill_type", 64)?, request.text("bill_date", 8)?);
    Ok(json!({ "bill_list": [address(state, &name)] }))
}

/// `/api/apps/v3/fund/bills/`
pub(super) fn fund(state: &mut State, request: Fields<'_>) -> Answer {
    check(state, request, &["account_type", "payment_type", "trade_type"])?;
    let name =
        format!("fund-{}-{}", request.text("trade_type", 64)?, request.text("bill_date", 8)?);
    Ok(json!({ "fund_bill_list": [address(state, &name)] }))
}

/// The documents disagree on days or months, and say that a diamond order's bill has no merchant.
fn check(state: &State, request: Fields<'_>, more: &[&str]) -> Result<(), Refusal> {
    if request.text("app_id", 64)? != state.settings.app_id {
        return refuse_parameter("app_id");
    }
    request.optional_text("merchant_id", 128)?;
    for name in more {
        let text = request.text(name, 64)?;
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return refuse_parameter(*name);
        }
    }
    let date = request.text("bill_date", 8)?;
    if !matches!(date.len(), 6 | 8) || !date.bytes().all(|byte| byte.is_ascii_digit()) {
        return refuse_parameter("bill_date must be yyyyMM or yyyyMMdd");
    }
    Ok(())
}

fn address(state: &State, name: &str) -> String {
    let now = state.clock.now();
    let expire = now.saturating_add(state.settings.bill_life.as_secs());
    let sign = sign(state, name, &expire.to_string());
    let query = format!("expire={expire}&skipCookie=true&timeStamp={now}&sign={sign}");
    format!("{}{FILES}{name}?{query}", state.url)
}

fn sign(state: &State, name: &str, expire: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, state.settings.client_secret.as_bytes());
    hex(hmac::sign(&key, format!("{name}\n{expire}").as_bytes()).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The file at such an address, whole or in part.
pub(super) fn file(state: &mut State, head: &Head) -> Response {
    if !matches!(head.method(), "GET" | "HEAD") {
        return Response::text(405, "GET is the method").with("allow", "GET, HEAD");
    }
    let name = head.path().trim_start_matches(FILES);
    let parameter = |name| {
        let mut pairs = head.query().split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    };
    let expire = parameter("expire");
    let is_alive = expire.parse::<u64>().is_ok_and(|expire| state.clock.now() < expire);
    if !is_alive || parameter("sign") != sign(state, name, expire) {
        return Response::text(403, "the address is expired or not the platform's");
    }
    part(Bill::named(state, name), head)
}

fn part(bill: Bill, head: &Head) -> Response {
    let (tag, size) = (bill.tag(), bill.size);
    let answer = |status, range| {
        let body = Body::Made(Arc::new(bill), range);
        let response = Response::made(status, "text/csv; charset=utf-8", body);
        response.with("etag", &tag).with("accept-ranges", "bytes")
    };
    let is_same = head.headers.get("if-range").is_none_or(|wanted| wanted == tag);
    let wanted = head.headers.get("range").filter(|_| is_same && head.method() == "GET");
    match wanted.and_then(|wanted| range(wanted, size)) {
        None => answer(200, 0..size),
        Some(range) if range.is_empty() => Response::text(416, "there is no such range")
            .with("content-range", &format!("bytes */{size}")),
        Some(range) => {
            let place = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            answer(206, range).with("content-range", &place)
        }
    }
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

/// A file that is made as it is read: a head, and rows of one length after it, up to its size.
struct Bill {
    name: String,
    edition: u64,
    size: u64,
}

/// The only head of a bill that is known, of the payments of 2021.
const HEAD: &str =
    "序号,支付时间,商户号,openid,订单号,平台订单号,渠道订单号,订单金额,支付方式,支付状态\n";

impl Bill {
    fn named(state: &State, name: &str) -> Self {
        Self { name: name.to_owned(), edition: state.bills.edition, size: state.settings.bill_size }
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

impl Pieces for Bill {
    fn piece(&self, at: u64, max: usize) -> Vec<u8> {
        let left = usize::try_from(self.size.saturating_sub(at)).unwrap_or(usize::MAX);
        self.bytes(at, left.min(max))
    }
}
