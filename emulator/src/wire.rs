//! The raw piece under hyper: a stream that delays, cuts, replaces or resets what a server writes.
//!
//! No HTTP library writes a response that breaks its protocol, and no layer above one sees when bytes leave. So the faults of
//! that kind act here, on the bytes; everything else is left to hyper.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use crate::platform::lock;

const HEAD_END: &[u8] = b"\r\n\r\n";
const NOT_HTTP: &[u8] = b"\x16\x03\x01 is no HTTP\r\n\r\n";

/// What is done to a response on its way out.
#[derive(Clone, Copy, Default)]
pub(crate) enum Damage {
    #[default]
    None,
    /// Pauses before each byte of the head.
    SlowHead(Duration),
    /// Pauses before each `piece` of the body.
    SlowBody { pause: Duration, piece: usize },
    /// Ends the connection after so much of the body.
    Cut { after: usize },
    /// Writes something else in its place, and ends the connection.
    NotHttp,
    /// Resets the connection in its place.
    Reset,
}

/// What becomes of the responses of one connection, as its requests say.
#[derive(Clone, Default)]
pub(crate) struct Course(Arc<Mutex<Progress>>);

#[derive(Default)]
struct Progress {
    damage: Damage,
    /// How much of [`HEAD_END`] was written last; all of it in the body.
    matched: usize,
    /// How much of the body was written.
    written: usize,
}

/// What to do with the next bytes.
enum Step {
    /// Writes at most so many, after the pause.
    Write {
        most: usize,
        pause: Option<Duration>,
    },
    /// Writes this in place of them, and ends the connection.
    Instead(&'static [u8]),
    End,
}

impl Course {
    /// What is done to the next response.
    pub(crate) fn set(&self, damage: Damage) {
        *lock(&self.0) = Progress { damage, ..Progress::default() };
    }

    fn is_reset(&self) -> bool {
        matches!(lock(&self.0).damage, Damage::Reset)
    }

    fn next(&self, bytes: &[u8]) -> Step {
        lock(&self.0).next(bytes)
    }

    fn wrote(&self, bytes: &[u8]) {
        lock(&self.0).wrote(bytes);
    }
}

impl Progress {
    fn next(&self, bytes: &[u8]) -> Step {
        let plain = |most| Step::Write { most, pause: None };
        let in_head = self.matched < HEAD_END.len();
        match self.damage {
            Damage::None => plain(bytes.len()),
            Damage::Reset => Step::End,
            Damage::NotHttp => Step::Instead(NOT_HTTP),
            Damage::SlowHead(pause) if in_head => Step::Write { most: 1, pause: Some(pause) },
            Damage::SlowHead(_) => plain(bytes.len()),
            Damage::SlowBody { .. } | Damage::Cut { .. } if in_head => plain(self.head_in(bytes)),
            Damage::SlowBody { pause, piece } => {
                Step::Write { most: piece.max(1), pause: Some(pause) }
            }
            Damage::Cut { after } if self.written < after => plain(after - self.written),
            Damage::Cut { .. } => Step::End,
        }
    }

    /// How many of these bytes belong to the head.
    fn head_in(&self, bytes: &[u8]) -> usize {
        let mut matched = self.matched;
        let end = bytes.iter().position(|byte| {
            matched = follow(matched, *byte);
            matched == HEAD_END.len()
        });
        end.map_or(bytes.len(), |end| end + 1)
    }

    fn wrote(&mut self, bytes: &[u8]) {
        if matches!(self.damage, Damage::None) {
            return;
        }
        let in_head = self.matched < HEAD_END.len();
        let (head, body) = bytes.split_at(if in_head { self.head_in(bytes) } else { 0 });
        self.matched = head.iter().fold(self.matched, |matched, byte| follow(matched, *byte));
        self.written += body.len();
    }
}

/// How much of [`HEAD_END`] is matched after one more byte.
fn follow(matched: usize, byte: u8) -> usize {
    match HEAD_END.get(matched) {
        Some(expected) if *expected == byte => matched + 1,
        _ => usize::from(byte == b'\r'),
    }
}

/// The stream of one connection.
pub(crate) struct Wire {
    stream: TcpStream,
    course: Course,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Wire {
    pub(crate) fn new(stream: TcpStream, course: Course) -> Self {
        Self { stream, course, pause: None }
    }

    /// Ready when the pause before the next write is over.
    fn poll_pause(&mut self, pause: Duration, context: &mut Context<'_>) -> Poll<()> {
        let pause = self.pause.get_or_insert_with(|| Box::pin(sleep(pause)));
        pause.as_mut().poll(context)
    }

    fn poll_write_some(
        &mut self,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write(context, bytes))?;
        self.pause = None;
        self.course.wrote(&bytes[..written]);
        Poll::Ready(Ok(written))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let wire = self.get_mut();
        match wire.course.next(bytes) {
            Step::Write { most, pause } => {
                if let Some(pause) = pause {
                    ready!(wire.poll_pause(pause, context));
                }
                wire.poll_write_some(context, &bytes[..most.min(bytes.len())])
            }
            Step::Instead(other) => {
                ready!(Pin::new(&mut wire.stream).poll_write(context, other))?;
                Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()))
            }
            Step::End => Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, buffer)
    }
}

/// A connection that is closed without lingering is reset.
impl Drop for Wire {
    fn drop(&mut self) {
        if self.course.is_reset() {
            drop(self.stream.set_zero_linger());
        }
    }
}
