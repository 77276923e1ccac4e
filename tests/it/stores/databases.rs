//! A database for each test: a file of SQLite, a schema of PostgreSQL, a database of MariaDB.

use std::env;
use std::io::{Write, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use apiscribe::stores::Database;
use apiscribe::stores::sqlx::mysql::MySqlPool;
use apiscribe::stores::sqlx::postgres::PgPool;
use apiscribe::stores::sqlx::sqlite::SqlitePool;
use apiscribe::stores::sqlx::{self, AssertSqlSafe};
use tempfile::TempDir;

/// A database without tables.
#[derive(Clone)]
pub(super) struct TestDatabase {
    pub(super) url: String,
    pub(super) admin: Admin,
    /// Is there as long as the database is.
    _folder: Option<Arc<TempDir>>,
}

/// A connection of the tests' own, beside the stores'.
#[derive(Clone)]
pub(super) enum Admin {
    Sqlite(SqlitePool),
    Postgres(PgPool, String),
    MariaDb(MySqlPool, String),
}

impl TestDatabase {
    pub(super) async fn sqlite() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/events.db?mode=rwc", folder.path().display());
        let admin = Admin::Sqlite(SqlitePool::connect_lazy(&url).unwrap());
        Some(Self { url, admin, _folder: Some(Arc::new(folder)) })
    }

    pub(super) async fn postgres() -> Option<Self> {
        let server = server("TEST_POSTGRES_URL")?;
        let name = name();
        let admin = format!("{server}&options=-csearch_path%3D{name}");
        let pool = PgPool::connect(&server).await.unwrap();
        let create = format!("CREATE SCHEMA {name}");
        sqlx::query(AssertSqlSafe(create)).execute(&pool).await.unwrap();
        let url = format!("{admin}&application_name={name}");
        let pool = PgPool::connect(&admin).await.unwrap();
        Some(Self { url, admin: Admin::Postgres(pool, name), _folder: None })
    }

    pub(super) async fn mariadb() -> Option<Self> {
        let server = server("TEST_MARIADB_URL")?;
        let name = name();
        let pool = MySqlPool::connect(&server).await.unwrap();
        let create = format!("CREATE DATABASE {name}");
        sqlx::query(AssertSqlSafe(create)).execute(&pool).await.unwrap();
        Some(Self {
            url: server.replace("/tests?", &format!("/{name}?")),
            admin: Admin::MariaDb(pool, name),
            _folder: None,
        })
    }

    /// As a process opens it that starts.
    pub(super) async fn open(&self) -> Database {
        crate::log::start();
        Database::connect(&self.url).await.unwrap()
    }

    /// With its tables.
    pub(super) async fn migrated(self) -> Self {
        self.open().await.migrate().await.unwrap();
        self
    }

    /// Executes statements that all databases understand.
    pub(super) async fn execute(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.admin {
            Admin::Sqlite(pool) => drop(sqlx::raw_sql(sql).execute(pool).await.unwrap()),
            Admin::Postgres(pool, _) => drop(sqlx::raw_sql(sql).execute(pool).await.unwrap()),
            Admin::MariaDb(_, _) => {
                let pool = MySqlPool::connect(&self.url).await.unwrap();
                sqlx::raw_sql(sql).execute(&pool).await.unwrap();
            }
        }
    }

    /// The time so many minutes ago, in SQL.
    pub(super) fn ago(&self, minutes: u32) -> String {
        match &self.admin {
            Admin::Sqlite(..) => {
                format!("strftime('%Y-%m-%d %H:%M:%f', 'now', '-{minutes} minutes')")
            }
            Admin::Postgres(..) => format!("now() - interval '{minutes} minutes'"),
            Admin::MariaDb(..) => format!("UTC_TIMESTAMP(6) - INTERVAL {minutes} MINUTE"),
        }
    }

    /// A number that a statement selects.
    pub(super) async fn number(&self, sql: &str) -> i64 {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.admin {
            Admin::Sqlite(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
            Admin::Postgres(pool, _) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
            Admin::MariaDb(_, _) => {
                let pool = MySqlPool::connect(&self.url).await.unwrap();
                sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap()
            }
        }
    }

    /// Ends all connections of the stores, on the server's side, whatever is under way on them.
    pub(super) async fn cut(&self) {
        match &self.admin {
            Admin::Sqlite(..) => {}
            Admin::Postgres(pool, name) => {
                let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1";
                sqlx::query(kill).bind(name).fetch_all(pool).await.unwrap();
            }
            Admin::MariaDb(pool, name) => {
                let find =
                    "SELECT CAST(id AS SIGNED) FROM information_schema.processlist WHERE db = ?";
                let ids: Vec<i64> =
                    sqlx::query_scalar(find).bind(name).fetch_all(pool).await.unwrap();
                for id in ids {
                    // It may have gone meanwhile.
                    sqlx::query(AssertSqlSafe(format!("KILL {id}"))).execute(pool).await.ok();
                }
            }
        }
    }
}

/// A name that no other test has in this run, nor in another.
fn name() -> String {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, SeqCst))
}

/// What `.ci/databases` sets; where CI is set it must have.
pub(super) fn server(variable: &str) -> Option<String> {
    let url = env::var(variable).ok();
    if url.is_none() {
        assert!(
            env::var_os("CI").is_none(),
            "{variable} is not set: `.ci/databases cargo test` sets it"
        );
        // `eprintln!` would be kept back, as the test passes.
        let skipped = format!(
            "SKIPPED, as {variable} is not set: `.ci/databases cargo test` sets it
"
        );
        stderr().write_all(skipped.as_bytes()).unwrap();
    }
    url
}

/// A test on each database; the one on SQLite runs always.
macro_rules! on_each_database {
    ($($test:ident)*) => {
        on_each_database!(@ sqlite $($test)*);
        on_each_database!(@ postgres $($test)*);
        on_each_database!(@ mariadb $($test)*);
    };
    (@ $database:ident $($test:ident)*) => {
        mod $database {
            use crate::stores::databases::TestDatabase;

            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                if let Some(database) = TestDatabase::$database().await {
                    super::$test(database).await;
                }
            })*
        }
    };
}

pub(super) use on_each_database;
