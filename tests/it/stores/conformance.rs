//! All stores that are shipped keep the rules.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::time::{Duration, Instant};

use apiscribe::callback::MemoryEvents;
use apiscribe::client::token::{FileStore, MemoryStore};
use apiscribe::store_tests::{EventStoreTests, TokenStoreTests, event_store, token_store};
use apiscribe::stores::{DatabaseEvents, DatabaseTokens};

use super::databases::{Admin, TestDatabase, on_each_database};

/// Tests of a database's events, where connections can be lost.
pub(super) fn events(database: &TestDatabase) -> EventStoreTests<DatabaseEvents> {
    let (opened, cut) = (database.clone(), database.clone());
    let tests = EventStoreTests::new(move || {
        let database = opened.clone();
        async move { database.open().await.events("tt0123456789") }
    });
    match &database.admin {
        Admin::Sqlite(..) => tests,
        _ => tests.cut(move || {
            let database = cut.clone();
            async move { database.cut().await }
        }),
    }
}

/// Tests of a database's tokens, where connections can be lost.
pub(super) fn tokens(database: &TestDatabase) -> TokenStoreTests<DatabaseTokens> {
    let (opened, cut) = (database.clone(), database.clone());
    let tests = TokenStoreTests::new(move || {
        let database = opened.clone();
        async move {
            let tokens = database.open().await.tokens("tt0123456789/client_token");
            tokens.lease(Duration::from_millis(600)).patience(Duration::from_millis(300))
        }
    });
    match &database.admin {
        Admin::Sqlite(..) => tests.impatient(),
        _ => tests.impatient().cut(move || {
            let database = cut.clone();
            async move { database.cut().await }
        }),
    }
}

async fn events_keep_the_rules(database: TestDatabase) {
    events(&database.migrated().await).run().await;
}

async fn tokens_keep_the_rules(database: TestDatabase) {
    tokens(&database.migrated().await).run().await;
}

on_each_database!(events_keep_the_rules tokens_keep_the_rules);

#[tokio::test]
async fn events_in_memory_keep_the_rules() {
    let events = Arc::new(MemoryEvents::new());
    event_store(move || {
        let events = Arc::clone(&events);
        async move { events }
    })
    .await;
}

#[tokio::test]
async fn events_in_memory_keep_the_rules_of_time() {
    let (start, millis) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let now = Arc::clone(&millis);
    let clock = move || start + Duration::from_millis(now.load(SeqCst));
    let events = Arc::new(MemoryEvents::new().clock(clock));
    let open = move || {
        let events = Arc::clone(&events);
        async move { events }
    };
    let pass = move |time: Duration| {
        millis.fetch_add(time.as_millis() as u64, SeqCst);
        async {}
    };
    EventStoreTests::new(open).pass(pass).run().await;
}

#[tokio::test]
async fn a_token_in_memory_keeps_the_rules() {
    let store = MemoryStore::default();
    token_store(move || {
        let store = store.clone();
        async move { store }
    })
    .await;
}

#[tokio::test]
async fn a_token_in_a_file_keeps_the_rules() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token.json");
    let open = move || {
        let store = FileStore::new(&path).patience(Duration::from_millis(100));
        async move { store }
    };
    TokenStoreTests::new(open).impatient().run().await;
}
