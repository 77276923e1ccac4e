//! A request as it is stored: made of one, written as JSON, read again, and made ready to be sent.

use std::borrow::Cow;
use std::fmt;

use aws_lc_rs::digest;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::body::Body;
use super::parameters::{Head, Header};
use super::request::{body, http_method};
use super::{AnyRequest, BaseUrl, Draft, Parameters, RateKey};
use crate::error::{NAME, OneLine, RequestError};
use crate::meta::{EndpointMeta, RateLimit};

/// The version of the stored form that this release writes, and the only one that it reads.
const VERSION: u64 = 1;

/// All of a request but its token and the server's address.
#[derive(Clone)]
pub(crate) struct Stored {
    meta: &'static EndpointMeta,
    /// Path and query.
    target: Cow<'static, str>,
    headers: Vec<Header>,
    content_type: Option<HeaderValue>,
    body: Bytes,
    idempotency_key: Option<String>,
    /// What each limit counts apart, by the names of the fields that it counts by.
    rate_keys: Vec<(String, String)>,
}

impl Stored {
    pub(crate) fn of(request: &dyn AnyRequest) -> Result<Self, RequestError> {
        let meta = request.meta();
        let mut parameters = Parameters::new(meta);
        request.parameters(&mut parameters);
        let Head { target, url, headers, mut secrets } = parameters.finish()?;
        if let Some((name, _)) = url {
            return Err(RequestError::PreparedUrl { name });
        }
        let Body { content_type, content } = match meta.has_body() {
            true => body(request, &mut secrets)?,
            false => Body { content_type: None, content: Vec::new() },
        };
        if !secrets.is_empty() {
            return Err(RequestError::PreparedSecret);
        }
        let limits = meta.rate_limits.iter().filter(|limit| !limit.by.is_empty());
        Ok(Self {
            meta,
            target,
            headers,
            content_type,
            body: content.into(),
            idempotency_key: request.idempotency_key().map(Cow::into_owned),
            rate_keys: limits.map(|limit| (fields(limit), request.rate_key(limit).0)).collect(),
        })
    }

    pub(crate) fn meta(&self) -> &'static EndpointMeta {
        self.meta
    }

    pub(crate) fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }

    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    /// A limit that was not known when the request was stored counts all such requests together.
    pub(crate) fn rate_key(&self, limit: &RateLimit) -> RateKey {
        let name = fields(limit);
        let found = self.rate_keys.iter().find(|(fields, _)| *fields == name);
        found.map_or_else(RateKey::new, |(_, key)| RateKey(key.clone()))
    }

    /// The request for a server.
    pub(crate) fn draft(&self, base_url: &BaseUrl) -> Result<Draft, RequestError> {
        Ok(Draft {
            method: http_method(self.meta.method),
            uri: base_url.join(self.target.clone()).map_err(RequestError::Http)?,
            content_type: self.content_type.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
        })
    }

    /// Reads what `serialize` wrote, if it is of this endpoint and as it was.
    pub(crate) fn read(
        stored: Map<String, Value>,
        meta: &'static EndpointMeta,
    ) -> Result<Self, Fault> {
        let mut members = Members(stored);
        match members.0.remove("version") {
            Some(Value::Number(version)) if version.as_u64() == Some(VERSION) => {}
            Some(Value::Number(version)) => return Err(Fault::Version(version)),
            _ => return Err(Fault::Member("version")),
        }
        let endpoint = members.text("endpoint")?;
        if endpoint != meta.name {
            return Err(Fault::Endpoint { found: endpoint, expected: meta.name });
        }
        let method = members.text("method")?;
        if method != meta.method.as_str() {
            return Err(Fault::Method { found: method, expected: meta.method.as_str() });
        }
        let stored = Self {
            meta,
            target: members.text("target")?.into(),
            headers: members.headers()?,
            content_type: members.content_type()?,
            body: members.body()?,
            idempotency_key: members.optional_text("idempotency_key")?,
            rate_keys: members.pairs("rate_keys")?,
        };
        let digest = members.text("sha256")?;
        match members.0.keys().next() {
            Some(name) => Err(Fault::Unknown(name.clone())),
            None if digest != stored.digest() => Err(Fault::Digest),
            None => Ok(stored),
        }
    }

    /// Over every part, each behind its length, so that no two requests are written alike.
    fn digest(&self) -> String {
        let mut context = digest::Context::new(&digest::SHA256);
        let mut add = |part: &[u8]| {
            context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            context.update(part);
        };
        let mut optional = |part: Option<&[u8]>| {
            add(if part.is_some() { b"some" } else { b"none" });
            add(part.unwrap_or_default());
        };
        let text = |text: &str| Some(text.as_bytes().to_vec());
        let mut parts = vec![text(self.meta.name), text(self.meta.method.as_str())];
        parts.push(text(&self.target));
        parts.push(self.content_type.as_ref().map(|value| value.as_bytes().to_vec()));
        parts.push(self.idempotency_key.as_deref().and_then(text));
        parts.push(text(&self.headers.len().to_string()));
        for (name, value) in &self.headers {
            parts.extend([text(name.as_str()), Some(value.as_bytes().to_vec())]);
        }
        for (fields, key) in &self.rate_keys {
            parts.extend([text(fields), text(key)]);
        }
        parts.iter().for_each(|part| optional(part.as_deref()));
        optional(Some(&self.body));
        context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The names of the fields that a limit counts by.
fn fields(limit: &RateLimit) -> String {
    limit.by.join(",")
}

impl Serialize for Stored {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("version", &VERSION)?;
        map.serialize_entry("endpoint", self.meta.name)?;
        map.serialize_entry("method", self.meta.method.as_str())?;
        map.serialize_entry("target", &self.target)?;
        let headers = self.headers.iter();
        let headers = headers.map(|(name, value)| Ok((name.as_str(), value.to_str()?)));
        let headers: Result<Vec<_>, http::header::ToStrError> = headers.collect();
        map.serialize_entry("headers", &headers.map_err(S::Error::custom)?)?;
        if let Some(value) = &self.content_type {
            map.serialize_entry("content_type", value.to_str().map_err(S::Error::custom)?)?;
        }
        match std::str::from_utf8(&self.body) {
            Ok(text) => map.serialize_entry("body", text)?,
            Err(_) => map.serialize_entry("body_base64", &BASE64_STANDARD.encode(&self.body))?,
        }
        if let Some(key) = &self.idempotency_key {
            map.serialize_entry("idempotency_key", key)?;
        }
        map.serialize_entry("rate_keys", &self.rate_keys)?;
        map.serialize_entry("sha256", &self.digest())?;
        map.end()
    }
}

