//! An HTTP request from its parts.

use http::Uri;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use super::base_url::BaseUrl;
use super::body::{self, Body};
use super::parameters::Head;
use super::{AnyRequest, Files, Parameters};
use crate::error::RequestError;
use crate::meta::{Auth, EndpointMeta, Method};
use crate::secret::Secret;

/// A request but for its token. All that is made of it is alike to the letter.
#[derive(Clone)]
pub(crate) struct Draft<B> {
    method: http::Method,
    uri: Uri,
    headers: Vec<Header>,
    body: B,
    /// Those in the URL, the headers and the body, which no error may show.
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
    let mut parameters = Parameters::new(meta);
    request.parameters(&mut parameters);
    let Head { target, mut headers, mut secrets } = parameters.finish()?;
    let uri = base_url.join(target).map_err(RequestError::Http)?;
    let method = http_method(meta.method);
    if !meta.has_body() {
        return Ok(Draft { method, uri, headers, body: Vec::new(), secrets });
    }
    let Body { content_type, content } = body(request, &mut secrets)?;
    headers.extend(content_type.map(|value| (CONTENT_TYPE, value)));
    Ok(Draft { method, uri, headers, body: content, secrets })
}

fn http_method(method: Method) -> http::Method {
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

fn body(request: &dyn AnyRequest, secrets: &mut Vec<Secret<String>>) -> Result<Body, RequestError> {
    let mut files = Files::default();
    request.files(&mut files);
    let mut json = String::with_capacity(USUAL_LENGTH);
    request.write(&mut json, secrets).map_err(|error| RequestError::Body(error.into()))?;
    body::encode(request.meta(), json, &files)
}

impl<B> Draft<B> {
    /// The same with a body of another type.
    #[cfg(feature = "client")]
    pub(crate) fn map<C>(self, body: impl FnOnce(B) -> C) -> Draft<C> {
        let Self { method, uri, headers, body: content, secrets } = self;
        Draft { method, uri, headers, body: body(content), secrets }
    }

    /// The HTTP request, with a token's header if there is one.
    pub(crate) fn into_http(self, token: Option<Header>) -> http::Request<B> {
        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = self.uri;
        // One by one, as `extend` would make room for no more, and what sends it has headers of its own.
        for (name, value) in self.headers.into_iter().chain(token) {
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
