//! The store in memory: leases, limits; and what becomes of a call if a store fails.

use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use apiscribe::callback::{Acknowledgement, Callbacks, Claim, Claimed, EventStore, MemoryEvents};

use super::events::{PLAIN, Trade, accept, body, call, parts, refusal, settle, verifier};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A clock that goes when it is told to.
#[derive(Clone, Default)]
struct Seconds(Arc<AtomicU64>);

impl Seconds {
    fn pass(&self, seconds: u64) {
        self.0.fetch_add(seconds, SeqCst);
    }

    fn store(&self, events: MemoryEvents) -> MemoryEvents {
        let (start, seconds) = (Instant::now(), self.clone());
        events.clock(move || start + Duration::from_secs(seconds.0.load(SeqCst)))
    }
}

#[tokio::test]
async fn a_lease_that_ended_lets_another_handle_the_event_and_keeps_the_late_one_from_undoing_it() {
    let seconds = Seconds::default();
    let store = seconds.store(MemoryEvents::new());
    let callbacks =
        Callbacks::<Trade, _>::with_store(verifier(), store).lease(Duration::from_secs(60));
    let late = callbacks.receive(settle("s1"), async |_| {
        seconds.pass(59);
        assert_eq!(parts(callbacks.receive(settle("s1"), accept).await).0, 409);
        seconds.pass(1);
        assert_eq!(parts(callbacks.receive(settle("s1"), accept).await).0, 200);
        Err::<Acknowledgement, _>("too late")
    });
    assert_eq!(parts(late.await).0, 500);
    let never = async |_| Err("handed over twice");
    assert_eq!(parts(callbacks.receive(settle("s1"), never).await), (200, PLAIN.to_owned()));
}

#[tokio::test]
async fn what_has_been_handled_is_forgotten_by_age() {
    let seconds = Seconds::default();
    let store = seconds.store(MemoryEvents::new());
    let callbacks = Callbacks::<Trade, _>::with_store(verifier(), store);
    callbacks.receive(settle("s1"), accept).await;
    let never = async |_| Err("handed over again");
    seconds.pass(72 * 3600);
    assert_eq!(parts(callbacks.receive(settle("s1"), never).await).0, 200);
    seconds.pass(3601);
    assert_eq!(parts(callbacks.receive(settle("s1"), never).await).0, 500);
}

#[tokio::test]
async fn what_has_been_handled_is_forgotten_by_number() {
    let store = MemoryEvents::with_limits(2, Duration::from_secs(3600));
    let callbacks = Callbacks::<Trade, _>::with_store(verifier(), store);
    for id in ["s1", "s2", "s3"] {
        callbacks.receive(settle(id), accept).await;
    }
    let never = async |_| Err("handed over again");
    assert_eq!(parts(callbacks.receive(settle("s3"), never).await).0, 200);
    assert_eq!(parts(callbacks.receive(settle("s2"), never).await).0, 200);
    assert_eq!(parts(callbacks.receive(settle("s1"), never).await).0, 500);
}

#[tokio::test]
async fn no_more_are_under_way_than_allowed() {
    let store = MemoryEvents::with_limits(1, Duration::from_secs(3600));
    let callbacks = Callbacks::<Trade, _>::with_store(verifier(), store);
    let outer = callbacks.receive(settle("s1"), async |_| {
        let inner = callbacks.receive(settle("s2"), accept).await;
        assert_eq!(parts(inner), refusal(503, "the event was not handled"));
        Ok::<_, String>(Acknowledgement::any())
    });
    assert_eq!(parts(outer.await).0, 200);
    assert_eq!(parts(callbacks.receive(settle("s2"), accept).await).0, 200);
}

/// Fails at what it is told to, and keeps what it was asked.
#[derive(Default)]
struct Failing {
    at: &'static str,
    asked: Mutex<Vec<(&'static str, Claim)>>,
}

impl Failing {
    fn ask(&self, what: &'static str, claim: &Claim) -> Result<(), BoxError> {
        self.asked.lock().unwrap().push((what, claim.clone()));
        if self.at == what { Err("disk full".into()) } else { Ok(()) }
    }
}

impl EventStore for &Failing {
    async fn claim(&self, claim: &Claim) -> Result<Claimed, BoxError> {
        self.ask("claim", claim).map(|()| Claimed::New)
    }

