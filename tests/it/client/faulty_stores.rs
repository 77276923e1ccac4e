//! Token stores that fail: they cost no call and no login.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use apiscribe::client::BoxFuture;
use apiscribe::client::token::{
    FileStore, LockedStore, MemoryStore, StoreError, StoredToken, TokenStore,
};
use apiscribe::{Client, Tokens};

use super::platform::{Platform, expired, old, refreshing, token, until};
use super::types::{Issue, Pay};

/// What a store does not do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    Lock,
    Load,
    Save,
}

/// Fails at one step, so many times.
#[derive(Debug, Clone)]
pub(super) struct Faulty {
    store: MemoryStore,
    step: Step,
    failures: Arc<AtomicUsize>,
    locks: Arc<AtomicUsize>,
}

impl Faulty {
    pub(super) fn new(step: Step, failures: usize) -> Self {
        let failures = Arc::new(failures.into());
        Self { store: MemoryStore::default(), step, failures, locks: Arc::default() }
    }

    /// How often it was asked for.
    pub(super) fn locks(&self) -> usize {
        self.locks.load(Ordering::SeqCst)
    }

    fn check(&self, step: Step) -> Result<(), StoreError> {
        let fewer = |failures: usize| failures.checked_sub(1);
        let is_due = step == self.step
            && self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, fewer).is_ok();
        if is_due { Err("no space left on device".into()) } else { Ok(()) }
    }
}

impl TokenStore for Faulty {
    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn LockedStore>, StoreError>> {
        Box::pin(async move {
            self.locks.fetch_add(1, Ordering::SeqCst);
            self.check(Step::Lock)?;
            let locked = Locked(self.clone(), self.store.lock().await?);
            Ok(Box::new(locked) as Box<dyn LockedStore>)
        })
    }
}

struct Locked(Faulty, Box<dyn LockedStore>);

impl LockedStore for Locked {
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        Box::pin(async move {
            self.0.check(Step::Load)?;
            self.1.load().await
        })
    }

    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.0.check(Step::Save)?;
            self.1.save(token).await
        })
    }
}

async fn stored(store: &MemoryStore) -> Option<StoredToken> {
    store.lock().await.unwrap().load().await.unwrap()
}

async fn pay(client: &Client) {
    client.call(&Pay::new("p1")).await.unwrap();
}

#[tokio::test]
async fn a_store_that_always_fails_costs_no_call() {
    for step in [Step::Lock, Step::Load, Step::Save] {
        for first in [expired(), old(), token(-1_000, 7_000_000)] {
            let platform = Platform::start();
            let tokens = refreshing(first).store(Faulty::new(step, usize::MAX));
            let client = platform.builder(tokens).build().unwrap();
            for _ in 0..3 {
                pay(&client).await;
                client.flush_tokens().await;
            }
            assert!(platform.fetches().len() <= 1, "{step:?}: {:?}", platform.fetches());
        }
    }
}

