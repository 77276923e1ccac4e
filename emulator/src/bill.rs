//! Bills: addresses that work for a while. What is behind them is in `bill_file`.

use aws_lc_rs::hmac;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::json;

use crate::bill_file::{self, Bill};
use crate::context::Context;
use crate::envelope::{Outcome, Refusal, refuse_parameter, text};
use crate::fields::Fields;

/// What the paths of all files begin with.
pub(crate) const FILES: &str = "/wsos_v2/wallet_open_bill_v3_file/object/";

#[derive(Default)]
pub(crate) struct Bills {
    edition: u64,
}

impl Bills {
    /// Other content from now on, and another `ETag`.
    pub(crate) fn renew(&mut self) {
        self.edition += 1;
    }

    /// The bill at such an address, of which the path is enough.
    pub(crate) fn at(&self, context: &Context, path: &str) -> Bill {
        let name = path.trim_start_matches(FILES).to_owned();
        Bill { name, edition: self.edition, size: context.settings.bill_size }
    }

    /// The file at such an address, whole or in part.
    pub(crate) fn file(&self, context: &Context, head: &Parts) -> Response {
        let bill = self.at(context, head.uri.path());
        let query = head.uri.query().unwrap_or_default().as_bytes();
        let parameter = |name: &str| {
            let mut pairs = form_urlencoded::parse(query);
            pairs.find(|(key, _)| key == name).map(|(_, value)| value).unwrap_or_default()
        };
        let expire = parameter("expire");
        let is_alive = expire.parse::<u64>().is_ok_and(|expire| context.clock.now() < expire);
        if !is_alive || parameter("sign") != sign(context, &bill.name, &expire) {
            return text(403, "the address is expired or not the platform's");
        }
        bill_file::respond(bill, &head.headers, head.method == Method::GET)
    }
}

/// `/api/apps/v3/bills/`
pub(crate) fn trade(context: &Context, request: Fields<'_>) -> Outcome {
    check(context, request, &["bill_type"])?;
    let name = format!("{}-{}", request.text("bill_type", 64)?, request.text("bill_date", 8)?);
    Ok(json!({ "bill_list": [address(context, &name)] }))
}

/// `/api/apps/v3/fund/bills/`
pub(crate) fn fund(context: &Context, request: Fields<'_>) -> Outcome {
    check(context, request, &["account_type", "payment_type", "trade_type"])?;
    let name =
        format!("fund-{}-{}", request.text("trade_type", 64)?, request.text("bill_date", 8)?);
    Ok(json!({ "fund_bill_list": [address(context, &name)] }))
}

/// The documents disagree on days or months, and say that a diamond order's bill has no merchant.
fn check(context: &Context, request: Fields<'_>, more: &[&str]) -> Result<(), Refusal> {
    if request.text("app_id", 64)? != context.settings.app_id {
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

fn address(context: &Context, name: &str) -> String {
    let now = context.clock.now();
    let expire = now.saturating_add(context.settings.bill_life.as_secs());
    let sign = sign(context, name, &expire.to_string());
    let query = format!("expire={expire}&skipCookie=true&timeStamp={now}&sign={sign}");
    format!("{}{FILES}{name}?{query}", context.url)
}

fn sign(context: &Context, name: &str, expire: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, context.settings.client_secret.as_bytes());
    hex(hmac::sign(&key, format!("{name}\n{expire}").as_bytes()).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
