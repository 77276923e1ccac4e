//! Bytes of a connection → heads and bodies. Whatever comes, the worst is a refusal.

use std::str;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::message::{Head, Headers};

const MAX_HEAD: usize = 32 * 1024;
const MAX_BODY: usize = 16 * 1024 * 1024;
/// The length of a chunk in hexadecimal, and what extends it.
const MAX_LINE: usize = 1024;
/// How long a connection may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why nothing can be read any more.
pub(crate) enum Broken {
    /// The other end is gone or silent.
    Gone,
    /// What it sent deserves this status.
    Refused(u16, &'static str),
}

type Read<T> = Result<T, Broken>;

/// The reading end of a connection, with what has come and was not asked for yet.
pub(crate) struct Incoming {
    pub(crate) stream: TcpStream,
    buffer: Vec<u8>,
}

impl Incoming {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// The head of the next request.
    pub(crate) async fn request(&mut self) -> Read<Head> {
        let head = self.head().await?;
        if !matches!(head.start[2].as_str(), "HTTP/1.1" | "HTTP/1.0") {
            return Err(Broken::Refused(505, "HTTP/1.1 is spoken here"));
        }
        if !head.start[1].starts_with('/') {
            return Err(Broken::Refused(400, "the target is no path"));
        }
        if head.headers.all("host").count() != 1 {
            return Err(Broken::Refused(400, "one Host is needed"));
        }
        Ok(head)
    }

    /// The body of that request.
    pub(crate) async fn body(&mut self, head: &Head) -> Read<Vec<u8>> {
        if head.headers.lists("expect", "100-continue") {
            let go_on = self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await;
            go_on.map_err(|_| Broken::Gone)?;
        }
        match framing(&head.headers)? {
            Framing::Length(length) => self.exactly(length).await,
            Framing::Chunked => self.chunks().await,
            Framing::Unsaid => Ok(Vec::new()),
        }
    }

    /// The status and the body of a response.
    pub(crate) async fn response(&mut self) -> Read<(u16, Vec<u8>)> {
        let head = self.head().await?;
        let status = head.start[1].parse().map_err(|_| Broken::Gone)?;
        let body = match framing(&head.headers)? {
            Framing::Length(length) => self.exactly(length).await?,
            Framing::Chunked => self.chunks().await?,
            Framing::Unsaid => self.rest().await?,
        };
        Ok((status, body))
    }

    /// Takes what still comes, within bounds, so that closing does not reset the connection before the other end has
    /// read the answer.
    pub(crate) async fn drain(&mut self) {
        self.buffer.clear();
        let all = async { while self.buffer.len() < MAX_BODY && self.more().await.is_ok() {} };
        timeout(Duration::from_secs(1), all).await.unwrap_or_default();
    }

    async fn head(&mut self) -> Read<Head> {
        loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                let head: Vec<u8> = self.buffer.drain(..end + 4).collect();
                return parse_head(&head[..end]);
            }
            if self.buffer.len() > MAX_HEAD {
                return Err(Broken::Refused(431, "the head is too long"));
            }
            self.more().await?;
        }
    }

    async fn exactly(&mut self, length: usize) -> Read<Vec<u8>> {
        if length > MAX_BODY {
            return Err(Broken::Refused(413, "the body is too long"));
        }
        while self.buffer.len() < length {
            self.more().await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    async fn chunks(&mut self) -> Read<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let length = chunk_length(&self.line().await?)?;
            if length == 0 {
                break;
            }
            if length > MAX_BODY - body.len() {
                return Err(Broken::Refused(413, "the body is too long"));
            }
            body.append(&mut self.exactly(length).await?);
            if !self.line().await?.is_empty() {
                return Err(Broken::Refused(400, "a chunk is longer than it says"));
            }
        }
        self.trailers().await?;
        Ok(body)
    }

    async fn trailers(&mut self) -> Read<()> {
        let mut left = MAX_HEAD;
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                return Ok(());
            }
            left = left.checked_sub(line.len()).ok_or(Broken::Refused(431, "too many trailers"))?;
        }
    }

    async fn line(&mut self) -> Read<Vec<u8>> {
        loop {
            if let Some(end) = find(&self.buffer, b"\r\n") {
                let mut line: Vec<u8> = self.buffer.drain(..end + 2).collect();
                line.truncate(end);
                return Ok(line);
            }
            if self.buffer.len() > MAX_LINE {
                return Err(Broken::Refused(400, "a line of a chunk is too long"));
            }
            self.more().await?;
        }
    }

    async fn rest(&mut self) -> Read<Vec<u8>> {
        while self.buffer.len() < MAX_BODY && self.more().await.is_ok() {}
        Ok(std::mem::take(&mut self.buffer))
    }

    async fn more(&mut self) -> Read<()> {
        match timeout(PATIENCE, self.stream.read_buf(&mut self.buffer)).await {
            Ok(Ok(read)) if read > 0 => Ok(()),
            _ => Err(Broken::Gone),
        }
    }
}

/// How a body's end is told.
enum Framing {
    Length(usize),
    Chunked,
    Unsaid,
}

/// A message that says its length in two ways is how requests are smuggled, and refused.
fn framing(headers: &Headers) -> Read<Framing> {
    let mut lengths = headers.all("content-length");
    match (headers.get("transfer-encoding"), lengths.next(), lengths.next()) {
        (None, None, _) => Ok(Framing::Unsaid),
        (None, Some(length), None) => content_length(length).map(Framing::Length),
        (Some(coding), None, _) if coding.eq_ignore_ascii_case("chunked") => Ok(Framing::Chunked),
        (Some(_), None, _) => Err(Broken::Refused(501, "only chunked is understood")),
        _ => Err(Broken::Refused(400, "the length is said twice")),
    }
}

fn content_length(text: &str) -> Read<usize> {
    match text.parse() {
        Ok(length) if text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(length),
        _ => Err(Broken::Refused(400, "Content-Length is no length")),
    }
}

fn chunk_length(line: &[u8]) -> Read<usize> {
    let digits = line.split(|byte| *byte == b';').next().unwrap_or_default();
    let text = str::from_utf8(digits).unwrap_or_default().trim();
    let plain = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    usize::from_str_radix(text, 16)
        .ok()
        .filter(|_| plain)
        .ok_or(Broken::Refused(400, "a chunk has no length"))
}

fn parse_head(head: &[u8]) -> Read<Head> {
    let text = str::from_utf8(head).map_err(|_| Broken::Refused(400, "the head is no text"))?;
    let mut lines = text.split("\r\n");
    let start = parse_start(lines.next().unwrap_or_default())?;
    let headers = lines.map(parse_header).collect::<Read<_>>()?;
    Ok(Head { start, headers: Headers(headers) })
}

fn parse_start(line: &str) -> Read<[String; 3]> {
    let words: Vec<String> = line.splitn(3, ' ').map(str::to_owned).collect();
    match <[String; 3]>::try_from(words) {
        Ok(words) if words.iter().all(|word| !word.is_empty()) => Ok(words),
        _ => Err(Broken::Refused(400, "the start line is no start line")),
    }
}

/// Folded lines, which begin with a space, are long forbidden.
fn parse_header(line: &str) -> Read<(String, String)> {
    match line.split_once(':') {
        Some((name, value)) if is_token(name) => {
            Ok((name.to_owned(), value.trim_matches([' ', '\t']).to_owned()))
        }
        _ => Err(Broken::Refused(400, "a header has no name")),
    }
}

fn is_token(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_letter)
}

fn find(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|window| window == sought)
}