    async fn complete(&self, claim: &Claim, _: &[u8]) -> Result<(), BoxError> {
        self.ask("complete", claim)
    }

    async fn release(&self, claim: &Claim) -> Result<(), BoxError> {
        self.ask("release", claim)
    }
}

#[tokio::test]
async fn a_store_that_fails_before_the_handler_keeps_the_event_for_later() {
    let store = Failing { at: "claim", ..Failing::default() };
    let callbacks = Callbacks::<Trade, _>::with_store(verifier(), &store);
    let response = callbacks.receive(settle("s1"), accept).await;
    assert_eq!(parts(response), refusal(503, "the event was not handled"));
}

#[tokio::test]
async fn a_store_that_fails_after_the_handler_does_not_bring_the_event_back() {
    let store = Failing { at: "complete", ..Failing::default() };
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let callbacks = Callbacks::<Trade, _>::with_store(verifier(), &store)
        .on_error(move |error| log.lock().unwrap().push(error.to_string()));
    assert_eq!(parts(callbacks.receive(settle("s1"), accept).await), (200, PLAIN.to_owned()));
    assert!(told.lock().unwrap()[0].starts_with("the store of events failed: disk full (settle "));
}

#[tokio::test]
async fn a_claim_names_its_event_and_has_a_token_of_its_own() {
    let store = Failing::default();
    let callbacks = Callbacks::<Trade, _>::with_store(verifier(), &store).accept_unknown(true);
    callbacks.receive(settle("s1"), accept).await;
    callbacks.receive(settle(&"s".repeat(500)), accept).await;
    callbacks.receive(call(&body("new", "")), accept).await;
    let asked = store.asked.lock().unwrap();
    let words: Vec<&str> = asked.iter().map(|(what, _)| *what).collect();
    assert_eq!(words, ["claim", "complete", "claim", "complete", "claim", "complete"]);
    assert_eq!(asked[0].1, asked[1].1);
    assert_ne!(asked[0].1.token, asked[2].1.token);
    assert_eq!(asked[0].1.key, "settle:s1");
    assert!(asked[2].1.key.starts_with("sha256:") && asked[2].1.key.len() == 71);
    // The hash of nothing.
    let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(asked[4].1.key, format!("new:sha256:{nothing}"));
}

#[tokio::test]
async fn a_key_of_200_bytes_is_kept_as_it_is_and_a_longer_one_is_hashed() {
    let store = Failing::default();
    let callbacks = Callbacks::<Trade, _>::with_store(verifier(), &store);
    let longest = "s".repeat(200 - "settle:".len());
    callbacks.receive(settle(&longest), accept).await;
    callbacks.receive(settle(&(longest.clone() + "s")), accept).await;
    let asked = store.asked.lock().unwrap();
    assert_eq!(asked[0].1.key, format!("settle:{longest}"));
    assert!(asked[2].1.key.starts_with("sha256:"), "{}", asked[2].1.key);
}

#[tokio::test]
async fn a_lease_may_have_no_end() {
    let seconds = Seconds::default();
    let store = seconds.store(MemoryEvents::new());
    let callbacks = Callbacks::<Trade, _>::with_store(verifier(), store).lease(Duration::MAX);
    let endless = callbacks.receive(settle("s1"), async |_| {
        seconds.pass(10 * 366 * 24 * 3600);
        assert_eq!(parts(callbacks.receive(settle("s1"), accept).await).0, 409);
        Ok::<_, String>(Acknowledgement::any())
    });
    assert_eq!(parts(endless.await), (200, PLAIN.to_owned()));
}

#[tokio::test]
async fn no_store_has_to_count_a_lease_that_no_clock_can() {
    let store = Failing::default();
    let callbacks = Callbacks::<Trade, _>::with_store(verifier(), &store).lease(Duration::MAX);
    callbacks.receive(settle("s1"), accept).await;
    let lease = store.asked.lock().unwrap()[0].1.lease;
    assert!(i64::try_from(lease.as_micros()).is_ok() && lease.as_secs() > 99 * 365 * 24 * 3600);
}
