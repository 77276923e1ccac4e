//! A page does not lead to the next.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use super::server_text::{NAME, OneLine};
use super::{Error, ErrorCode, ResponseCode};

/// Why there is no further page, although the list may not have ended. `E` is the endpoint's own errors.
///
/// The position stays where it is: the same page is asked for again by the next call of `next`.
#[derive(Debug)]
#[non_exhaustive]
pub enum PageError<E> {
    /// The call for the page failed, as any call may.
    Call(Error<E>),
    /// The page came, and where the next one is does not follow from it. The page itself is in `body`.
    Paging(Box<PagingError>),
}

/// A page that leads nowhere.
#[non_exhaustive]
pub struct PagingError {
    /// Name of the endpoint.
    pub endpoint: &'static str,
    pub fault: PagingFault,
    /// The id under which the platform finds the call in its log, if it gave one.
    pub log_id: Option<String>,
    /// The headers of the response.
    pub headers: HeaderMap,
    /// The whole body of the page, as it came. It may hold what is nobody else's business, so `Debug` gives its length only.
    /// Empty if no page was asked for.
    pub body: Bytes,
}

/// Why a page does not lead to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingFault {
    /// A position that has been read already: the list would never end.
    Repeated,
    /// A field that says where the next page is, or whether there is one, is not what the documents say.
    Unread {
        /// Its path, as `data.next_cursor`.
        path: String,
    },
    /// There is more, the page says, but not where. The page itself has been handed over before.
    NoCursor,
    /// The position is none that the request's field can hold.
    Position,
    /// An empty page, although fewer items have come than there are.
    Short {
        /// How many there are, by the last page.
        total: u64,
        /// How many have come.
        seen: u64,
    },
    /// The header `Link` cannot be read, or has an address that is none.
    Link,
    /// The next page is said to be on another server, which must not get the token.
    Elsewhere,
    /// As many pages have been read as were allowed.
    Limit {
        /// How many.
        pages: u64,
    },
}

impl<E> PageError<E> {
    /// What is wrong with the way to the next page; `None` if the call itself failed.
    pub fn fault(&self) -> Option<&PagingFault> {
        match self {
            Self::Call(_) => None,
            Self::Paging(error) => Some(&error.fault),
        }
    }
}

impl<E> From<Error<E>> for PageError<E> {
    fn from(error: Error<E>) -> Self {
        Self::Call(error)
    }
}

impl<E: ErrorCode<Code: ResponseCode>> fmt::Display for PageError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Paging(error) => error.fmt(f),
        }
    }
}

impl<E: ErrorCode<Code: ResponseCode>> std::error::Error for PageError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            Self::Paging(_) => None,
        }
    }
}

impl fmt::Debug for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PagingError")
            .field("endpoint", &self.endpoint)
            .field("fault", &self.fault)
            .field("log_id", &self.log_id)
            .field("headers", &format_args!("{} headers", self.headers.len()))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.endpoint, self.fault)?;
        self.log_id.iter().try_for_each(|id| write!(f, " (log id {})", OneLine(id, NAME)))
    }
}

impl std::error::Error for PagingError {}

impl fmt::Display for PagingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repeated => f.write_str("the page leads to one that has been read already"),
            Self::Unread { path } => {
                write!(f, "{path} is not as documented, so the next page is not known")
            }
            Self::NoCursor => f.write_str("there are more pages, but the page does not say where"),
            Self::Position => f.write_str("the request cannot hold the position of the next page"),
            Self::Short { total, seen } => {
                write!(f, "an empty page after {seen} items of {total}")
            }
            Self::Link => f.write_str("the header `Link` has no address that can be read"),
            Self::Elsewhere => {
                f.write_str("the next page is on another server, which must not get the token")
            }
            Self::Limit { pages } => {
                write!(f, "{pages} pages have been read, and no more are allowed")
            }
        }
    }
}

impl std::error::Error for PagingFault {}