/// The members that have not been read yet.
struct Members(Map<String, Value>);

impl Members {
    fn text(&mut self, name: &'static str) -> Result<String, Fault> {
        self.optional_text(name)?.ok_or(Fault::Member(name))
    }

    fn optional_text(&mut self, name: &'static str) -> Result<Option<String>, Fault> {
        match self.0.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Fault::Member(name)),
        }
    }

    fn pairs(&mut self, name: &'static str) -> Result<Vec<(String, String)>, Fault> {
        let pairs = self.0.remove(name).ok_or(Fault::Member(name))?;
        serde_json::from_value(pairs).map_err(|_| Fault::Member(name))
    }

    fn headers(&mut self) -> Result<Vec<Header>, Fault> {
        let header = |(name, value): (String, String)| -> Result<Header, http::Error> {
            Ok((HeaderName::try_from(name)?, HeaderValue::try_from(value)?))
        };
        let headers = self.pairs("headers")?.into_iter().map(header).collect::<Result<_, _>>();
        headers.map_err(|_| Fault::Member("headers"))
    }

    fn content_type(&mut self) -> Result<Option<HeaderValue>, Fault> {
        let text = self.optional_text("content_type")?;
        let value = text.map(HeaderValue::try_from).transpose();
        value.map_err(|_| Fault::Member("content_type"))
    }

    fn body(&mut self) -> Result<Bytes, Fault> {
        if let Some(encoded) = self.optional_text("body_base64")? {
            let body = BASE64_STANDARD.decode(encoded);
            return body.map(Bytes::from).map_err(|_| Fault::Member("body_base64"));
        }
        Ok(self.text("body")?.into())
    }
}

/// Why what is stored is not sent.
#[derive(Debug)]
pub(crate) enum Fault {
    Version(serde_json::Number),
    Endpoint { found: String, expected: &'static str },
    Method { found: String, expected: &'static str },
    Member(&'static str),
    Unknown(String),
    Digest,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => write!(
                f,
                "a prepared call of version {version}, but this release reads version {VERSION}; send it with the release that stored it"
            ),
            Self::Endpoint { found, expected } => write!(
                f,
                "a prepared call of `{}`, expected one of `{expected}`",
                OneLine(found, NAME)
            ),
            Self::Method { found, expected } => write!(
                f,
                "a prepared call with the method {}, but the endpoint has {expected}; prepare it again",
                OneLine(found, NAME)
            ),
            Self::Member(name) => {
                write!(f, "no prepared call: `{name}` is missing or malformed")
            }
            Self::Unknown(name) => {
                write!(f, "no prepared call: unknown member `{}`", OneLine(name, NAME))
            }
            Self::Digest => f.write_str(
                "the prepared call is not as it was stored: its SHA-256 differs; it is not sent",
            ),
        }
    }
}
