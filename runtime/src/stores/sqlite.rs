//! SQLite: one file, which the processes of one machine share.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::time::Duration;

use sqlx::error::DatabaseError as Reply;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Row as _, SqliteConnection, query_scalar, raw_sql};

use super::backend::{Answer, Backend, Claimant, Holder, Kept, Rows, is_duplicate, rows};
use super::migration::{migrations, pending};
use super::{Database, DatabaseError, Migration};

const NAME: &str = "SQLite";

static MIGRATIONS: &[Migration] = migrations!("sqlite": 1 "0001_events_and_tokens.sql");

pub(super) async fn connect(url: &str) -> Result<Database, DatabaseError> {
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(in_memory());
    }
    let options: SqliteConnectOptions =
        url.parse().map_err(|error| DatabaseError::new(NAME, "connect", &error))?;
    open(options).await
}

fn in_memory() -> DatabaseError {
    let reason = "a database in memory is lost with its last connection; use `MemoryEvents`";
    DatabaseError::refused("connect", reason)
}

impl Database {
    /// Opens a SQLite file. A missing file is created, readable by its owner only.
    ///
    /// ```no_run
    /// # async fn open<R>(request: R) -> Result<(), Box<dyn std::error::Error>>
    /// # where
    /// #     R: apiscribe::endpoint::IssuesToken + std::fmt::Debug + Send + Sync + 'static,
    /// #     R::Response: Send,
    /// # {
    /// use apiscribe::stores::Database;
    /// use apiscribe::{Client, Tokens};
    ///
    /// let database = Database::sqlite("/var/lib/shop/platform.db").await?;
    /// database.migrate().await?;
    /// // `request` is one that issues tokens, as `ClientTokenRequest`.
    /// let tokens = Tokens::new(request).store(database.tokens("shop-1/client_token"));
    /// let client = Client::builder().tokens(tokens).build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the file cannot be opened, or is not a SQLite database.
    pub async fn sqlite(path: impl AsRef<Path>) -> Result<Self, DatabaseError> {
        open(SqliteConnectOptions::new().filename(path)).await
    }
}

async fn open(options: SqliteConnectOptions) -> Result<Database, DatabaseError> {
    check_path(options.get_filename())?;
    create(options.get_filename())?;
    open_file(options).await.map_err(|error| DatabaseError::new(NAME, "connect", &error))
}

/// SQLite takes some paths for something else than the path of a file.
fn check_path(path: &Path) -> Result<(), DatabaseError> {
    match path.as_os_str().as_encoded_bytes() {
        b":memory:" => Err(in_memory()),
        [b'f', b'i', b'l', b'e', b':', ..] => {
            let reason =
                "SQLite takes a path that begins with `file:` for a URI; put `./` before it";
            Err(DatabaseError::refused("connect", reason))
        }
        _ => Ok(()),
    }
}

async fn open_file(options: SqliteConnectOptions) -> Result<Database, sqlx::Error> {
    // A power cut must not undo a completion, so each one is on the disk before it is reported.
    let options = options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5));
    let pool = SqlitePoolOptions::new().acquire_timeout(Duration::from_secs(5));
    pool.connect_with(options).await.map(Database::from)
}

/// SQLite's other files beside this one have its permissions.
fn create(path: &Path) -> Result<(), DatabaseError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(cannot_create(path, &error)),
    }
}

fn cannot_create(path: &Path, error: &io::Error) -> DatabaseError {
    let remedy = match error.kind() {
        io::ErrorKind::NotFound => "; its folder must exist",
        io::ErrorKind::PermissionDenied => "; this process must be allowed to write in its folder",
        _ => "",
    };
    let reason = format!("cannot create {}: {error}{remedy}", path.display());
    DatabaseError::refused_by(NAME, "connect", reason)
}

impl From<SqlitePool> for Database {
    fn from(pool: SqlitePool) -> Self {
        Self { backend: std::sync::Arc::new(Sqlite(pool)) }
    }
}

struct Sqlite(SqlitePool);

impl Backend for Sqlite {
    fn name(&self) -> &'static str {
        NAME
    }

    fn migrations(&self) -> &'static [Migration] {
        MIGRATIONS
    }

    fn migrate(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await?;
            let applied = applied(&mut transaction).await?;
            for migration in pending(MIGRATIONS, applied) {
                raw_sql(migration.sql).execute(&mut *transaction).await?;
            }
            transaction.commit().await
        })
    }

    /// Another connection writes, or wrote meanwhile: the results BUSY and LOCKED of all kinds.
    fn is_passing(&self, error: &dyn Reply) -> bool {
        let code = error.code().and_then(|code| code.parse::<i32>().ok());
        code.is_some_and(|code| matches!(code & 0xff, 5 | 6))
    }
}

