//! The tables of the stores: who makes them, what is in them, when it goes, and what an error says of it.

use std::collections::BTreeSet;
use std::future::Future;
use std::time::Duration;

use apiscribe::callback::{Claimed, EventStore};
use apiscribe::client::token::{StoredToken, TokenStore};
use apiscribe::store_tests::claim;
use apiscribe::stores::sqlx::mysql::MySqlPoolOptions;
use apiscribe::stores::sqlx::postgres::PgPoolOptions;
use apiscribe::stores::{Database, DatabaseEvents};
use apiscribe::time::UnixMillis;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::databases::{TestDatabase, on_each_database};

const HOUR: Duration = Duration::from_secs(3600);

on_each_database! {
    migrations_at_once_are_applied_once
    an_administrator_may_run_the_migrations
    without_tables_the_error_says_what_to_do
    apps_and_tokens_do_not_see_each_other
    old_events_are_cleaned_up_and_others_kept
    claims_and_clean_ups_at_once_do_not_fail
    a_caller_that_gives_up_leaves_nothing_claimed
    a_process_that_lost_its_lock_overwrites_no_later_token
    a_row_of_something_else_is_not_shown
    a_name_that_is_too_long_is_refused
}

async fn migrations_at_once_are_applied_once(database: TestDatabase) {
    let mut processes = JoinSet::new();
    for _ in 0..6 {
        let database = database.open().await;
        processes.spawn(async move { database.migrate().await });
    }
    for migrated in processes.join_all().await {
        migrated.unwrap();
    }
    let opened = database.open().await;
    opened.migrate().await.unwrap();
    let applied = database.number("SELECT count(*) FROM api_client_migrations").await;
    assert_eq!(applied as usize, opened.migrations().len());
}

async fn an_administrator_may_run_the_migrations(database: TestDatabase) {
    let opened = database.open().await;
    for migration in opened.migrations().iter().chain(opened.migrations()) {
        database.execute(&migration.to_string()).await;
    }
    opened.migrate().await.unwrap();
    let claimed = opened.events("tt1").claim(&claim("a", HOUR)).await.unwrap();
    assert_eq!(claimed, Claimed::New);
}

async fn without_tables_the_error_says_what_to_do(database: TestDatabase) {
    let opened = database.open().await;
    let error = opened.events("tt1").claim(&claim("a", HOUR)).await.unwrap_err().to_string();
    assert!(error.contains(": cannot claim an event: "), "{error}");
    assert!(error.ends_with("; call `Database::migrate` first"), "{error}");
    let error = opened.tokens("tt1").lock().await.err().unwrap().to_string();
    assert!(error.contains(": cannot lock a token: "), "{error}");
    assert!(error.ends_with("; call `Database::migrate` first"), "{error}");
}

async fn apps_and_tokens_do_not_see_each_other(database: TestDatabase) {
    let database = database.migrated().await;
    let opened = database.open().await;
    let mut locks = Vec::new();
    for name in ["tt1", "TT1", "tt1 ", "tt10", "tt\0", "tt\\0", "é", "e"] {
        let claimed = opened.events(name).claim(&claim("a", HOUR)).await.unwrap();
        assert_eq!(claimed, Claimed::New, "{name:?}");
        let mut locked = opened.tokens(name).patience(Duration::ZERO).lock().await.unwrap();
        assert_eq!(locked.load().await.unwrap(), None, "{name:?}");
        locked.save(&token("clt.1", 1)).await.unwrap();
        locks.push(locked);
    }
}

/// Old ones of another app are left to it.
async fn old_events_are_cleaned_up_and_others_kept(database: TestDatabase) {
    let database = database.migrated().await;
    let opened = database.open().await;
    let events = opened.events("tt1");
    for key in ["young", "72 hours", "old", "held"] {
        let claim = claim(key, HOUR);
        events.claim(&claim).await.unwrap();
        if key != "held" {
            events.complete(&claim, b"done").await.unwrap();
        }
    }
    for (key, minutes) in [("72 hours", 72 * 60 + 30), ("old", 73 * 60 + 1)] {
        let ago = database.ago(minutes);
        let sql =
            format!("UPDATE api_client_events SET leased_until = {ago} WHERE event_key = '{key}'");
        database.execute(&sql).await;
    }
    for app in ["tt1", "tt2"] {
        insert_many_old(&database, app).await;
    }
    assert_eq!(events.clean_up(2).await.unwrap(), 2);
    assert_eq!(events.clean_up(u64::MAX).await.unwrap(), 2_699);
    assert_eq!(events.clean_up(u64::MAX).await.unwrap(), 0);
    assert_eq!(keys_of(&events, &["young", "72 hours", "held", "old"]).await, ["old"]);
    let hasty = opened.events("tt1").keep_for(Duration::ZERO);
    assert_eq!(
        hasty.clean_up(u64::MAX).await.unwrap(),
        1,
        "what is kept for 72 hours and not for 73"
    );
    let others = "SELECT count(*) FROM api_client_events WHERE app = 'tt2'";
    assert_eq!(database.number(others).await, 2_700);
}

