//! The client for programs that are not asynchronous.

use apiscribe::Error;
use apiscribe::blocking::Client;
use apiscribe::client::CallOptions;
use apiscribe::client::download::DownloadOptions;
use apiscribe::error::RequestError;

use super::server::Server;
use super::types::Pay;
use generated_client::platform::Fen;

const PAID: &str = r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#;

#[test]
fn calls_from_many_threads_at_once() {
    let server = Server::json(200, PAID);
    let client = Client::new(server.builder()).unwrap();
    let threads = (0..8).map(|_| {
        let client = client.clone();
        std::thread::spawn(move || client.call(&Pay::new("p1")).unwrap().amount)
    });
    for thread in threads.collect::<Vec<_>>() {
        assert_eq!(thread.join().unwrap(), Fen(5));
    }
}

#[test]
fn errors_and_options_are_the_same() {
    let server = Server::json(200, PAID);
    let client = Client::new(server.builder()).unwrap();
    let long = Pay::new("a long pay_no");
    assert!(matches!(client.call(&long).unwrap_err(), Error::Invalid(_)));
    client.call_with(&long, CallOptions::new().without_validation()).unwrap();
}

#[test]
fn files_are_downloaded_with_urls_that_a_call_brings() {
    let server = Server::json(200, PAID);
    let options = DownloadOptions::new().allow_private_addresses(true);
    let client = Client::new(server.builder().downloads(options)).unwrap();
    let mut file = Vec::new();
    let fresh_url = || {
        client.call(&Pay::new("p1"))?;
        Ok(server.url.clone())
    };
    let download = client.download(fresh_url, &mut file, 1000).unwrap();
    assert_eq!((download.length, file.as_slice()), (PAID.len() as u64, PAID.as_bytes()));
}

#[tokio::test]
async fn inside_a_runtime_it_refuses_and_does_not_panic() {
    let server = Server::json(200, PAID);
    let client = Client::new(server.builder()).unwrap();
    let error = client.call(&Pay::new("p1")).unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::BlockingInRuntime)), "{error}");
    let error = client.download(|| Ok(server.url.clone()), &mut Vec::new(), 9).unwrap_err();
    assert!(error.to_string().contains("use `apiscribe::Client` there"), "{error}");
    drop(client);
    assert!(server.requests().is_empty());
}
