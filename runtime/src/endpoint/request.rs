//! An HTTP request from its parts.

use bytes::Bytes;
use http::Uri;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::uri::PathAndQuery;
use zeroize::Zeroizing;

use super::base_url::BaseUrl;
use super::body::{self, Body};
use super::given_url::given_url;
use super::parameters::{Head, Header, append_items, header_name};
use super::{AnyRequest, Files, Parameters};
use crate::error::RequestError;
use crate::json;
use crate::meta::{Auth, BodyKind, EndpointMeta, Method, TokenPlace};
use crate::secret::Secret;

/// A request but for its token. All that is made of it is alike to the letter.
pub(crate) struct Draft {
    pub(super) method: http::Method,
    pub(super) uri: Uri,
    /// Of the body. Apart from the other headers, as most requests have none of those and are copied for each attempt.
    pub(super) content_type: Option<HeaderValue>,
    pub(super) headers: Vec<Header>,
    pub(super) body: Bytes,
}

/// All of a request's HTTP form but the token's header, which whoever sends it adds; and the secrets in it, which no error
/// may show.
pub(crate) fn draft(
    request: &dyn AnyRequest,
    base_url: &BaseUrl,
) -> Result<(Draft, Vec<Secret<String>>), RequestError> {
    let meta = request.meta();
    let mut parameters = Parameters::new(meta);
    request.parameters(&mut parameters);
    let Head { target, url, headers, mut secrets } = parameters.finish()?;
    let uri = match url {
        None => base_url.join(target).map_err(RequestError::Http)?,
        Some((name, url)) => given_url(&url, base_url, meta.url_hosts)
            .map_err(|reason| RequestError::GivenUrl { name, reason })
            .and_then(|uri| with_pairs(uri, &target))?,
    };
    let method = http_method(meta.method);
    if !meta.has_body() {
        let draft = Draft { method, uri, content_type: None, headers, body: Bytes::new() };
        return Ok((draft, secrets));
    }
    let Body { content_type, content } = body(request, &mut secrets)?;
    Ok((Draft { method, uri, content_type, headers, body: content.into() }, secrets))
}

pub(super) fn http_method(method: Method) -> http::Method {
    match method {
        Method::Get => http::Method::GET,
        Method::Head => http::Method::HEAD,
        Method::Post => http::Method::POST,
        Method::Put => http::Method::PUT,
        Method::Patch => http::Method::PATCH,
        Method::Delete => http::Method::DELETE,
    }
}

/// Most bodies are shorter, in bytes, so that they are written without being moved.
const USUAL_LENGTH: usize = 512;

pub(super) fn body(
    request: &dyn AnyRequest,
    secrets: &mut Vec<Secret<String>>,
) -> Result<Body, RequestError> {
    let mut files = Files::default();
    request.files(&mut files);
    let mut json = String::with_capacity(USUAL_LENGTH);
    request.write(&mut json, secrets).map_err(|error| RequestError::Body(error.into()))?;
    body::encode(request.meta(), json, &files)
}

impl Draft {
    /// Where it goes.
    #[cfg(feature = "client")]
    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Sends it to another address, as the next page of a list has one.
    #[cfg(feature = "client")]
    pub(crate) fn redirect(&mut self, uri: &Uri) {
        self.uri = uri.clone();
    }

    /// The HTTP request with a token, if the endpoint asks for one.
    pub(crate) fn with_token(
        &self,
        token: Option<Token>,
    ) -> Result<http::Request<Bytes>, RequestError> {
        let mut request = http::Request::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        // One by one, as `extend` would make room for no more, and what sends it has headers of its own.
        let headers = request.headers_mut();
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        if let Some(content_type) = &self.content_type {
            headers.insert(CONTENT_TYPE, content_type.clone());
        }
        match token {
            Some(Token::Header((name, value))) => drop(headers.insert(name, value)),
            Some(Token::Query(pair)) => *request.uri_mut() = with_query(&self.uri, &pair)?,
            Some(Token::Body(token)) => *request.body_mut() = token.put(&self.body)?.into(),
            None => {}
        }
        Ok(request)
    }
}

/// The address with these pairs behind its query.
fn with_pairs(uri: Uri, pairs: &str) -> Result<Uri, RequestError> {
    if pairs.is_empty() {
        return Ok(uri);
    }
    let query = uri.query().filter(|query| !query.is_empty());
    let query = query.map_or_else(|| pairs.to_owned(), |query| format!("{query}&{pairs}"));
    let path = format!("{}?{query}", uri.path());
    let mut parts = uri.into_parts();
    let path = PathAndQuery::try_from(path).map_err(|error| RequestError::Http(error.into()))?;
    parts.path_and_query = Some(path);
    Uri::from_parts(parts).map_err(|error| RequestError::Http(error.into()))
}

