//! Addresses of next pages, as the header `Link` (RFC 8288) or a field gives them, and where such a page may be.

use http::header::LINK;
use http::{HeaderMap, Uri};
use reqwest::Url;

use crate::error::PagingFault;

/// The address of the next page; nothing if there is none. `from` is that of the page, on whose server it must be.
pub(super) fn next(headers: &HeaderMap, from: &Uri) -> Result<Option<Uri>, PagingFault> {
    for value in headers.get_all(LINK) {
        let text = value.to_str().map_err(|_| PagingFault::Link)?;
        if let Some(target) = find_next(text)? {
            return resolve(target, from).map(Some);
        }
    }
    Ok(None)
}

/// An address that was kept, or that a page gave, if it is one of that server.
pub(super) fn resolve(target: &str, from: &Uri) -> Result<Uri, PagingFault> {
    let from = Url::parse(&from.to_string()).map_err(|_| PagingFault::Link)?;
    let mut url = from.join(target).map_err(|_| PagingFault::Link)?;
    let has_user = !url.username().is_empty() || url.password().is_some();
    if url.origin() != from.origin() || has_user {
        return Err(PagingFault::Elsewhere);
    }
    url.set_fragment(None);
    url.as_str().parse().map_err(|_| PagingFault::Link)
}

/// The target of the first link that has the relation `next` to the page itself.
fn find_next(mut text: &str) -> Result<Option<&str>, PagingFault> {
    loop {
        text = text.trim_start_matches([' ', '\t', ',']);
        if text.is_empty() {
            return Ok(None);
        }
        let target = text.strip_prefix('<').ok_or(PagingFault::Link)?;
        let (target, rest) = target.split_once('>').ok_or(PagingFault::Link)?;
        let (parameters, rest) = parameters(rest)?;
        if parameters.is_next() {
            return Ok(Some(target));
        }
        text = rest;
    }
}

/// What is said of a link.
#[derive(Default)]
struct Parameters {
    rel: Option<String>,
    has_anchor: bool,
}

impl Parameters {
    /// Of several relations one may be this. A link with an anchor is about something else.
    fn is_next(&self) -> bool {
        let relations = self.rel.iter().flat_map(|rel| rel.split_ascii_whitespace());
        !self.has_anchor && relations.into_iter().any(|rel| rel.eq_ignore_ascii_case("next"))
    }
}

/// The parameters behind a target, and what follows the link.
fn parameters(mut text: &str) -> Result<(Parameters, &str), PagingFault> {
    let mut read = Parameters::default();
    loop {
        text = text.trim_start_matches([' ', '\t']);
        if text.is_empty() || text.starts_with(',') {
            return Ok((read, text));
        }
        text = text.strip_prefix(';').ok_or(PagingFault::Link)?.trim_start_matches([' ', '\t']);
        let end = text.find(['=', ';', ',', ' ', '\t']).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let rest = rest.trim_start_matches([' ', '\t']);
        let (value, rest) = match rest.strip_prefix('=') {
            Some(rest) => value(rest.trim_start_matches([' ', '\t']))?,
            None => (String::new(), rest),
        };
        match name.to_ascii_lowercase().as_str() {
            // Of several, the first counts.
            "rel" => drop(read.rel.get_or_insert(value)),
            "anchor" => read.has_anchor = true,
            _ => {}
        }
        text = rest;
    }
}

/// A token or a quoted string, and what follows it.
fn value(text: &str) -> Result<(String, &str), PagingFault> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',', ' ', '\t']).unwrap_or(text.len());
        let (token, rest) = text.split_at(end);
        return Ok((token.to_owned(), rest));
    };
    let (mut value, mut chars) = (String::new(), quoted.char_indices());
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return Ok((value, &quoted[at.saturating_add(1)..])),
            '\\' => value.extend(chars.next().map(|(_, char)| char)),
            char => value.push(char),
        }
    }
    Err(PagingFault::Link)
}
