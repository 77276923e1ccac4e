//! There is no request to send.

use std::fmt;

use super::server_text::{NAME, OneLine};
use crate::meta::Host;

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
    /// The token is for `Basic` and has no `:`, which ends the name of the user or the key.
    BasicToken {
        /// Name of the way to authenticate.
        auth: &'static str,
    },
    /// The token goes into the body, and the body has no fields to put it among.
    TokenField {
        /// Name of the way to authenticate.
        auth: &'static str,
    },
    /// The endpoint's host has no address in the environment that the client is for.
    NoBaseUrl {
        /// Name of the endpoint.
        endpoint: &'static str,
        /// Its host, with the addresses that it does have.
        host: &'static Host,
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
    /// A field has the URL to call, which the platform gave, and that cannot be called. The URL is not shown: whoever has it may
    /// be allowed to do what it is for.
    GivenUrl {
        /// Name of the field on the wire.
        name: &'static str,
        reason: GivenUrlError,
    },
    /// A field that travels in a header has a character that no header can carry, as a line break.
    HeaderField {
        /// Name of the header.
        name: &'static str,
    },
    /// An item of a list that is written with commas has a comma, which would make two items of it.
    ListItem {
        /// Name of the field on the wire.
        name: String,
    },
    /// The media type of a file has a character that no header can carry, as a line break.
    ContentType {
        /// Name of the file's field on the wire.
        name: &'static str,
    },
    /// The request has a secret in it, as that by which a token is fetched, so it cannot be prepared: what is prepared is stored
    /// as it is sent.
    PreparedSecret,
    /// The platform gave the URL of the request, so it cannot be prepared: whoever reads what is stored may be allowed to do what
    /// the URL is for.
    PreparedUrl {
        /// Name of the field on the wire.
        name: &'static str,
    },
    /// The request cannot be signed.
    Signing(Box<dyn std::error::Error + Send + Sync>),
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
                    "the {auth} is not a valid header value; look for a line break or a space at its end"
                )
            }
            Self::BasicToken { auth } => {
                write!(f, "the {auth} has no `:`; `Basic` needs `user:password`, or a key and `:`")
            }
            Self::TokenField { auth } => {
                write!(f, "the {auth} goes into a body that is neither a JSON object nor a form")
            }
            Self::NoBaseUrl { endpoint, host, environment } => write!(
                f,
                "{endpoint} is at host `{}`, which has no address for {environment}; choose {}, or give an address with `base_url`",
                host.name,
                environments(host)
            ),
            Self::BaseUrl { host, reason } => write!(f, "the address of host `{host}` {reason}"),
            Self::PathField { name } => {
                write!(
                    f,
                    "{name}: empty, `.` or `..`, which cannot be part of a path; give the id itself"
                )
            }
            Self::GivenUrl { name, reason } => write!(f, "{name}: the URL {reason}"),
            Self::HeaderField { name } => {
                write!(f, "{name}: not a header value; it is made of visible ASCII characters and spaces")
            }
            Self::ListItem { name } => {
                write!(f, "{name}: an item has a comma, which would make two items of it")
            }
            Self::ContentType { name } => {
                write!(
                    f,
                    "{name}: the file's content type is not a valid header value; write it as `image/png`"
                )
            }
            Self::PreparedSecret => f.write_str(
                "a request with a secret in it cannot be prepared, because it would be stored in the clear; use `call`",
            ),
            Self::PreparedUrl { name } => {
                write!(f, "{name}: a request to a URL that was given cannot be prepared; use `call`")
            }
            Self::Signing(error) => write!(f, "the request cannot be signed: {error}"),
            Self::Body(error) => write!(f, "the request has no JSON form: {error}"),
            Self::Http(error) => write!(f, "the parts do not form an HTTP request: {error}"),
            Self::BlockingInRuntime => f.write_str(
                "the blocking client cannot wait inside an asynchronous runtime; use `apiscribe::Client` there",
            ),
        }
    }
}

/// Those that the host has an address for.
fn environments(host: &Host) -> &'static str {
    match (host.sandbox, host.development) {
        (None, None) => "production",
        (Some(_), None) => "production or sandbox",
        (None, Some(_)) => "production or development",
        (Some(_), Some(_)) => "production, sandbox or development",
    }
}

impl std::error::Error for RequestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::BaseUrl { reason, .. } => Some(reason),
            Self::GivenUrl { reason, .. } => Some(reason),
            Self::Body(error) => Some(error),
            Self::Http(error) => Some(error),
            _ => None,
        }
    }
}

/// Why a URL that the platform gave is not called.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum GivenUrlError {
    /// Not an absolute `https` URL, or one with a user in it.
    Malformed,
    /// Plain HTTP to another machine: anyone in between could read the token.
    PlainHttp,
    /// It leads to a server that the spec does not name for it.
    Elsewhere {
        /// The server, with its port if it names one.
        host: String,
    },
}

impl fmt::Display for GivenUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("is not of the form https://host/path"),
            Self::PlainHttp => f.write_str(
                "is plain http, which would send the request in clear text; nothing was sent",
            ),
            Self::Elsewhere { host } => write!(
                f,
                "leads to `{}`, which the spec does not name for it (`url_hosts`); nothing was sent",
                OneLine(host, NAME)
            ),
        }
    }
}

impl std::error::Error for GivenUrlError {}

/// Why an address cannot be that of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// Not of the form `https://host[:port][/path]`.
    Malformed,
    /// Plain HTTP to another machine: anyone in between could read the token.
    PlainHttp,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "is not of the form https://host[:port][/path]",
            Self::PlainHttp => {
                "is plain http, which would send the token in clear text; use https \
                 (plain http is for localhost, 127.0.0.0/8 and [::1])"
            }
        })
    }
}

impl std::error::Error for BaseUrlError {}
