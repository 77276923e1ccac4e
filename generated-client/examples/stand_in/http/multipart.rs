//! multipart/form-data (RFC 7578), read strictly: what is not exactly as the RFC has it is not understood.

use std::str;

use super::message::Headers;

/// One part of a form.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) filename: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) content: Vec<u8>,
}

/// The parts of a body, or what is wrong with it.
pub(crate) fn parts(headers: &Headers, body: &[u8]) -> Result<Vec<Part>, &'static str> {
    let boundary = boundary(headers.get("content-type").unwrap_or_default())?;
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter has its line break only in a body with a preamble, which no form has.
    let body = [b"\r\n", body].concat();
    let mut rest =
        body.strip_prefix(delimiter.as_bytes()).ok_or("does not begin with the boundary")?;
    let mut parts = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, delimiter.as_bytes()).ok_or("a part has no end")?;
        parts.push(parse(&part[..end])?);
        rest = &part[end + delimiter.len()..];
    }
    match rest {
        b"--" | b"--\r\n" => Ok(parts),
        _ => Err("the last boundary is not closed"),
    }
}

fn boundary(content_type: &str) -> Result<String, &'static str> {
    let (kind, parameters) = content_type.split_once(';').ok_or("no boundary")?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return Err("not multipart/form-data");
    }
    let boundary = parameter(parameters, "boundary").ok_or("no boundary")?;
    match boundary.len() {
        1..=70 => Ok(boundary),
        _ => Err("the boundary must have 1 to 70 characters"),
    }
}

fn parse(part: &[u8]) -> Result<Part, &'static str> {
    let end = find(part, b"\r\n\r\n").ok_or("a part has no head")?;
    let head = str::from_utf8(&part[..end]).map_err(|_| "a part's head is no text")?;
    let disposition = header(head, "content-disposition").ok_or("a part has no disposition")?;
    let parameters = disposition.strip_prefix("form-data;").ok_or("a part is not form-data")?;
    Ok(Part {
        name: parameter(parameters, "name").ok_or("a part has no name")?,
        filename: parameter(parameters, "filename"),
        content_type: header(head, "content-type").map(str::to_owned),
        content: part[end + 4..].to_vec(),
    })
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut headers = head.split("\r\n").filter_map(|line| line.split_once(':'));
    headers.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// A parameter's value, quoted or bare. A quoted one may hold `;` and, as browsers write it, `%22` for a quote.
fn parameter(text: &str, name: &str) -> Option<String> {
    let mut rest = text;
    loop {
        let (key, after) = rest.trim_start_matches([' ', ';']).split_once('=')?;
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_once(';').unwrap_or((after, "")),
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value.trim().replace("%22", "\""));
        }
        rest = after;
    }
}

fn find(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|window| window == sought)
}
