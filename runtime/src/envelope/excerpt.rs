//! What a person needs to see of a body that the platform did not write, without what it must not show.

use http::StatusCode;
use serde_json::Value;

use crate::error::{SHOWN, Secrets};

/// A body larger than this is not searched for a reason, in bytes.
const SEARCHED: usize = 64 * 1024;

/// The members by which servers and gateways say what is wrong, the first that holds text counts.
const REASONS: [&str; 9] = [
    "message",
    "msg",
    "error_description",
    "detail",
    "error",
    "err_msg",
    "errmsg",
    "description",
    "title",
];

/// The start of a page of a proxy. Of JSON, which may hold a secret, the reason if the status says failure; else its
/// length only.
pub(super) fn excerpt(body: &[u8], status: StatusCode, secrets: Secrets<'_>) -> String {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if text.starts_with(['{', '[', '"']) {
        let reason = Some(text).filter(|text| !status.is_success() && text.len() <= SEARCHED);
        return match reason.and_then(reason_in) {
            Some(reason) => format!("`{}`", secrets.mask(&reason, SHOWN)),
            None => format!("{} bytes, kept in `body`", body.len()),
        };
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = secrets.mask(&line, PAGE);
    match body.len() {
        length if length > PAGE => format!("`{shown}` (the first of {length} bytes)"),
        _ => format!("`{shown}`"),
    }
}

/// How much of a page is shown, in bytes.
const PAGE: usize = 200;

fn reason_in(json: &str) -> Option<String> {
    let Value::Object(members) = serde_json::from_str(json).ok()? else { return None };
    let texts = REASONS.iter().filter_map(|name| members.get(*name)?.as_str());
    texts.map(str::trim).find(|text| !text.is_empty()).map(str::to_owned)
}
