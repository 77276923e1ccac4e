//! Paths that are no files to SQLite, pools whose connections are all in use, and statements that are waited for in vain.

use std::time::Duration;

use apiscribe::callback::{Claimed, EventStore};
use apiscribe::store_tests::claim;
use apiscribe::stores::Database;
use apiscribe::stores::sqlx::postgres::PgPoolOptions;
use apiscribe::stores::sqlx::sqlite::SqlitePoolOptions;
use apiscribe::stores::sqlx::{self, Executor};

use super::databases::TestDatabase;

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn a_path_that_sqlite_takes_for_memory_is_refused_however_it_is_written() {
    for opened in [
        Database::sqlite(":memory:").await,
        Database::connect("sqlite:%3Amemory%3A").await,
        Database::sqlite("file:x.db?mode=memory").await,
    ] {
        let error = opened.unwrap_err().to_string();
        assert!(error.starts_with("database: cannot connect: "), "{error}");
    }
    assert!(!std::path::Path::new(":memory:").exists(), "nothing was created");
}

#[tokio::test]
async fn a_path_with_signs_of_a_url_is_that_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a?mode=memory", "b%3f.db", "c#d", "e f", "file:g", "令牌"] {
        let path = folder.path().join(name);
        let database = Database::sqlite(&path).await.unwrap();
        database.migrate().await.unwrap();
        database.events("tt1").claim(&claim("a", HOUR)).await.unwrap();
        assert!(std::fs::metadata(&path).unwrap().len() > 0, "{name}");
        let again = Database::sqlite(&path).await.unwrap().events("tt1");
        assert_eq!(again.claim(&claim("a", HOUR)).await.unwrap(), Claimed::InProgress, "{name}");
    }
}

#[tokio::test]
async fn a_completion_outlasts_a_pool_whose_connections_are_all_in_use() {
    let database = TestDatabase::sqlite().await.unwrap().migrated().await;
    let pool =
        SqlitePoolOptions::new().max_connections(1).acquire_timeout(Duration::from_millis(20));
    let pool = pool.connect(&database.url).await.unwrap();
    let events = Database::from(pool.clone()).events("tt1");
    let first = claim("a", HOUR);
    assert_eq!(events.claim(&first).await.unwrap(), Claimed::New);
    let busy = pool.acquire().await.unwrap();
    let free = async {
        tokio::time::sleep(Duration::from_millis(60)).await;
        drop(busy);
    };
    let (completed, ()) = tokio::join!(events.complete(&first, b"done"), free);
    completed.unwrap();
    let done = Claimed::Done(b"done".to_vec());
    assert_eq!(events.claim(&claim("a", HOUR)).await.unwrap(), done);
}

#[tokio::test]
async fn a_completion_outlasts_a_lock_that_postgres_waits_for_in_vain() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let database = database.migrated().await;
    for setting in ["SET statement_timeout = 20", "SET lock_timeout = 20"] {
        let pool = PgPoolOptions::new()
            .after_connect(move |connection, _| {
                Box::pin(async move { connection.execute(setting).await.map(drop) })
            })
            .connect(&database.url);
        let pool = pool.await.unwrap();
        let events = Database::from(pool).events("tt1");
        let first = claim(setting, HOUR);
        assert_eq!(events.claim(&first).await.unwrap(), Claimed::New);
        let super::databases::Admin::Postgres(admin, _) = &database.admin else { unreachable!() };
        let mut held = admin.begin().await.unwrap();
        sqlx::query("SELECT 1 FROM api_client_events FOR UPDATE")
            .fetch_all(&mut *held)
            .await
            .unwrap();
        let free = async {
            tokio::time::sleep(Duration::from_millis(60)).await;
            held.rollback().await.unwrap();
        };
        let (completed, ()) = tokio::join!(events.complete(&first, b"done"), free);
        completed.unwrap();
    }
}
