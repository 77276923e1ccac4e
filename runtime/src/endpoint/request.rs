//! An HTTP request from its parts, and the ways in which there can be none.

use std::fmt;

use http::Uri;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use super::base_url::{BaseUrl, BaseUrlError};
use super::body::{self, Body};
use super::{AnyRequest, Auth, EndpointMeta, Files, Method, Parameters};
use crate::secret::Secret;

/// A request but for its token. All that is made of it is alike to the letter.
#[derive(Clone)]
pub(crate) struct Draft<B> {
    method: http::Method,
    uri: Uri,
    content_type: Option<HeaderValue>,
    body: B,
    /// Those in the URL and the body, which no error may show.
    #[cfg_attr(
        not(feature = "client"),
        expect(dead_code, reason = "only the client has errors to show")
    )]
    pub(crate) secrets: Vec<Secret<String>>,
}

/// All of a request's HTTP form but the token's header, which whoever sends it adds.
pub(crate) fn draft(
    request: &dyn AnyRequest,
    base_url: &BaseUrl,
) -> Result<Draft<Vec<u8>>, RequestError> {
    let meta = request.meta();
    let mut parameters = Parameters::new(meta.path);
    request.parameters(&mut parameters);
    let (path, mut secrets) = parameters.finish()?;
    let uri = base_url.join(path).map_err(RequestError::Http)?;
    if meta.method == Method::Get {
        let (method, body) = (http::Method::GET, Vec::new());
        return Ok(Draft { method, uri, content_type: None, body, secrets });
    }
    let Body { content_type, content } = body(request, &mut secrets)?;
    let content_type = Some(content_type);
    Ok(Draft { method: http::Method::POST, uri, content_type, body: content, secrets })
}

/// Most bodies are shorter, in bytes, so that they are written without being moved.
const USUAL_LENGTH: usize = 512;

fn body(request: &dyn AnyRequest, secrets: &mut Vec<Secret<String>>) -> Result<Body, RequestError> {
    let mut files = Files::default();
    request.files(&mut files);
    let mut json = String::with_capacity(USUAL_LENGTH);
    request.write(&mut json, secrets).map_err(|error| RequestError::Body(error.into()))?;
    body::encode(request.meta().body, json.into_bytes(), &files)
}

impl<B> Draft<B> {
    /// The same with a body of another type.
    #[cfg(feature = "client")]
    pub(crate) fn map<C>(self, body: impl FnOnce(B) -> C) -> Draft<C> {
        let Self { method, uri, content_type, body: content, secrets } = self;
        Draft { method, uri, content_type, body: body(content), secrets }
    }

    /// The HTTP request, with a token's header if there is one.
    pub(crate) fn into_http(self, token: Option<Header>) -> http::Request<B> {
        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = self.uri;
        let content_type = self.content_type.map(|value| (CONTENT_TYPE, value));
        // One by one, as `extend` would make room for no more, and what sends it has headers of its own.
        for (name, value) in content_type.into_iter().chain(token) {
            request.headers_mut().insert(name, value);
        }
        request
    }
}

pub(crate) type Header = (HeaderName, HeaderValue);

/// The header with the token, if the endpoint asks for one.
pub(crate) fn token_header(
    meta: &EndpointMeta,
    token: Option<&Secret<String>>,
) -> Result<Option<Header>, RequestError> {
    let Some(auth) = meta.auth else { return Ok(None) };
    Ok(Some((header_name(auth)?, header_value(auth, token)?)))
}

fn header_name(auth: &Auth) -> Result<HeaderName, RequestError> {
    HeaderName::try_from(auth.header).map_err(|error| RequestError::Http(error.into()))
}

fn header_value(auth: &Auth, token: Option<&Secret<String>>) -> Result<HeaderValue, RequestError> {
    let token = token.filter(|token| !token.is_blank());
    let token = token.ok_or(RequestError::NoToken { auth: auth.name })?;
    let mut value = HeaderValue::from_str(token.expose())
        .map_err(|_| RequestError::Token { auth: auth.name })?;
    value.set_sensitive(true);
    Ok(value)
}

/// Why there is no HTTP request. Nothing was sent; the program or its configuration must change.
#[derive(Debug)]
#[non_exhaustive]
pub enum RequestError {
    /// The endpoint needs a token, and none or an empty one was given.
    NoToken {
        /// Name of the way to authenticate.
        auth: &'static str,
    },
    /// The token has a character that no header can carry, as a line break.
    Token {
        /// Name of the way to authenticate.
        auth: &'static str,
    },
    /// The host has no address in the environment asked for.
    NoBaseUrl {
        /// Name of the host.
        host: &'static str,
        /// Name of the environment, as `sandbox`.
        environment: &'static str,
    },
    /// The server's address cannot be used.
    BaseUrl {
        /// Name of the host.
        host: &'static str,
        reason: BaseUrlError,
    },
    /// A field of the path is empty, `.` or `..`, which would make it another path.
    PathField {
        /// Name of the field on the wire.
        name: &'static str,
    },
    /// The media type of a file has a character that no header can carry, as a line break.
    ContentType {
        /// Name of the file's field on the wire.
        name: &'static str,
    },
    /// The request has no JSON form.
    Body(serde_json::Error),
    /// The parts make no HTTP request.
    Http(http::Error),
    /// The blocking client was asked to wait inside an asynchronous runtime.
    BlockingInRuntime,
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoToken { auth } => {
                write!(f, "no {auth} was given; give the client its access token")
            }
            Self::Token { auth } => {
                write!(
                    f,
                    "the {auth} is no header value; look for a line break or a space at its end"
                )
            }
            Self::NoBaseUrl { host, environment } => {
                write!(
                    f,
                    "host `{host}` has no address for {environment}; give one with `base_url`"
                )
            }
            Self::BaseUrl { host, reason } => write!(f, "the address of host `{host}` {reason}"),
            Self::PathField { name } => {
                write!(
                    f,
                    "{name}: empty, `.` or `..`, which cannot be part of a path; give the id itself"
                )
            }
            Self::ContentType { name } => {
                write!(
                    f,
                    "{name}: the file's content type is no header value; write it as `image/png`"
                )
            }
            Self::Body(error) => write!(f, "the request has no JSON form: {error}"),
            Self::Http(error) => write!(f, "the parts make no HTTP request: {error}"),
            Self::BlockingInRuntime => f.write_str(
                "the blocking client cannot wait inside an asynchronous runtime; use `runtime::Client` there",
            ),
        }
    }
}

impl std::error::Error for RequestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::BaseUrl { reason, .. } => Some(reason),
            Self::Body(error) => Some(error),
            Self::Http(error) => Some(error),
            _ => None,
        }
    }
}
