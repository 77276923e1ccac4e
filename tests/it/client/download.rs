//! Files behind URLs that end.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use apiscribe::Client;
use apiscribe::client::RetryPolicy;
use apiscribe::client::download::{Download, DownloadError, DownloadFault, DownloadOptions};
use apiscribe::error::TransportFault;

use super::server::{Answer, Server, response, response_with};

const BILL: &str = "序号,支付时间,订单金额\n1,2026-06-01,100\n2,2026-06-02,200\n";

pub(super) fn client() -> Client {
    client_with(DownloadOptions::new())
}

/// These servers are on loopback.
pub(super) fn client_with(options: DownloadOptions) -> Client {
    let pauses = RetryPolicy::new().pauses(Duration::from_millis(1), Duration::from_millis(2));
    let builder = Client::builder().retry(pauses);
    builder.downloads(options.allow_private_addresses(true)).build().unwrap()
}

/// Downloads from the server, each URL with a number of its own.
pub(super) async fn download(
    server: &Server,
    limit: u64,
) -> (Result<Download, DownloadError>, Vec<u8>, usize) {
    download_by(&client(), server, limit).await
}

async fn download_by(
    client: &Client,
    server: &Server,
    limit: u64,
) -> (Result<Download, DownloadError>, Vec<u8>, usize) {
    let (mut file, urls) = (Vec::new(), AtomicUsize::new(0));
    let fresh_url = async || {
        let number = urls.fetch_add(1, Ordering::Relaxed);
        Ok(format!("{}/bill.csv?sign={number}", server.url))
    };
    let result = client.download(fresh_url, &mut file, limit).await;
    (result, file, urls.into_inner())
}

pub(super) fn range(request: &str) -> Option<usize> {
    let range = request.split("range: bytes=").nth(1)?;
    Some(range.split('-').next()?.parse().unwrap())
}

/// Serves the file, and lets go of the connection after so many bytes of each part.
fn part(request: &str, tag: &str, ends_after: usize) -> Answer {
    let start = range(request).unwrap_or(0);
    let rest = &BILL.as_bytes()[start..];
    let status = if start == 0 { "200 OK" } else { "206 Partial Content" };
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\netag: {tag}\r\ncontent-range: bytes {start}-{}/{}\r\nconnection: \
         close\r\n\r\n",
        rest.len(),
        BILL.len() - 1,
        BILL.len()
    )
    .into_bytes();
    bytes.extend(&rest[..ends_after.min(rest.len())]);
    Answer::Close(bytes)
}

#[tokio::test]
async fn a_file_is_written_whole() {
    let server = Server::json(200, BILL);
    let (result, file, urls) = download(&server, BILL.len() as u64).await;
    let download = result.unwrap();
    assert_eq!((download.length, download.resumed, urls), (BILL.len() as u64, 0, 1));
    assert_eq!(file, BILL.as_bytes());
    assert!(!server.requests()[0].contains("access-token"), "{}", server.requests()[0]);
}

#[tokio::test]
async fn what_breaks_off_goes_on_where_it_was() {
    // More parts than tries: each of them brings something.
    let server = Server::by(|_, request| part(request, "\"v1\"", 10));
    let (result, file, urls) = download(&server, 1000).await;
    assert_eq!(result.unwrap().resumed as usize, BILL.len().div_ceil(10) - 1);
    assert_eq!((file.as_slice(), urls), (BILL.as_bytes(), 1));
    assert!(server.requests()[1].contains("if-range: \"v1\"\r\n"));
}

#[tokio::test]
async fn a_url_that_has_ended_is_replaced() {
    let server = Server::by(|_, request| match request.contains("sign=0 ") {
        // The first URL ends in the middle of the file.
        true if range(request).is_none() => part(request, "\"v1\"", 30),
        true => Answer::Close(response(403, "expired")),
        false => part(request, "\"v1\"", 1000),
    });
    let (result, file, urls) = download(&server, 1000).await;
    assert_eq!((result.unwrap().resumed, urls), (2, 2));
    assert_eq!(file, BILL.as_bytes());
}