/// 2,700 claims that ended long ago.
async fn insert_many_old(database: &TestDatabase, app: &str) {
    let insert = format!(
        "INSERT INTO api_client_events (app, event_key, claim_token, leased_until) \
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) \
         SELECT '{app}', 'many ' || i || ' ' || j, 'x', '2020-01-01 00:00:00.000' \
         FROM n CROSS JOIN (SELECT 1 AS j UNION ALL SELECT 2 UNION ALL SELECT 3) AS m"
    );
    // PostgreSQL reads a time from text only where it is written as a constant.
    let insert = match database.url.starts_with("postgres") {
        true => insert.replace("'2020-01-01", "timestamptz '2020-01-01"),
        false => insert,
    };
    database.execute(&insert).await;
}

/// Those of the keys that are new.
async fn keys_of<'a>(events: &DatabaseEvents, keys: &[&'a str]) -> Vec<&'a str> {
    let mut new = Vec::new();
    for key in keys {
        if events.claim(&claim(*key, HOUR)).await.unwrap() == Claimed::New {
            new.push(*key);
        }
    }
    new
}

async fn claims_and_clean_ups_at_once_do_not_fail(database: TestDatabase) {
    let database = database.migrated().await;
    insert_many_old(&database, "tt1").await;
    let mut tasks = JoinSet::new();
    for process in 0..3 {
        let events = database.open().await.events("tt1");
        let cleaner = events.clone();
        tasks.spawn(async move {
            for _ in 0..10 {
                cleaner.clean_up(100).await.unwrap();
            }
        });
        tasks.spawn(async move {
            for number in 0..40 {
                // Keys between those that are deleted, each claimed by all processes.
                let claim = claim(format!("many {} {number}", 10 * number), HOUR);
                match events.claim(&claim).await.unwrap() {
                    Claimed::New if (number + process) % 3 == 0 => {
                        events.release(&claim).await.unwrap()
                    }
                    Claimed::New => events.complete(&claim, b"done").await.unwrap(),
                    Claimed::InProgress | Claimed::Done(_) => {}
                }
            }
        });
    }
    tasks.join_all().await;
}

async fn a_caller_that_gives_up_leaves_nothing_claimed(database: TestDatabase) {
    let database = database.migrated().await;
    let events = database.open().await.events("tt1");
    for micros in (0..3_000).step_by(150) {
        let key = format!("given up after {micros} us");
        drop(timeout(Duration::from_micros(micros), give_up_before_handling(&events, &key)).await);
        let free = async {
            while events.claim(&claim(&key, HOUR)).await.unwrap() != Claimed::New {
                sleep(Duration::from_millis(2)).await;
            }
        };
        timeout(Duration::from_secs(30), free).await.unwrap_or_else(|_| panic!("{key}"));
    }
}

/// As a caller does whose guard comes into being with the claim.
async fn give_up_before_handling(events: &DatabaseEvents, key: &str) {
    let claim = claim(key, 24 * HOUR);
    if events.claim(&claim).await.unwrap() == Claimed::New {
        events.abandon(&claim);
    }
}

fn token(text: &str, issued_at: i64) -> StoredToken {
    StoredToken {
        token: text.into(),
        issued_at: UnixMillis(issued_at),
        expires_at: None,
        refresh_token: None,
    }
}

async fn a_process_that_lost_its_lock_overwrites_no_later_token(database: TestDatabase) {
    let database = database.migrated().await;
    let tokens = database.open().await.tokens("tt1");
    let mut late = tokens.lock().await.unwrap();
    late.save(&token("clt.2", 2)).await.unwrap();
    database.execute("UPDATE api_client_tokens SET holder = 'another'").await;
    let error = late.save(&token("clt.1", 1)).await.unwrap_err().to_string();
    assert!(error.ends_with("cannot save a token: another process saved a later one"), "{error}");
    assert_eq!(late.load().await.unwrap(), Some(token("clt.2", 2)));
    late.save(&token("clt.3", 3)).await.unwrap();
    assert_eq!(late.load().await.unwrap(), Some(token("clt.3", 3)));
    drop(late);
    let held = "SELECT count(*) FROM api_client_tokens WHERE holder = 'another'";
    assert_eq!(database.number(held).await, 1, "another's lock was not given back");
}

