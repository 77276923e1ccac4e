//! The same on axum, over a real connection on loopback.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use apiscribe::callback::{Acknowledgement, CallbackVerifier, Callbacks, Event, VerifiedEvent};
use axum::Router;
use axum::routing::post;
use http::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::events::{PLAIN, Trade, accept, callbacks, refusal, settle, verifier};

/// Serves until the test's runtime ends.
pub(crate) async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Status and body of what the server says to a request.
pub(crate) async fn send(address: &str, request: &Request<Vec<u8>>) -> (u16, String) {
    exchange(address, &message(request)).await
}

/// The request as it goes over a connection.
pub(super) fn message(request: &Request<Vec<u8>>) -> Vec<u8> {
    let mut head = format!(
        "{} {} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n",
        request.method(),
        request.uri()
    );
    for (name, value) in request.headers() {
        head += &format!("{name}: {}\r\n", value.to_str().unwrap());
    }
    head += &format!("content-length: {}\r\n\r\n", request.body().len());
    [head.as_bytes(), request.body()].concat()
}

/// Sends this, and reads until the server closes.
pub(super) async fn exchange(address: &str, request: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), body.to_owned())
}

#[tokio::test]
async fn a_router_answers_calls_and_hands_each_event_over_once() {
    let handled = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&handled);
    let router = callbacks().router("/callback", move |_: Event<Trade>| {
        count.fetch_add(1, SeqCst);
        async { Ok::<_, String>(Acknowledgement::any()) }
    });
    let address = serve(router).await;
    for _ in 0..3 {
        assert_eq!(send(&address, &settle("s1")).await, (200, PLAIN.to_owned()));
    }
    assert_eq!(handled.load(SeqCst), 1);
    let mut changed = settle("s2");
    changed.body_mut().push(b' ');
    assert_eq!(send(&address, &changed).await, refusal(401, "the signature does not match"));
}

#[tokio::test]
async fn a_router_takes_calls_by_post_only() {
    let address = serve(callbacks().router("/callback", accept)).await;
    let mut get = settle("s1");
    *get.method_mut() = http::Method::GET;
    assert_eq!(send(&address, &get).await.0, 405);
}

#[tokio::test]
async fn a_body_is_read_up_to_the_limit_and_no_further() {
    let callbacks = Callbacks::<Trade>::new(verifier().max_body(10));
    let address = serve(callbacks.router("/callback", accept)).await;
    let expected = refusal(413, "the body is over the limit of 10 bytes");
    assert_eq!(send(&address, &settle("s1")).await, expected);
    // In chunks its length is not known before, and the last chunk never comes.
    let endless = "POST /callback HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                   transfer-encoding: chunked\r\n\r\n8\r\n12345678\r\n8\r\n12345678\r\n";
    assert_eq!(exchange(&address, endless.as_bytes()).await, expected);
}

#[tokio::test]
async fn an_extractor_gives_what_is_verified_and_parsed() {
    async fn handler(VerifiedEvent(event): VerifiedEvent<Trade>) -> String {
        apiscribe::Events::identity(event.content()).unwrap()
    }
    let router: Router =
        Router::new().route("/callback", post(handler)).with_state::<()>(verifier());
    let address = serve(router).await;
    assert_eq!(send(&address, &settle("s1")).await, (200, "s1".to_owned()));
    let mut unsigned = settle("s1");
    unsigned.headers_mut().remove("Byte-Signature");
    let expected = refusal(400, "the header `Byte-Signature` is missing");
    assert_eq!(send(&address, &unsigned).await, expected);
}

#[test]
fn a_verifier_is_cheap_to_clone_and_goes_to_other_threads() {
    fn goes<T: Clone + Send + Sync + 'static>() {}
    goes::<CallbackVerifier>();
}