#[tokio::test]
async fn a_server_that_knows_no_ranges_starts_anew() {
    let whole = Answer::Close(response(200, BILL));
    let cut = {
        let mut bytes = response(200, BILL);
        bytes.truncate(bytes.len() - 20);
        Answer::Close(bytes)
    };
    let (result, file, _) = download(&Server::series(&[cut, whole]), 1000).await;
    assert_eq!(result.unwrap().resumed, 1);
    assert_eq!(file, BILL.as_bytes());
}

#[tokio::test]
async fn another_file_is_not_put_behind_the_first_half() {
    let server = Server::by(|count, request| {
        part(request, if count == 0 { "\"v1\"" } else { "\"v2\"" }, 10)
    });
    let (result, file, _) = download(&server, 1000).await;
    let error = result.unwrap_err();
    assert!(matches!(error.fault, DownloadFault::Changed), "{error}");
    assert_eq!((error.written, file.len()), (10, 10));
    assert_eq!(
        error.to_string(),
        "the file has changed meanwhile; download it again (after 10 bytes)"
    );
}

#[tokio::test]
async fn a_file_over_the_limit_is_not_taken() {
    let declared = Server::json(200, BILL);
    let (result, file, _) = download(&declared, BILL.len() as u64 - 1).await;
    assert!(matches!(result.unwrap_err().fault, DownloadFault::TooLarge { .. }));
    assert_eq!(file, b"", "the length is known beforehand");
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_owned()
        + &"8\r\n01234567\r\n".repeat(9);
    let server = Server::start(Answer::Stay(chunked.into_bytes()));
    let (result, file, _) = download(&server, 20).await;
    assert!(matches!(result.unwrap_err().fault, DownloadFault::TooLarge { limit: 20 }));
    assert!(file.len() <= 20);
}

#[tokio::test]
async fn a_server_that_never_gives_it_is_given_up() {
    let server = Server::json(403, "no");
    let (result, _, urls) = download(&server, 1000).await;
    assert_eq!(
        result.unwrap_err().to_string(),
        "the server responded with HTTP 403 instead of the file (after 0 bytes)"
    );
    assert_eq!(urls, 3);
    let silent = Server::start(Answer::Stay(Vec::new()));
    let pauses = RetryPolicy::new().pauses(Duration::from_millis(1), Duration::from_millis(2));
    let impatient = Client::builder().retry(pauses).try_timeout(Duration::from_millis(200));
    let options = DownloadOptions::new().allow_private_addresses(true);
    let impatient = impatient.downloads(options).build().unwrap();
    let error = download_by(&impatient, &silent, 1000).await.0.unwrap_err();
    let is_late = matches!(
        &error.fault,
        DownloadFault::Transport(TransportFault::Timeout { after }) if after.as_millis() == 200
    );
    assert!(is_late, "{error}");
    assert_eq!(silent.requests().len(), 3);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Server::json(200, BILL);
    let head = format!("location: {}/x\r\n", target.url);
    let server = Server::start(Answer::Close(response_with(302, &head, "")));
    download(&server, 1000).await.0.unwrap_err();
    assert!(target.requests().is_empty());
}

#[tokio::test]
async fn a_url_that_is_not_safe_is_not_fetched() {
    for url in ["http://bills.example.com/x?y", "ftp://a.cn/", "", "https://user:pass@a.cn/"] {
        let error = client().download(async || Ok(url.to_owned()), &mut Vec::new(), 9).await;
        assert!(matches!(error.unwrap_err().fault, DownloadFault::Url(_)), "{url}");
    }
}

#[tokio::test]
async fn that_no_url_can_be_had_is_said() {
    let error = client().download(async || Err("no bill yet".into()), &mut Vec::new(), 9).await;
    assert_eq!(
        error.unwrap_err().to_string(),
        "could not obtain a URL: no bill yet (after 0 bytes)"
    );
}
