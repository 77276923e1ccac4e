//! Fields that go into the path or the query of a URL, percent-encoded by RFC 3986, or into a header.

use std::borrow::Cow;

use http::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use super::pairs::{self, Pair, Pairs};
use crate::error::RequestError;
use crate::json::{self, Decoder};
use crate::meta::{EndpointMeta, Lists, Objects, Spelling};
use crate::secret::Secret;

pub(super) type Header = (HeaderName, HeaderValue);

/// Collects the path, the query and the headers of a request. Derived code fills it.
#[derive(Debug)]
pub struct Parameters {
    meta: &'static EndpointMeta,
    path: Cow<'static, str>,
    /// The URL that the platform gave, and the field that has it.
    url: Option<(&'static str, String)>,
    query: String,
    headers: Vec<Header>,
    secrets: Vec<Secret<String>>,
    fault: Option<RequestError>,
}

/// All of a request but its body.
pub(super) struct Head {
    /// Path and query; the query alone if there is a URL.
    pub(super) target: Cow<'static, str>,
    /// The URL that the platform gave, and the field that has it.
    pub(super) url: Option<(&'static str, String)>,
    pub(super) headers: Vec<Header>,
    /// Those in the fields.
    pub(super) secrets: Vec<Secret<String>>,
}

impl Parameters {
    pub(crate) fn new(meta: &'static EndpointMeta) -> Self {
        let path = meta.path.into();
        let (query, headers, secrets) = (String::new(), Vec::new(), Vec::new());
        Self { meta, path, url: None, query, headers, secrets, fault: None }
    }

    /// Puts a field in place of `{name}` in the path, or of the whole URL where the platform gives it.
    pub fn path(&mut self, name: &'static str, value: &impl Serialize) {
        let json = self.json(value);
        let text = pairs::text(&mut Decoder::of(&json)).unwrap_or_default();
        match self.meta.url_hosts {
            [] => self.fill(name, &text),
            _ => self.url = Some((name, text)),
        }
    }

    /// Adds a field to the query, its lists and objects spelled as the endpoint says; an absent field not at all.
    pub fn query(&mut self, name: &'static str, value: &impl Serialize) {
        let json = self.json(value);
        if let Err(fault) = self.add(name, &json) {
            self.fault.get_or_insert(fault);
        }
    }

    /// Adds a header, a list with commas between its items; an absent field not at all. One that is made of a secret is
    /// marked as sensitive, so that `Debug` does not show it.
    pub fn header(&mut self, name: &'static str, value: &impl Serialize) {
        let secrets = self.secrets.len();
        let json = self.json(value);
        let is_secret = self.secrets.len() > secrets;
        match header(name, &json) {
            Ok(found) => self.headers.extend(found.map(|(name, mut value)| {
                value.set_sensitive(is_secret);
                (name, value)
            })),
            Err(fault) => drop(self.fault.get_or_insert(fault)),
        }
    }

    fn add(&mut self, name: &'static str, json: &str) -> Result<(), RequestError> {
        let (mut pairs, spelling) = (Pairs::default(), self.meta.spelling_of(name));
        let read = pairs.value(name.to_owned(), spelling, &mut Decoder::of(json));
        read.map_err(|error| RequestError::Body(error.into()))?;
        pairs.finish()?.iter().for_each(|pair| append(&mut self.query, pair));
        Ok(())
    }

    /// What has been made, or what is wrong with the first field that cannot go where it should.
    pub(super) fn finish(self) -> Result<Head, RequestError> {
        let Self { path, url, query, headers, secrets, fault, .. } = self;
        let target = match query.as_str() {
            query if url.is_some() => query.to_owned().into(),
            "" => path,
            query => (path.into_owned() + "?" + query).into(),
        };
        fault.map_or(Ok(Head { target, url, headers, secrets }), Err)
    }

    fn json(&mut self, value: &impl Serialize) -> String {
        let mut json = String::new();
        // A value that JSON cannot hold, as a map with keys that are no strings, is as good as none.
        match json::write_with_secrets(&mut json, value, &mut self.secrets) {
            Ok(()) => json,
            Err(_) => "null".to_owned(),
        }
    }

    /// A URL takes `.` and `..` for steps, encoded or not, and an empty segment for another path.
    fn fill(&mut self, name: &'static str, text: &str) {
        if matches!(text, "" | "." | "..") {
            self.fault.get_or_insert(RequestError::PathField { name });
            return;
        }
        let mut segment = String::new();
        encode(text, &mut segment);
        self.path = self.path.replacen(&format!("{{{name}}}"), &segment, 1).into();
    }
}

/// The name of a header; not copied, as most need not be.
pub(super) fn header_name(name: &'static str) -> Result<HeaderName, RequestError> {
    let is_plain = |byte: u8| byte == b'-' || byte.is_ascii_lowercase();
    match (1..=64).contains(&name.len()) && name.bytes().all(is_plain) {
        true => Ok(HeaderName::from_static(name)),
        false => HeaderName::try_from(name).map_err(|error| RequestError::Http(error.into())),
    }
}

/// The header of a field's JSON, unless that is absent.
fn header(name: &'static str, json: &str) -> Result<Option<Header>, RequestError> {
    let (mut pairs, spelling) = (Pairs::default(), Spelling::new(Lists::Commas, Objects::Json));
    let read = pairs.value(name.to_owned(), spelling, &mut Decoder::of(json));
    read.map_err(|error| RequestError::Body(error.into()))?;
    let Some(pair) = pairs.finish()?.pop() else { return Ok(None) };
    let text = pair.items.join(", ");
    // Servers read what is not ASCII in different ways.
    let value = HeaderValue::from_str(&text).ok().filter(|_| text.is_ascii());
    let value = value.ok_or(RequestError::HeaderField { name })?;
    let name = header_name(name)?;
    Ok(Some((name, value)))
}

/// Adds a pair to a query or a form.
pub(super) fn append(out: &mut String, pair: &Pair) {
    append_items(out, &pair.name, pair.items.iter().map(String::as_str));
}

/// Adds a name and what it is: one text, or several with commas between them.
pub(super) fn append_items<'a>(
    out: &mut String,
    name: &str,
    items: impl IntoIterator<Item = &'a str>,
) {
    if !out.is_empty() {
        out.push('&');
    }
    encode(name, out);
    for (place, item) in items.into_iter().enumerate() {
        out.push(if place == 0 { '=' } else { ',' });
        encode(item, out);
    }
}

/// A value that JSON cannot hold, as a map with keys that are no text, is as good as none.
pub(super) fn to_value(value: &impl Serialize) -> Value {
    let json = json::to_string(value).unwrap_or_default();
    serde_json::from_str(&json).unwrap_or_default()
}

/// Leaves the unreserved characters of RFC 3986 as they are.
fn encode(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}
