//! Requests and responses.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Names and values in the order in which they came.
#[derive(Clone, Default)]
pub(crate) struct Headers(pub(super) Vec<(String, String)>);

impl Headers {
    /// The first value of this name, whatever its case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let named = self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// Every value of this name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// Whether a list of tokens, `Connection` say, has this one.
    pub(super) fn lists(&self, name: &str, token: &str) -> bool {
        let mut tokens = self.all(name).flat_map(|value| value.split(','));
        tokens.any(|listed| listed.trim().eq_ignore_ascii_case(token))
    }
}

/// A start line and its headers.
pub(crate) struct Head {
    /// The three words of the start line.
    pub(super) start: [String; 3],
    pub(crate) headers: Headers,
}

impl Head {
    pub(crate) fn method(&self) -> &str {
        &self.start[0]
    }

    /// The target up to `?`.
    pub(crate) fn path(&self) -> &str {
        self.target().0
    }

    /// What follows `?` in the target.
    pub(crate) fn query(&self) -> &str {
        self.target().1
    }

    /// Whether the connection ends with this request.
    pub(crate) fn is_last(&self) -> bool {
        self.start[2] == "HTTP/1.0" || self.headers.lists("connection", "close")
    }

    fn target(&self) -> (&str, &str) {
        self.start[1].split_once('?').unwrap_or((&self.start[1], ""))
    }
}

/// A whole request.
pub(crate) struct Request {
    pub(crate) head: Head,
    pub(crate) body: Vec<u8>,
}

/// What a response carries.
pub(crate) enum Body {
    Bytes(Cow<'static, [u8]>),
    /// This part of something long that is made as it is sent.
    Made(Arc<dyn Pieces>, Range<u64>),
}

/// Bytes that are made when they are needed.
pub(crate) trait Pieces: Send + Sync {
    /// At least one and at most `max` bytes from `at` on.
    fn piece(&self, at: u64, max: usize) -> Vec<u8>;
}

impl Body {
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Made(_, range) => range.end.saturating_sub(range.start),
        }
    }

    /// At most `max` bytes, `from` bytes after the beginning.
    pub(super) fn piece(&self, from: u64, max: usize) -> Cow<'_, [u8]> {
        let left = usize::try_from(self.len().saturating_sub(from)).unwrap_or(usize::MAX).min(max);
        match self {
            Self::Bytes(bytes) => {
                let from = bytes.len().min(usize::try_from(from).unwrap_or(usize::MAX));
                Cow::Borrowed(&bytes[from..from + left])
            }
            Self::Made(_, _) if left == 0 => Cow::Borrowed(&[]),
            Self::Made(pieces, range) => Cow::Owned(pieces.piece(range.start + from, left)),
        }
    }
}

/// A whole response.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(super) headers: Headers,
    pub(crate) body: Body,
    /// To a `HEAD` request: the length is said, the body is not sent.
    pub(crate) headless: bool,
}

impl Response {
    pub(crate) fn new(
        status: u16,
        content_type: &str,
        body: impl Into<Cow<'static, [u8]>>,
    ) -> Self {
        Self::made(status, content_type, Body::Bytes(body.into()))
    }

    pub(crate) fn made(status: u16, content_type: &str, body: Body) -> Self {
        let headers = Headers(vec![("content-type".to_owned(), content_type.to_owned())]);
        Self { status, headers, body, headless: false }
    }

    pub(crate) fn text(status: u16, text: impl Into<String>) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text.into().into_bytes())
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.0.push((name.to_owned(), value.to_owned()));
        self
    }
}
