//! Which addresses a token may be sent to: HTTPS anywhere, plain HTTP on this machine only.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};

use crate::error::BaseUrlError;

/// The address of a server, checked once, to which the paths of its endpoints are added.
#[derive(Debug)]
pub(crate) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// Without a slash at its end.
    path: String,
}

impl BaseUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let uri: Uri = text.parse().map_err(|_| BaseUrlError::Malformed)?;
        let has_more = uri.query().is_some() || text.contains('#');
        let path = uri.path().trim_end_matches('/').to_owned();
        let Parts { scheme: Some(scheme), authority: Some(authority), .. } = uri.into_parts()
        else {
            return Err(BaseUrlError::Malformed);
        };
        if has_more || !is_plain(&authority) {
            return Err(BaseUrlError::Malformed);
        }
        check_scheme(&scheme, authority.host())?;
        Ok(Self { scheme, authority, path })
    }

    /// Whether an address is one of this server.
    pub(super) fn is_server_of(&self, uri: &Uri) -> bool {
        let same_scheme = uri.scheme() == Some(&self.scheme);
        let port =
            |authority: &Authority| authority.port_u16().or_else(|| default_port(&self.scheme));
        let is_same = |other: &Authority| {
            other.host().eq_ignore_ascii_case(self.authority.host())
                && port(other) == port(&self.authority)
        };
        same_scheme && uri.authority().is_some_and(is_same)
    }

    /// The address of a path on the server, which starts with a slash, and its query.
    pub(super) fn join(&self, path: Cow<'static, str>) -> Result<Uri, http::Error> {
        let path = match path {
            path if !self.path.is_empty() => Bytes::from(self.path.clone() + &path),
            // As it is: nothing is copied that is the same for each call.
            Cow::Borrowed(path) => Bytes::from_static(path.as_bytes()),
            Cow::Owned(path) => Bytes::from(path),
        };
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(PathAndQuery::from_maybe_shared(path)?);
        Ok(parts.try_into()?)
    }
}

fn default_port(scheme: &Scheme) -> Option<u16> {
    match scheme.as_str() {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    }
}

pub(crate) fn check_scheme(scheme: &Scheme, host: &str) -> Result<(), BaseUrlError> {
    match scheme.as_str() {
        "https" => Ok(()),
        "http" if is_loopback(host) => Ok(()),
        "http" => Err(BaseUrlError::PlainHttp),
        _ => Err(BaseUrlError::Malformed),
    }
}

/// Whether an authority is a host and perhaps a port, which every parser of URLs reads alike: no user, nothing behind the
/// bracket of an address, and a port that is one.
pub(super) fn is_plain(authority: &Authority) -> bool {
    let host = authority.host();
    let is_port = |port: &str| {
        port.is_empty()
            || (port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok())
    };
    let rest = authority.as_str().strip_prefix(host);
    is_host(host)
        && rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port))
}

fn is_host(host: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    ipv6(host).is_some() || (!host.is_empty() && host.bytes().all(is_name))
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || ipv6(host).is_some_and(|address| address.is_loopback())
}

fn ipv6(host: &str) -> Option<Ipv6Addr> {
    host.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}
