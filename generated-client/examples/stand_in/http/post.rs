//! The platform as a client: one POST, for callbacks.

use std::io;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::read::Incoming;

/// Posts to an `http` URL and gives the status and the body of the answer; `None` if none came in time.
pub(crate) async fn post(
    url: &str,
    headers: &[(&str, &str)],
    body: &[u8],
    patience: Duration,
) -> Option<(u16, Vec<u8>)> {
    let (authority, path) = split(url)?;
    let mut head = format!("POST {path} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    timeout(patience, exchange(authority, head.as_bytes(), body)).await.ok()?.ok()?
}

async fn exchange(authority: &str, head: &[u8], body: &[u8]) -> io::Result<Option<(u16, Vec<u8>)>> {
    let mut stream = TcpStream::connect(authority).await?;
    stream.write_all(head).await?;
    stream.write_all(body).await?;
    Ok(Incoming::new(stream).response().await.ok())
}

/// `http://host:port/path` → `host:port` and `/path`.
fn split(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("http://")?;
    let at = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at(at);
    Some((authority, if path.is_empty() { "/" } else { path }))
}