async fn applied(connection: &mut SqliteConnection) -> Result<i32, sqlx::Error> {
    let tables: i64 = query_scalar(statements::HAS_MIGRATIONS).fetch_one(&mut *connection).await?;
    match tables {
        0 => Ok(0),
        _ => query_scalar(statements::MIGRATED).fetch_one(connection).await,
    }
}

rows!(Sqlite, statements);

mod statements {
    pub(super) const HAS_MIGRATIONS: &str = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'api_client_migrations'";
    pub(super) const MIGRATED: &str = "SELECT coalesce(max(version), 0) FROM api_client_migrations";

    /// Takes a row that another's ended lease left as well.
    pub(super) const INSERT_CLAIM: &str = "\
        INSERT INTO api_client_events (app, event_key, claim_token, leased_until)
        VALUES (?1, ?2, ?3, strftime('%Y-%m-%d %H:%M:%f', 'now', printf('+%.6f seconds', ?4 / 1e6)))
        ON CONFLICT (app, event_key) DO UPDATE
        SET claim_token = excluded.claim_token, leased_until = excluded.leased_until
        WHERE completed_at IS NULL AND leased_until <= strftime('%Y-%m-%d %H:%M:%f', 'now')";
    pub(super) const UPDATE_CLAIM: Option<&str> = None;
    pub(super) const FIND_EVENT: &str = "SELECT claim_token, acknowledgement FROM api_client_events WHERE app = ?1 AND event_key = ?2";
    pub(super) const COMPLETE_EVENT: &str = "\
        INSERT INTO api_client_events
            (app, event_key, claim_token, leased_until, acknowledgement, completed_at)
        VALUES (?1, ?2, ?3, strftime('%Y-%m-%d %H:%M:%f', 'now'), ?4,
            strftime('%Y-%m-%d %H:%M:%f', 'now'))
        ON CONFLICT (app, event_key) DO UPDATE
        SET claim_token = excluded.claim_token, leased_until = excluded.leased_until,
            acknowledgement = excluded.acknowledgement, completed_at = excluded.completed_at";
    pub(super) const RELEASE_EVENT: &str = "\
        DELETE FROM api_client_events
        WHERE app = ?1 AND event_key = ?2 AND claim_token = ?3 AND completed_at IS NULL";
    pub(super) const DELETE_EVENTS: &str = "\
        DELETE FROM api_client_events WHERE (app, event_key) IN (
            SELECT app, event_key FROM api_client_events
            WHERE app = ?1 AND leased_until
                < strftime('%Y-%m-%d %H:%M:%f', 'now', printf('-%.6f seconds', ?2 / 1e6))
            ORDER BY leased_until LIMIT ?3)";

    pub(super) const INSERT_LOCK: &str = "\
        INSERT INTO api_client_tokens (name, holder, held_until)
        VALUES (?1, ?2, strftime('%Y-%m-%d %H:%M:%f', 'now', printf('+%.6f seconds', ?3 / 1e6)))
        ON CONFLICT (name) DO UPDATE
        SET holder = excluded.holder, held_until = excluded.held_until
        WHERE holder IS NULL OR held_until <= strftime('%Y-%m-%d %H:%M:%f', 'now')
            OR holder = excluded.holder";
    pub(super) const UPDATE_LOCK: Option<&str> = None;
    pub(super) const RENEW_LOCK: &str = "\
        UPDATE api_client_tokens
        SET held_until = strftime('%Y-%m-%d %H:%M:%f', 'now', printf('+%.6f seconds', ?1 / 1e6))
        WHERE name = ?2 AND holder = ?3";
    pub(super) const UNLOCK: &str = "\
        UPDATE api_client_tokens SET holder = NULL, held_until = NULL WHERE name = ?1 AND holder = ?2";
    pub(super) const LOAD_TOKEN: &str = "SELECT token FROM api_client_tokens WHERE name = ?1";
    pub(super) const SAVE_TOKEN: &str = "\
        UPDATE api_client_tokens
        SET token = ?1, issued_at = ?2, saved_at = strftime('%Y-%m-%d %H:%M:%f', 'now')
        WHERE name = ?3 AND (holder = ?4 OR issued_at IS NULL OR issued_at < ?5)";
}
