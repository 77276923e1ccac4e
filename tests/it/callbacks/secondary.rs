//! An event that was handled stays handled, whatever fails beside it, and what its call holds makes no long log lines.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use apiscribe::callback::{
    Acknowledgement, Callbacks, Claim, Claimed, EventStore, MemoryEvents, ReceiveError,
};

use super::events::{
    PLAIN, Trade, accept, body, call, callbacks, parts, refusal, settle, verifier,
};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Claims as the memory does, and fails or panics when it is told that an event is done.
struct Forgetful {
    memory: MemoryEvents,
    panics: bool,
}

impl EventStore for Forgetful {
    async fn claim(&self, claim: &Claim) -> Result<Claimed, BoxError> {
        self.memory.claim(claim).await
    }

    async fn complete(&self, _: &Claim, _: &[u8]) -> Result<(), BoxError> {
        assert!(!self.panics, "a test's own");
        Err("disk full".into())
    }

    async fn release(&self, claim: &Claim) -> Result<(), BoxError> {
        assert!(!self.panics, "a test's own");
        self.memory.release(claim).await
    }
}

fn forgetful(panics: bool) -> Callbacks<Trade, Forgetful> {
    Callbacks::with_store(verifier(), Forgetful { memory: MemoryEvents::new(), panics })
}

#[tokio::test]
async fn a_log_that_panics_costs_no_acknowledgement_and_no_refusal() {
    let callbacks = forgetful(false).on_error(|_| panic!("a test's own"));
    let response = callbacks.receive(settle("s1"), accept).await;
    assert_eq!(parts(response), (200, PLAIN.to_owned()));
    let response = callbacks.receive(call(b"{"), accept).await;
    assert_eq!(parts(response), refusal(422, "the body is not the documented JSON"));
}

#[tokio::test]
async fn a_store_that_panics_once_an_event_is_handled_costs_no_acknowledgement() {
    static TOLD: AtomicUsize = AtomicUsize::new(0);
    let callbacks = forgetful(true).on_error(|error| {
        assert!(
            matches!(error, ReceiveError::Store { .. } | ReceiveError::Handler { .. }),
            "{error}"
        );
        TOLD.fetch_add(1, Ordering::Relaxed);
    });
    let response = callbacks.receive(settle("s1"), accept).await;
    assert_eq!(parts(response), (200, PLAIN.to_owned()));
    assert_eq!(TOLD.load(Ordering::Relaxed), 1);
    let failing = async |_| Err::<Acknowledgement, _>("no database");
    let response = callbacks.receive(settle("s2"), failing).await;
    assert_eq!(parts(response), refusal(500, "the event was not handled"));
    assert_eq!(TOLD.load(Ordering::Relaxed), 3);
}

/// What the log is told of one call.
async fn told<S: EventStore>(
    callbacks: Callbacks<Trade, S>,
    request: http::Request<Vec<u8>>,
    handler: impl AsyncFnOnce(apiscribe::callback::Event<Trade>) -> Result<Acknowledgement, BoxError>,
) -> (String, [Option<String>; 3]) {
    let told = Arc::new(Mutex::new(None));
    let log = Arc::clone(&told);
    let callbacks = callbacks.on_error(move |error| {
        let parts = [error.event(), error.identity(), error.log_id()];
        *log.lock().unwrap() = Some((error.to_string(), parts.map(|part| part.map(str::to_owned))));
    });
    callbacks.receive(request, |event| handler(event)).await;
    told.lock().unwrap().take().unwrap()
}

fn with_log_id(mut request: http::Request<Vec<u8>>) -> http::Request<Vec<u8>> {
    request.headers_mut().insert("Byte-Logid", "L1".parse().unwrap());
    request
}

