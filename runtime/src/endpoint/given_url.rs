//! Addresses that the platform gave: they may lead where the spec says, and nowhere else, for the token goes with them.

use http::Uri;

use super::base_url::{BaseUrl, check_scheme, is_plain};
use crate::error::{BaseUrlError, GivenUrlError};

/// The address, if it is on the server of the endpoint's host or on one of `hosts`, by HTTPS as any other.
pub(super) fn given_url(
    text: &str,
    server: &BaseUrl,
    hosts: &[&str],
) -> Result<Uri, GivenUrlError> {
    let uri: Uri = text.parse().map_err(|_| GivenUrlError::Malformed)?;
    let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
        return Err(GivenUrlError::Malformed);
    };
    // What names a user, or could be read as another host, is on no server that is known.
    if !is_plain(authority) {
        return Err(GivenUrlError::Malformed);
    }
    check_scheme(scheme, authority.host()).map_err(|error| match error {
        BaseUrlError::PlainHttp => GivenUrlError::PlainHttp,
        BaseUrlError::Malformed => GivenUrlError::Malformed,
    })?;
    let is_usual =
        scheme.as_str() == "https" && authority.port_u16().is_none_or(|port| port == 443);
    let is_named = is_usual && hosts.iter().any(|host| covers(host, authority.host()));
    match is_named || server.is_server_of(&uri) {
        true => Ok(uri),
        false => Err(GivenUrlError::Elsewhere { host: authority.as_str().to_owned() }),
    }
}

/// `*.example.com` covers all names that end so, and not `example.com` itself.
fn covers(pattern: &str, host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let pattern = pattern.to_ascii_lowercase();
    match pattern.strip_prefix('*') {
        Some(end) => host.strip_suffix(end).is_some_and(|name| !name.is_empty()),
        None => host == pattern,
    }
}