async fn a_row_of_something_else_is_not_shown(database: TestDatabase) {
    let database = database.migrated().await;
    let tokens = database.open().await.tokens("tt1");
    let mut locked = tokens.lock().await.unwrap();
    for text in ["hunter2", r#"{"token":"hunter2"}"#, r#"{"token":5,"issued_at":"hunter2"}"#] {
        database.execute(&format!("UPDATE api_client_tokens SET token = '{text}'")).await;
        let error = locked.load().await.unwrap_err();
        assert!(error.to_string().ends_with("the row holds something else; delete it"), "{error}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
    locked.save(&token("clt.1", 1)).await.unwrap();
    assert_eq!(locked.load().await.unwrap(), Some(token("clt.1", 1)));
}

async fn a_name_that_is_too_long_is_refused(database: TestDatabase) {
    let database = database.migrated().await;
    let opened = database.open().await;
    let (longest, longer) = ("x".repeat(200), "x".repeat(201));
    assert_eq!(opened.events(&longest).claim(&claim(&longest, HOUR)).await.unwrap(), Claimed::New);
    drop(opened.tokens(&longest).lock().await.unwrap());
    let errors = [
        opened.events(&longer).claim(&claim("a", HOUR)).await.unwrap_err(),
        opened.events("tt1").claim(&claim(&longer, HOUR)).await.unwrap_err(),
        opened.tokens(&longer).lock().await.err().unwrap(),
    ];
    for error in errors {
        assert!(error.to_string().ends_with(": a name is over 200 bytes"), "{error}");
    }
}

#[tokio::test]
async fn a_password_is_not_shown() {
    let pool =
        PgPoolOptions::new().connect_lazy("postgres://shop:hunter2@127.0.0.1:1/shop").unwrap();
    let shown = format!("{:?}", Database::from(pool).events("tt1"));
    assert!(
        shown.starts_with(r#"DatabaseEvents { database: Database("PostgreSQL"), app: "tt1""#),
        "{shown}"
    );
    for url in [
        "oracle://shop:hunter2@127.0.0.1/shop",
        "postgres://shop:hunter2@127.0.0.1:hunter2/shop",
        "mysql://shop:hunter2@127.0.0.1:99999/shop",
        "sqlite://hunter2?hunter2=hunter2",
    ] {
        let error = Database::connect(url).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2@"), "{error:?}");
    }
}

#[tokio::test]
async fn a_url_that_is_none_says_what_it_lacks() {
    for (url, expected) in [
        ("garbage", "the URL has no scheme; it begins with `sqlite:`, `postgres:` or `mysql:`"),
        ("", "the URL has no scheme; it begins with `sqlite:`, `postgres:` or `mysql:`"),
        (
            "shop:hunter2@db/shop",
            "the URL's scheme is not `sqlite`, `postgres`, `mysql` or `mariadb`",
        ),
    ] {
        let error = Database::connect(url).await.unwrap_err().to_string();
        assert_eq!(error, format!("database: cannot connect: {expected}"), "{url}");
    }
}

#[tokio::test]
async fn a_file_whose_folder_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none").join("platform.db");
    for opened in [
        Database::sqlite(&path).await,
        Database::connect(&format!("sqlite://{}", path.display())).await,
    ] {
        let error = opened.unwrap_err().to_string();
        let named = format!("SQLite: cannot connect: cannot create {}: ", path.display());
        assert!(error.starts_with(&named), "{error}");
        assert!(error.ends_with("; its folder must exist"), "{error}");
    }
}

#[tokio::test]
async fn a_database_in_memory_is_refused() {
    for url in ["sqlite::memory:", "sqlite://events.db?mode=memory"] {
        let error = Database::connect(url).await.unwrap_err().to_string();
        assert!(error.contains("a database in memory is lost with its last connection"), "{error}");
    }
}

/// An event that cannot be claimed is not acknowledged, so the platform calls again.
#[tokio::test]
async fn a_database_that_is_not_there_is_an_error() {
    let soon = Duration::from_millis(50);
    let postgres = PgPoolOptions::new().acquire_timeout(soon);
    let mysql = MySqlPoolOptions::new().acquire_timeout(soon);
    let databases = [
        Database::from(postgres.connect_lazy("postgres://shop:hunter2@127.0.0.1:1/shop").unwrap()),
        Database::from(mysql.connect_lazy("mysql://shop:hunter2@127.0.0.1:1/shop").unwrap()),
    ];
    for database in databases {
        let error = database.events("tt1").claim(&claim("a", HOUR)).await.unwrap_err().to_string();
        assert!(error.contains(": cannot claim an event: "), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
        database.migrate().await.unwrap_err();
    }
}

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let events = runtime.block_on(async {
        let pool = PgPoolOptions::new().connect_lazy("postgres://127.0.0.1:1/shop").unwrap();
        Database::from(pool).events("tt1")
    });
    let claim = claim("a", HOUR);
    events.abandon(&claim);
    let mut claimed = std::pin::pin!(events.claim(&claim));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(claimed) = claimed.as_mut().poll(&mut context) else {
        panic!("it waits")
    };
    assert!(claimed.unwrap_err().to_string().ends_with("no tokio runtime is running"));
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_created_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path().join("platform.db")).await.unwrap();
    database.migrate().await.unwrap();
    let files = std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap);
    let files: BTreeSet<_> = files
        .map(|file| (file.file_name(), file.metadata().unwrap().permissions().mode() & 0o777))
        .collect();
    let expected = ["platform.db", "platform.db-shm", "platform.db-wal"];
    assert_eq!(files, expected.map(|name| (name.into(), 0o600)).into());
}
