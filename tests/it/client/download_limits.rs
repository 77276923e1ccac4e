//! How long a download may take, and how slow it may be.

use std::future::pending;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use apiscribe::Client;
use apiscribe::client::download::{DownloadError, DownloadFault, DownloadOptions};
use tokio::io::AsyncWrite;

use super::download::{client_with, range};
use super::server::{Answer, Server};

const MOMENT: Duration = Duration::from_millis(100);

/// A file of which one byte comes now and then, until the client hangs up.
fn dripping() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/file", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            thread::spawn(move || {
                let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n";
                let mut known = stream.read(&mut [0; 1000]).and_then(|_| stream.write_all(head));
                while known.is_ok() {
                    thread::sleep(MOMENT / 10);
                    known = stream.write_all(b"x");
                }
            });
        }
    });
    url
}

async fn drip(options: DownloadOptions) -> DownloadError {
    let url = dripping();
    let client = client_with(options);
    client.download(async || Ok(url.clone()), &mut Vec::new(), 1 << 20).await.unwrap_err()
}

#[tokio::test]
async fn a_server_that_sends_less_than_the_least_rate_is_given_up() {
    let error = drip(DownloadOptions::new().least_rate(1000, MOMENT)).await;
    let is_slow = matches!(
        error.fault,
        DownloadFault::TooSlow { received, least: 1000, period: MOMENT } if received < 1000
    );
    assert!(is_slow, "{error}");
}

#[tokio::test]
async fn a_download_ends_at_its_deadline_whatever_comes() {
    // The last is a limit, and is kept to.
    for rate in [(0, MOMENT), (1, Duration::ZERO), (1, Duration::MAX), (1, MOMENT * 3)] {
        let options = DownloadOptions::new().least_rate(rate.0, rate.1).timeout(MOMENT * 5);
        let error = drip(options).await;
        assert!(matches!(error.fault, DownloadFault::Late { .. }), "{rate:?}: {error}");
    }
}

#[test]
fn the_blocking_client_keeps_the_same_limits() {
    use apiscribe::blocking::Client as Blocking;
    let client = Blocking::new(Client::builder()).unwrap();
    let options = DownloadOptions::new().allow_private_addresses(true);
    let slow = options.least_rate(1000, MOMENT);
    let late = options.timeout(MOMENT);
    let url = dripping();
    let download = |options| {
        client.download_with(|| Ok(url.clone()), &mut Vec::new(), 1 << 20, options).unwrap_err()
    };
    assert!(matches!(download(slow).fault, DownloadFault::TooSlow { .. }));
    assert!(matches!(download(late).fault, DownloadFault::Late { .. }));
    assert!(matches!(download(DownloadOptions::new()).fault, DownloadFault::PrivateAddress { .. }));
}

#[tokio::test]
async fn one_byte_and_a_break_each_time_come_to_an_end() {
    let server = Server::by(|_, request| {
        let start = range(request).unwrap_or(0);
        let head = format!("content-range: bytes {start}-9999/10000\r\netag: \"v1\"");
        let length = format!("content-length: {}\r\nconnection: close", 10_000 - start);
        Answer::Close(format!("HTTP/1.1 206 X\r\n{head}\r\n{length}\r\n\r\nx").into_bytes())
    });
    let url = server.url.clone();
    let client = client_with(DownloadOptions::new());
    let result = client.download(async || Ok(url.clone()), &mut Vec::new(), 1 << 20).await;
    let requests = server.requests().len();
    assert!(result.unwrap_err().written > 10 && requests < 150, "{requests} requests");
}

#[tokio::test]
async fn a_url_that_never_comes_is_waited_for_until_the_deadline() {
    let client = client_with(DownloadOptions::new().timeout(MOMENT));
    let error = client.download(async || pending().await, &mut Vec::new(), 9).await.unwrap_err();
    assert_eq!(error.to_string(), "the file was not complete within 100ms (after 0 bytes)");
}

/// Takes some bytes, and no more.
struct Stuck(Arc<AtomicUsize>);

impl AsyncWrite for Stuck {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        match self.0.fetch_add(1, SeqCst) {
            0 => Poll::Ready(Ok(3)),
            _ => Poll::Pending,
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Pending
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Pending
    }
}

#[tokio::test]
async fn a_writer_that_is_stuck_is_waited_for_until_the_deadline() {
    let server = Server::json(200, "0123456789");
    let url = server.url.clone();
    let client = client_with(DownloadOptions::new().timeout(MOMENT * 15));
    let mut writer = Stuck(Arc::default());
    let error = client.download(async || Ok(url.clone()), &mut writer, 100).await.unwrap_err();
    assert!(matches!(error.fault, DownloadFault::Late { .. }), "{error}");
    assert_eq!(error.written, 3);
}

#[tokio::test]
async fn a_download_may_have_no_limits_of_time() {
    let server = Server::json(200, "0123456789");
    let url = server.url.clone();
    let options = DownloadOptions::new().timeout(Duration::MAX).least_rate(u64::MAX, Duration::MAX);
    let client = client_with(options);
    let done = client.download(async || Ok(url.clone()), &mut Vec::new(), 100).await.unwrap();
    assert_eq!(done.length, 10);
}