/// A token as it is put into a request.
pub(crate) enum Token {
    Header(Header),
    /// `name=value`, escaped.
    Query(String),
    Body(TokenField),
}

/// The token that an endpoint asks for.
pub(crate) fn place_token(
    meta: &EndpointMeta,
    token: Option<&Secret<String>>,
) -> Result<Option<Token>, RequestError> {
    let Some(auth) = meta.auth else { return Ok(None) };
    let token = token.filter(|token| !token.is_blank());
    let token = token.ok_or(RequestError::NoToken { auth: auth.name })?;
    let text = token.expose();
    Ok(Some(match auth.place {
        TokenPlace::Header { name, prefix: "" } => Token::Header(header(auth, name, text)?),
        TokenPlace::Header { name, prefix } => {
            Token::Header(header(auth, name, &prefixed(prefix, text))?)
        }
        TokenPlace::Basic { .. } if !text.contains(':') => {
            return Err(RequestError::BasicToken { auth: auth.name });
        }
        TokenPlace::Basic { header: name } => {
            Token::Header(header(auth, name, &prefixed("Basic ", &base64(text)))?)
        }
        TokenPlace::Query { name } => {
            let mut pair = String::new();
            append_items(&mut pair, name, [text.as_str()]);
            Token::Query(pair)
        }
        TokenPlace::Field { name } => {
            Token::Body(TokenField { auth: auth.name, kind: meta.body, name, token: token.clone() })
        }
    }))
}

fn prefixed(prefix: &str, token: &str) -> Zeroizing<String> {
    Zeroizing::new([prefix, token].concat())
}

fn header(auth: &Auth, name: &'static str, text: &str) -> Result<Header, RequestError> {
    let name = header_name(name)?;
    let value = HeaderValue::from_str(text);
    let mut value = value.map_err(|_| RequestError::Token { auth: auth.name })?;
    value.set_sensitive(true);
    Ok((name, value))
}

fn with_query(uri: &Uri, pair: &str) -> Result<Uri, RequestError> {
    // An address that the server gave may have a token already, and an older one.
    let name = pair.split('=').next();
    let others = uri.query().into_iter().flat_map(|query| query.split('&'));
    let others = others.filter(|other| !other.is_empty() && other.split('=').next() != name);
    let query: Vec<&str> = others.chain([pair]).collect();
    let path = format!("{}?{}", uri.path(), query.join("&"));
    let mut parts = uri.clone().into_parts();
    let path = PathAndQuery::try_from(path).map_err(|error| RequestError::Http(error.into()))?;
    parts.path_and_query = Some(path);
    Uri::from_parts(parts).map_err(|error| RequestError::Http(error.into()))
}

/// A token among the fields of a body.
pub(crate) struct TokenField {
    auth: &'static str,
    kind: BodyKind,
    name: &'static str,
    token: Secret<String>,
}

impl TokenField {
    /// The body with the token as its first field.
    fn put(&self, body: &[u8]) -> Result<Vec<u8>, RequestError> {
        let unfit = RequestError::TokenField { auth: self.auth };
        match self.kind {
            BodyKind::Json => {
                let rest = body.strip_prefix(b"{").ok_or(unfit)?;
                let comma = if rest.trim_ascii_start().starts_with(b"}") { "" } else { "," };
                let json = |text: &str| {
                    json::to_string(text).map_err(|error| RequestError::Body(error.into()))
                };
                let (name, token) = (json(self.name)?, Zeroizing::new(json(self.token.expose())?));
                let head = Zeroizing::new(format!("{{{name}:{}{comma}", *token));
                Ok([head.as_bytes(), rest].concat())
            }
            BodyKind::Form => {
                let mut pair = Zeroizing::new(String::new());
                append_items(&mut pair, self.name, [self.token.expose().as_str()]);
                let ampersand = if body.is_empty() { "" } else { "&" };
                Ok([pair.as_bytes(), ampersand.as_bytes(), body].concat())
            }
            BodyKind::Multipart | BodyKind::Text | BodyKind::Binary | BodyKind::None => Err(unfit),
        }
    }
}

/// With the standard alphabet and padding (RFC 4648, section 4). By hand, so that a request without a client brings in no
/// crate for it.
fn base64(text: &str) -> Zeroizing<String> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Zeroizing::new(String::with_capacity(text.len().div_ceil(3) * 4));
    for chunk in text.as_bytes().chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let sextet = bits >> (18 - 6 * digit) & 63;
            match digit <= chunk.len() {
                true => out.push(char::from(ALPHABET[sextet as usize])),
                false => out.push('='),
            }
        }
    }
    out
}
