//! Responses → bytes of a connection, at the pace that a fault asks for.

use std::io;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::message::{Body, Response};

const PIECE: usize = 64 * 1024;

/// How a response goes out.
#[derive(Clone, Copy)]
pub(crate) enum Pace {
    Plain,
    /// Waits before each byte of the head.
    SlowHead(Duration),
    /// Waits before each sixteenth of the body.
    SlowBody(Duration),
    /// Ends in the middle of the body.
    Half,
}

pub(crate) async fn write(
    stream: &mut TcpStream,
    response: &Response,
    pace: Pace,
) -> io::Result<()> {
    let head = head_of(response).into_bytes();
    match pace {
        Pace::SlowHead(pause) => write_slowly(stream, &head, pause).await?,
        _ => stream.write_all(&head).await?,
    }
    if !response.headless {
        write_body(stream, &response.body, pace).await?;
    }
    stream.flush().await
}

/// The head, with the length of the body.
fn head_of(response: &Response) -> String {
    let mut head = format!("HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
    for (name, value) in &response.headers.0 {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", response.body.len()));
    head
}

async fn write_slowly(stream: &mut TcpStream, bytes: &[u8], pause: Duration) -> io::Result<()> {
    for byte in bytes {
        sleep(pause).await;
        stream.write_all(&[*byte]).await?;
    }
    Ok(())
}

async fn write_body(stream: &mut TcpStream, body: &Body, pace: Pace) -> io::Result<()> {
    let end = if matches!(pace, Pace::Half) { body.len() / 2 } else { body.len() };
    let mut at = 0;
    while at < end {
        if let Pace::SlowBody(pause) = pace {
            sleep(pause).await;
        }
        let piece = body.piece(at, piece_length(end - at, body.len(), pace));
        stream.write_all(&piece).await?;
        at += piece.len() as u64;
    }
    Ok(())
}

fn piece_length(left: u64, all: u64, pace: Pace) -> usize {
    let most = match pace {
        Pace::SlowBody(_) => all.div_ceil(16).max(1),
        _ => PIECE as u64,
    };
    usize::try_from(left.min(most)).unwrap_or(PIECE)
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        416 => "Range Not Satisfiable",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Other",
    }
}
