//! A platform that hangs up, or whose body never comes, on axum over a real connection on loopback.

use std::future::{Ready, pending, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::Poll;
use std::time::Duration;

use apiscribe::callback::{
    Acknowledgement, Callbacks, Claim, Claimed, Event, EventStore, ReceiveError,
};
use axum::body::Body;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tower_service::Service;

use super::events::{PLAIN, Trade, accept, callbacks, refusal, settle, verifier};
use super::server::{exchange, message, send, serve};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A handler of two halves, between which a test can look around.
#[derive(Clone, Default)]
struct Halves(Arc<State>);

#[derive(Default)]
struct State {
    begun: AtomicUsize,
    ended: AtomicUsize,
    has_begun: Notify,
    go_on: Notify,
}

impl Halves {
    async fn handle(self, _: Event<Trade>) -> Result<Acknowledgement, String> {
        self.0.begun.fetch_add(1, SeqCst);
        self.0.has_begun.notify_one();
        self.0.go_on.notified().await;
        self.0.ended.fetch_add(1, SeqCst);
        Ok(Acknowledgement::any())
    }
}

#[tokio::test]
async fn a_caller_that_hangs_up_does_not_cut_a_handler_in_two() {
    let (callbacks, halves) = (callbacks(), Halves::default());
    let in_flight = callbacks.in_flight();
    let handler = halves.clone();
    let router = callbacks.router("/callback", move |event| handler.clone().handle(event));
    let address = serve(router).await;
    let mut caller = TcpStream::connect(&address).await.unwrap();
    caller.write_all(&message(&settle("s1"))).await.unwrap();
    halves.0.has_begun.notified().await;
    drop(caller);
    // A server that stopped the handler would hand the event over once more.
    for _ in 0..3 {
        let under_way = refusal(409, "the event is being handled");
        assert_eq!(send(&address, &settle("s1")).await, under_way);
    }
    assert_eq!(in_flight.count(), 1);
    halves.0.go_on.notify_one();
    in_flight.finished().await;
    assert_eq!(send(&address, &settle("s1")).await, (200, PLAIN.to_owned()));
    let counts = (halves.0.begun.load(SeqCst), halves.0.ended.load(SeqCst));
    assert_eq!((counts, in_flight.count()), ((1, 1), 0));
}

/// Whoever shuts down between the end of a body and the start of its handler waits for it as well.
#[tokio::test]
async fn a_call_is_in_flight_before_its_handler_begins() {
    let callbacks = callbacks();
    let in_flight = callbacks.in_flight();
    let mut router = callbacks.router("/callback", accept);
    let request = settle("s1").map(Body::from);
    let mut response = pin!(Service::call(&mut router, request));
    // The task of the call is one that nobody has polled yet.
    let is_pending = poll_fn(|cx| Poll::Ready(response.as_mut().poll(cx).is_pending())).await;
    assert_eq!((is_pending, in_flight.count()), (true, 1));
    in_flight.finished().await;
    assert_eq!((in_flight.count(), response.await.unwrap().status().as_u16()), (0, 200));
}

/// A runtime that ends drops the tasks that it has not begun, and those that it has.
#[test]
fn a_call_that_is_dropped_is_not_in_flight() {
    for polls in [0, 3] {
        let callbacks = callbacks();
        let in_flight = callbacks.in_flight();
        let stuck = |_: Event<Trade>| pending::<Result<Acknowledgement, String>>();
        let mut router = callbacks.router("/callback", stuck);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut response = pin!(Service::call(&mut router, settle("s1").map(Body::from)));
            let is_pending =
                poll_fn(|cx| Poll::Ready(response.as_mut().poll(cx).is_pending())).await;
            assert!(is_pending);
            for _ in 0..polls {
                tokio::task::yield_now().await;
            }
            assert_eq!(in_flight.count(), 1);
        });
        drop(runtime);
        assert_eq!(in_flight.count(), 0);
    }
}

#[tokio::test]
async fn a_handler_that_panics_leaves_nothing_in_flight() {
    let callbacks = callbacks();
    let in_flight = callbacks.in_flight();
    let handler =
        |_: Event<Trade>| -> Ready<Result<Acknowledgement, String>> { panic!("a test's own") };
    let address = serve(callbacks.router("/callback", handler)).await;
    assert_eq!(send(&address, &settle("s1")).await.0, 500);
    in_flight.finished().await;
    assert_eq!(in_flight.count(), 0);
}

#[tokio::test]
async fn a_handler_that_panics_is_refused_and_gives_its_event_back() {
    let calls = Arc::new(AtomicUsize::new(0));
    let handler = move |_: Event<Trade>| {
        let is_first = calls.fetch_add(1, SeqCst) == 0;
        async move {
            tokio::task::yield_now().await;
            assert!(!is_first, "a test's own");
            Ok::<_, String>(Acknowledgement::any())
        }
    };
    let address = serve(callbacks().router("/callback", handler)).await;
    let refused = refusal(500, "the event was not handled");
    assert_eq!(send(&address, &settle("s1")).await, refused);
    assert_eq!(send(&address, &settle("s1")).await.0, 200);
}

/// Panics at once.
struct Panicking;

impl EventStore for Panicking {
    async fn claim(&self, _: &Claim) -> Result<Claimed, BoxError> {
        panic!("a test's own")
    }

    async fn complete(&self, _: &Claim, _: &[u8]) -> Result<(), BoxError> {
        unreachable!("nothing was claimed")
    }

    async fn release(&self, _: &Claim) -> Result<(), BoxError> {
        unreachable!("nothing was claimed")
    }
}

#[tokio::test]
async fn a_store_that_panics_is_answered_and_told() {
    let told = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&told);
    let callbacks =
        Callbacks::<Trade, _>::with_store(verifier(), Panicking).on_error(move |error| {
            assert!(matches!(error, ReceiveError::Panicked { .. }));
            assert_eq!(error.event(), Some("settle"));
            count.fetch_add(1, SeqCst);
        });
    let address = serve(callbacks.router("/callback", accept)).await;
    let refused = refusal(500, "the event was not handled");
    assert_eq!(send(&address, &settle("s1")).await, refused);
    assert_eq!(told.load(SeqCst), 1);
}

#[tokio::test]
async fn a_body_that_never_comes_is_closed_in_time() {
    let callbacks = Callbacks::<Trade>::new(verifier().body_timeout(Duration::from_millis(50)));
    let address = serve(callbacks.router("/callback", accept)).await;
    let expected = refusal(408, "the body did not arrive within 50ms");
    let head = "POST /callback HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n";
    for begun in ["", "123"] {
        // That this returns shows that the server closed the connection, which the caller did not ask for.
        assert_eq!(exchange(&address, format!("{head}{begun}").as_bytes()).await, expected);
    }
}

#[tokio::test]
async fn a_body_may_take_for_ever_if_it_is_allowed_to() {
    let callbacks = Callbacks::<Trade>::new(verifier().body_timeout(Duration::MAX));
    let address = serve(callbacks.router("/callback", accept)).await;
    assert_eq!(send(&address, &settle("s1")).await, (200, PLAIN.to_owned()));
}