/// Fails or panics when an event is claimed, or says that another has it.
struct Unwilling(&'static str);

impl EventStore for Unwilling {
    async fn claim(&self, _: &Claim) -> Result<Claimed, BoxError> {
        match self.0 {
            "busy" => Ok(Claimed::InProgress),
            "new" => Ok(Claimed::New),
            "panic" => panic!("a test's own"),
            other => Err(other.into()),
        }
    }

    async fn complete(&self, _: &Claim, _: &[u8]) -> Result<(), BoxError> {
        Ok(())
    }

    async fn release(&self, _: &Claim) -> Result<(), BoxError> {
        Ok(())
    }
}

#[tokio::test]
async fn an_error_says_which_event_it_is_about() {
    let failing = async |_| Err("row 1\nERROR row 2".into());
    let panicking = async |_| panic!("a test's own");
    let with = |what| Callbacks::<Trade, _>::with_store(verifier(), Unwilling(what));
    let request = || with_log_id(settle("s1"));
    for (told, expected) in [
        (told(with("new"), request(), failing).await, r"the handler failed: row 1\nERROR row 2"),
        (told(with("new"), request(), panicking).await, "the handler, or the store, panicked"),
        (told(with("panic"), request(), failing).await, "the handler, or the store, panicked"),
        (
            told(with("busy"), request(), failing).await,
            "the event is being handled by another call",
        ),
        (
            told(with("disk\nfull"), request(), failing).await,
            r"the store of events failed: disk\nfull",
        ),
    ] {
        let (shown, parts) = told;
        let about = " (settle s1, log_id L1); ";
        assert!(shown.starts_with(&format!("{expected}{about}")), "{shown}");
        let parts = parts.each_ref().map(Option::as_deref);
        assert_eq!(parts, [Some("settle"), Some("s1"), Some("L1")], "{shown}");
    }
    let long = with("new").accept_unknown(true);
    let request = with_log_id(call(&body(&"k".repeat(1000), "{}")));
    let (shown, parts) = told(long, request, failing).await;
    assert!(shown.contains(&format!(" ({}…, log_id L1); ", "k".repeat(80))), "{shown}");
    assert_eq!(parts[1], None, "nothing is known of such events");
    let endless = async |_| Err("x".repeat(100_000).into());
    let (shown, _) = told(with("new"), settle("s1"), endless).await;
    assert!(shown.len() < 1000, "{} bytes", shown.len());
    let (shown, parts) = told(with("new"), with_log_id(call(b"{")), failing).await;
    assert!(shown.contains(" (log_id L1); "), "{shown}");
    assert_eq!(parts, [None, None, Some("L1".to_owned())]);
}

#[test]
fn a_long_call_makes_no_long_error() {
    let long = "字\u{202e}".repeat(50_000);
    let key = format!("{{\"{}\n\":[", "k".repeat(100_000));
    for body in [
        body("settle", &format!(r#"{{"settle_id":{{"{long}":1}}}}"#)),
        body("settle", &format!("\"{long}\"")),
        body("settle", &key),
        body("settle", &long),
        body(&long, "{}"),
        format!(r#"{{"type":"settle","msg":{{"settle_id":["{long}"]}}}}"#).into_bytes(),
        format!(r#"{{"type":"settle","{long}":"#).into_bytes(),
        format!(r#"{{"type":["{long}"],"msg":""}}"#).into_bytes(),
        [b"{\"a\n\x1b[31m", &[b'x'; 100_000][..], b"\":nul"].concat(),
        long.clone().into_bytes(),
    ] {
        let request = call(&body);
        let error = match verifier().verify::<Trade>(request.headers(), request.body()) {
            Err(error) => error,
            // As the receiver has it.
            Ok(event) => ReceiveError::Handler {
                error: format!("{:?}", event.log_id()).into(),
                event: Box::default(),
            },
        };
        let shown = format!("{error}");
        assert!(shown.len() < 1500, "{} bytes: {}", shown.len(), &shown[..300]);
        assert!(!shown.contains(['\n', '\u{1b}', '\u{202e}']), "{}", &shown[..300]);
        let debug = format!("{error:?}");
        assert!(debug.len() < 3000, "{} bytes: {}", debug.len(), &debug[..300]);
    }
}

#[tokio::test]
async fn a_kind_with_a_long_name_makes_no_long_error() {
    let callbacks = callbacks().on_error(|error| {
        let (shown, debug) = (error.to_string(), format!("{error:?}"));
        assert!(shown.len() < 1000 && debug.len() < 2000, "{} and {}", shown.len(), debug.len());
        TOLD.fetch_add(1, Ordering::Relaxed);
    });
    static TOLD: AtomicUsize = AtomicUsize::new(0);
    callbacks.receive(call(&body(&"k".repeat(100_000), "{}")), accept).await;
    assert_eq!(TOLD.load(Ordering::Relaxed), 1);
}
