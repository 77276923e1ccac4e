//! Conformance tests for your own stores: the rules that callers of [`EventStore`] and [`TokenStore`] rely on.
//!
//! Each function opens the store several times, as several processes would, simulates crashes, and panics with a list of
//! the rules that the store breaks:
//!
//! ```no_run
//! # async fn test() {
//! use std::sync::Arc;
//!
//! use apiscribe::callback::MemoryEvents;
//! use apiscribe::store_tests;
//!
//! let events = Arc::new(MemoryEvents::new());
//! store_tests::event_store(move || {
//!     let events = Arc::clone(&events);
//!     async move { events }
//! })
//! .await;
//! # }
//! ```
//!
//! [`EventStoreTests`] and [`TokenStoreTests`] can also cut connections and set the clock. All tests need a tokio
//! runtime, preferably a multi-threaded one.

mod events;
mod tokens;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

pub use self::events::{EventStoreTests, claim};
pub use self::tokens::TokenStoreTests;

use crate::callback::EventStore;
use crate::client::token::TokenStore;

/// Tests an event store with [`EventStoreTests`]. `open` opens it as another process would: what one has stored, the
/// others see.
///
/// # Panics
///
/// With a list of the rules that the store breaks.
pub async fn event_store<S, F>(open: impl Fn() -> F + Send + Sync + 'static)
where
    S: EventStore + 'static,
    F: Future<Output = S> + 'static,
{
    EventStoreTests::new(open).run().await;
}

/// Tests a token store with [`TokenStoreTests`]. `open` opens it as another process would; at first it holds nothing.
///
/// # Panics
///
/// With a list of the rules that the store breaks.
pub async fn token_store<S, F>(open: impl Fn() -> F + Send + Sync + 'static)
where
    S: TokenStore,
    F: Future<Output = S> + 'static,
{
    TokenStoreTests::new(open).run().await;
}

/// A rule that a store broke.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokenRule {
    /// The rule, in words.
    pub rule: &'static str,
    /// What the store did instead.
    pub found: String,
}

impl fmt::Display for BrokenRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.found)
    }
}

/// What was found instead of what a rule says.
type Checked = Result<(), String>;

type LocalFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Opens a store, in any thread.
type Open<S> = Arc<dyn Fn() -> LocalFuture<'static, S> + Send + Sync>;

/// Something that a test can do to the world around a store.
type Hook<A> = Arc<dyn Fn(A) -> LocalFuture<'static, ()>>;

/// A rule, and the test of it.
type Rule<'a> = (&'static str, LocalFuture<'a, Checked>);

fn opening<S, F>(open: impl Fn() -> F + Send + Sync + 'static) -> Open<S>
where
    F: Future<Output = S> + 'static,
{
    Arc::new(move || Box::pin(open()))
}

fn hook<A, F>(act: impl Fn(A) -> F + 'static) -> Hook<A>
where
    F: Future<Output = ()> + 'static,
{
    Arc::new(move |argument| Box::pin(act(argument)))
}

/// Those that were broken. A store that blocks for ever breaks a rule as well; one that stays locked is not tried further.
async fn check_all(rules: Vec<Rule<'_>>) -> Vec<BrokenRule> {
    const LONGEST: Duration = Duration::from_secs(90);
    let mut broken = Vec::new();
    for (rule, test) in rules {
        let blocked = |_| Err(format!("it took more than {LONGEST:?}"));
        let checked = tokio::time::timeout(LONGEST, test).await.unwrap_or_else(blocked);
        let Err(found) = checked else { continue };
        let nothing_works = found.starts_with(tokens::NOT_LOCKED);
        broken.push(BrokenRule { rule, found });
        if nothing_works {
            break;
        }
    }
    broken
}

fn panic_with(store: &str, broken: &[BrokenRule]) {
    let lines: Vec<String> = broken.iter().map(ToString::to_string).collect();
    assert!(broken.is_empty(), "the {store} breaks these rules:\n{}", lines.join("\n"));
}

/// Does something with a store of its own in a thread and a runtime of its own, which end with it as a process does.
async fn in_a_process_that_dies<S: 'static>(
    open: Open<S>,
    work: impl AsyncFnOnce(S) -> Checked + Send + 'static,
) -> Checked {
    let (report, reported) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let result = match runtime {
            Ok(runtime) => {
                let result = runtime.block_on(async { work(open().await).await });
                runtime.shutdown_background();
                result
            }
            Err(error) => Err(format!("no runtime: {error}")),
        };
        report.send(result).ok();
    });
    reported.await.unwrap_or_else(|_| Err("it panicked".to_owned()))
}