#[tokio::test]
async fn a_refresh_token_that_could_not_be_saved_is_still_the_last_one() {
    let platform = Platform::start();
    let store = Faulty::new(Step::Save, 1);
    let memory = store.store.clone();
    memory.lock().await.unwrap().save(&expired()).await.unwrap();
    let client = platform.builder(refreshing(expired()).store(store)).build().unwrap();
    pay(&client).await;
    platform.refuse_up_to(1);
    pay(&client).await;
    assert_eq!(platform.fetches(), [r#"{"secret":"r.0"}"#, r#"{"secret":"r.1"}"#]);
    client.flush_tokens().await;
    assert_eq!(stored(&memory).await.unwrap().refresh_token, Some("r.2".into()));
}

#[tokio::test]
async fn a_token_that_could_not_be_saved_is_saved_later() {
    for step in [Step::Lock, Step::Save] {
        let platform = Platform::start();
        let store = Faulty::new(step, 1);
        let memory = store.store.clone();
        let tokens = Tokens::new(Issue::new()).store(store);
        let client = platform.builder(tokens).build().unwrap();
        pay(&client).await;
        client.flush_tokens().await;
        assert_eq!(stored(&memory).await, None, "{step:?}");
        let mut kept = None;
        while kept.is_none() {
            tokio::time::sleep(Duration::from_millis(20)).await;
            kept = stored(&memory).await;
        }
        assert_eq!(kept.unwrap().token, "clt.1".into(), "{step:?}");
        assert_eq!(platform.fetches().len(), 1);
    }
}

#[tokio::test]
async fn a_store_that_cannot_be_read_once_keeps_what_another_process_has_saved() {
    let platform = Platform::start();
    let store = Faulty::new(Step::Load, 1);
    let memory = store.store.clone();
    let other = platform.builder(refreshing(expired()).store(memory.clone())).build().unwrap();
    pay(&other).await;
    other.flush_tokens().await;
    let client = platform.builder(refreshing(expired()).store(store)).build().unwrap();
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    assert!(error.to_string().contains("refresh token expired"), "{error}");
    client.flush_tokens().await;
    assert_eq!(stored(&memory).await.unwrap().refresh_token, Some("r.1".into()));
    pay(&client).await;
    assert_eq!(platform.tokens(), ["clt.1", "clt.1"]);
}

#[tokio::test]
async fn a_token_that_was_saved_too_late_does_not_replace_a_newer_one() {
    let platform = Platform::start();
    let store = Faulty::new(Step::Save, 1);
    let memory = store.store.clone();
    let tokens = Tokens::new(Issue::new()).store(store.clone());
    let client = platform.builder(tokens).build().unwrap();
    pay(&client).await;
    client.flush_tokens().await;
    let newer = StoredToken { token: "clt.9".into(), ..token(1_000, 7_000_000) };
    memory.lock().await.unwrap().save(&newer).await.unwrap();
    let mut is_known = false;
    while !is_known {
        tokio::time::sleep(Duration::from_millis(20)).await;
        pay(&client).await;
        is_known = platform.tokens().last().unwrap() == "clt.9";
    }
    assert_eq!(stored(&memory).await, Some(newer));
}

#[tokio::test]
async fn while_another_process_holds_the_store_a_token_that_lives_on_is_not_replaced() {
    let platform = Platform::start();
    let folder = tempfile::tempdir().unwrap();
    let store =
        FileStore::new(folder.path().join("token.json")).patience(Duration::from_millis(20));
    let held = store.lock().await.unwrap();
    let client = platform.builder(refreshing(old()).store(store)).build().unwrap();
    pay(&client).await;
    client.flush_tokens().await;
    assert_eq!(platform.fetches(), Vec::<String>::new(), "the other may be fetching one");
    drop(held);
}

#[tokio::test]
async fn while_another_process_holds_the_store_a_token_about_to_expire_is_replaced_in_the_background()
 {
    let platform = Platform::start();
    let folder = tempfile::tempdir().unwrap();
    let store =
        FileStore::new(folder.path().join("token.json")).patience(Duration::from_millis(20));
    let _held = store.lock().await.unwrap();
    let first = token(-8_000_000, 100_000);
    let client = platform.builder(refreshing(first).store(store)).build().unwrap();
    pay(&client).await;
    client.flush_tokens().await;
    pay(&client).await;
    assert_eq!(platform.tokens(), ["clt.0", "clt.1"]);
}

#[tokio::test]
async fn a_store_that_another_process_holds_for_ever_costs_one_fetch_and_is_written_when_it_is_free()
 {
    let platform = Platform::start();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token.json");
    let store = FileStore::new(&path).patience(Duration::from_millis(20));
    let held = store.lock().await.unwrap();
    let client = platform.builder(refreshing(expired()).store(store)).build().unwrap();
    for _ in 0..5 {
        pay(&client).await;
    }
    assert_eq!(platform.fetches().len(), 1);
    assert!(!path.exists());
    drop(held);
    until(|| path.exists()).await;
}

#[tokio::test]
async fn two_processes_with_one_file_refresh_a_rotating_token_once() {
    let platform = Platform::start();
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::new(folder.path().join("token.json"));
    let client = || platform.builder(refreshing(expired()).store(store.clone())).build().unwrap();
    let (one, other) = (client(), client());
    tokio::join!(pay(&one), pay(&other));
    assert_eq!(platform.fetches(), [r#"{"secret":"r.0"}"#]);
    platform.refuse_up_to(1);
    tokio::join!(pay(&one), pay(&other));
    assert_eq!(platform.fetches(), [r#"{"secret":"r.0"}"#, r#"{"secret":"r.1"}"#]);
}
