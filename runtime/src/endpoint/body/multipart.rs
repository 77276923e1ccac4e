//! `multipart/form-data` (RFC 7578), with names written as browsers do (WHATWG).

use std::collections::BTreeSet;

use http::HeaderValue;

use super::Body;
use crate::endpoint::pairs::Pair;
use crate::endpoint::{File, Files};
use crate::error::RequestError;

/// What the name of every boundary begins with, and how many digits follow.
const MARK: &[u8] = b"part-boundary-";
const DIGITS: usize = 8;

pub(super) fn encode(pairs: Vec<Pair>, files: &Files<'_>) -> Result<Body, RequestError> {
    let fields: Vec<(String, String)> =
        pairs.into_iter().map(|pair| (pair.name, pair.items.join(","))).collect();
    let boundary = find_boundary(&fields, files);
    let mut content = Vec::new();
    for (name, value) in &fields {
        begin(&mut content, &boundary, name, "");
        end(&mut content, value.as_bytes());
    }
    for (name, file) in &files.0 {
        begin(&mut content, &boundary, name, &describe(name, file)?);
        end(&mut content, &file.content);
    }
    content.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Body::of(format!("multipart/form-data; boundary={boundary}"), content)
}

fn begin(content: &mut Vec<u8>, boundary: &str, name: &str, more: &str) {
    let name = escape(name);
    let head =
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n");
    content.extend_from_slice(head.as_bytes());
}

fn end(content: &mut Vec<u8>, value: &[u8]) {
    content.extend_from_slice(value);
    content.extend_from_slice(b"\r\n");
}

/// The rest of a file's head. A media type with a line break would be a header of its own.
fn describe(field: &'static str, file: &File) -> Result<String, RequestError> {
    let content_type = file.media_type();
    if HeaderValue::from_str(content_type).is_err() {
        return Err(RequestError::ContentType { name: field });
    }
    Ok(format!("; filename=\"{}\"\r\nContent-Type: {content_type}", escape(&file.name)))
}

fn escape(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// The first of all boundaries that is in no part. The same parts have the same one.
///
/// One look at each part, however many boundaries somebody has put there.
fn find_boundary(fields: &[(String, String)], files: &Files<'_>) -> String {
    let texts = fields.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]);
    let files = files.0.iter().flat_map(|(name, file)| {
        [name.as_bytes(), file.name.as_bytes(), file.content_type.as_bytes(), &file.content]
    });
    let taken: BTreeSet<u64> = texts.chain(files).flat_map(boundaries_in).collect();
    let free = (0..).find(|number| !taken.contains(number)).unwrap_or_default();
    format!("{}{free:0DIGITS$}", String::from_utf8_lossy(MARK))
}

/// The numbers of all boundaries in a text.
fn boundaries_in(text: &[u8]) -> impl Iterator<Item = u64> {
    let windows = text.windows(MARK.len() + DIGITS).filter(|window| window.starts_with(MARK));
    windows.filter_map(|window| std::str::from_utf8(&window[MARK.len()..]).ok()?.parse().ok())
}
