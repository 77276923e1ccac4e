//! What a call leaves in the log.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::faulty_stores::{Faulty, Step};
use super::platform::{Platform, expired, refreshing};
use super::server::Server;
use super::types::Pay;

/// Every field of every span, in one line; of events, which are those of the layers below, whether any shows a secret.
#[derive(Clone, Default)]
struct Log {
    spans: Lines,
    events: Lines,
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<String>>);

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        write!(self.spans.0.lock().unwrap(), "{} ", span.metadata().name()).unwrap();
        span.record(&mut self.spans.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, fields: &Record<'_>) {
        fields.record(&mut self.spans.clone());
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.events.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl Visit for Lines {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

async fn log_of(status: u16, body: &str) -> String {
    let server = Server::json(status, body);
    let log = Log::default();
    // Of a single subscriber tracing would ask the thread that makes a span first, which may be another test's without
    // any, and make none ever after.
    let _another = tracing::Dispatch::new(Log::default());
    let guard = tracing::subscriber::set_default(log.clone());
    let _ = server.client().call(&Pay::new("p1")).await;
    drop(guard);
    let events = log.events.0.lock().unwrap();
    assert!(!events.is_empty() && !events.contains("clt.secret"), "{events}");
    log.spans.0.lock().unwrap().clone()
}

#[tokio::test]
async fn a_call_leaves_endpoint_status_code_and_log_id() {
    let log = log_of(200, r#"{"err_no":0,"log_id":"L1","data":{"amount":5,"items":[]}}"#).await;
    assert_eq!(log, r#"call endpoint="pay" status=200 code=0 log_id=L1 "#);
}

#[tokio::test]
async fn a_refusal_leaves_its_code() {
    let log = log_of(400, r#"{"err_no":23111,"err_msg":"m","log_id":"L2"}"#).await;
    assert_eq!(log, r#"call endpoint="pay" status=400 code=23111 log_id=L2 "#);
}

#[tokio::test]
async fn what_cannot_be_read_leaves_its_status() {
    let log = log_of(502, "<html>").await;
    assert_eq!(log, r#"call endpoint="pay" status=502 "#);
}

#[tokio::test]
async fn a_token_store_that_fails_leaves_a_warning() {
    let platform = Platform::start();
    let tokens = refreshing(expired()).store(Faulty::new(Step::Save, 1));
    let log = Log::default();
    let _another = tracing::Dispatch::new(Log::default());
    let guard = tracing::subscriber::set_default(log.clone());
    let client = platform.builder(tokens).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    client.flush_tokens().await;
    drop(guard);
    let events = log.events.0.lock().unwrap();
    let warning = r#"auth="client_token" action="save" error=no space left on device "#;
    assert!(events.contains("the token store failed; ") && events.contains(warning), "{events}");
}
