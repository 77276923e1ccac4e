//! What a person needs to see of a body that the platform did not write, without what it must not show.

use http::StatusCode;
use serde_json::Value;

use crate::error::{SHOWN, Secrets};
use crate::fault::without_bom;

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

/// The start of a page of a proxy, up to any JSON in it. Of JSON, which may hold a secret, the reason if the status says
/// failure; else its length only, as of what is in UTF-16 or packed.
pub(super) fn excerpt(body: &[u8], status: StatusCode, secrets: Secrets<'_>) -> String {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if text.starts_with(['{', '[', '"']) || text.contains('\0') {
        let reason = Some(text).filter(|text| !status.is_success() && text.len() <= SEARCHED);
        return match reason.and_then(reason_in) {
            Some(reason) => format!("`{}`", secrets.mask(&reason, SHOWN)),
            None => format!("a body of {} bytes, kept in `body`", body.len()),
        };
    }
    let page = before_json(text);
    let shown = secrets.mask(&on_one_line(page), PAGE);
    match body.len() {
        length if length > PAGE || page.len() < text.len() => {
            format!("`{shown}` (the first of {length} bytes)")
        }
        _ => format!("`{shown}`"),
    }
}

/// A text that is the body, up to any JSON in it; nothing of what is JSON from its start, or no text.
pub(super) fn page(body: &[u8], secrets: Secrets<'_>, longest: usize) -> Option<String> {
    let text = str::from_utf8(without_bom(body)).ok()?.trim_start();
    let is_page = !text.starts_with(['{', '[', '"']) && !text.contains('\0');
    is_page.then(|| secrets.mask(&on_one_line(before_json(text)), longest))
}

fn on_one_line(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A script writes its warnings, or a guard against other scripts, before the JSON that it answers with.
fn before_json(page: &str) -> &str {
    let is_json = |start: &usize| page[start + 1..].trim_ascii_start().starts_with(['"', '\'']);
    let start = page.match_indices(['{', '[']).map(|(start, _)| start).find(is_json);
    &page[..start.unwrap_or(page.len())]
}

/// How much of a page is shown, in bytes.
const PAGE: usize = 200;

fn reason_in(json: &str) -> Option<String> {
    let Value::Object(members) = serde_json::from_str(json).ok()? else { return None };
    let texts = REASONS.iter().filter_map(|name| members.get(*name)?.as_str());
    texts.map(str::trim).find(|text| !text.is_empty()).map(str::to_owned)
}
