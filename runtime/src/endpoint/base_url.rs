//! Which addresses a token may be sent to: HTTPS anywhere, plain HTTP on this machine only.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use http::Uri;

/// Why an address cannot be that of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// Not of the form `https://host[:port][/path]`.
    Malformed,
    /// Plain HTTP to another machine: whoever is on the way could read the token.
    PlainHttp,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "is not of the form https://host[:port][/path]",
            Self::PlainHttp => {
                "is plain http, which would show the token to whoever is on the way; use https \
                 (plain http is for localhost, 127.0.0.0/8 and [::1])"
            }
        })
    }
}

impl std::error::Error for BaseUrlError {}

/// Whether the address is plain HTTP, which is then to this machine.
pub(crate) fn check(base_url: &str) -> Result<bool, BaseUrlError> {
    let uri: Uri = base_url.parse().map_err(|_| BaseUrlError::Malformed)?;
    let host = uri.host().filter(|host| is_host(host)).ok_or(BaseUrlError::Malformed)?;
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    if authority.contains('@') || uri.query().is_some() || base_url.contains('#') {
        return Err(BaseUrlError::Malformed);
    }
    match uri.scheme_str() {
        Some("https") => Ok(false),
        Some("http") if is_loopback(host) => Ok(true),
        Some("http") => Err(BaseUrlError::PlainHttp),
        _ => Err(BaseUrlError::Malformed),
    }
}

/// Only what every parser of URLs reads as the same host.
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
