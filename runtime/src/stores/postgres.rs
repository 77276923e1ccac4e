//! PostgreSQL.

use std::borrow::Cow;
use std::time::Duration;

use sqlx::error::DatabaseError as Reply;
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::{Row as _, query, query_scalar, raw_sql};

use super::backend::{Answer, Backend, Claimant, Holder, Kept, Rows, is_duplicate, rows};
use super::migration::{migrations, pending};
use super::{Database, DatabaseError, Migration};

const NAME: &str = "PostgreSQL";

static MIGRATIONS: &[Migration] = migrations!("postgres": 1 "0001_events_and_tokens.sql");

pub(super) async fn connect(url: &str) -> Result<Database, DatabaseError> {
    let options = PgPoolOptions::new().acquire_timeout(Duration::from_secs(5));
    let pool = options.connect(url).await;
    pool.map(Database::from).map_err(|error| DatabaseError::new(NAME, "connect", &error))
}

impl From<PgPool> for Database {
    fn from(pool: PgPool) -> Self {
        Self { backend: std::sync::Arc::new(Postgres(pool)) }
    }
}

struct Postgres(PgPool);

impl Backend for Postgres {
    fn name(&self) -> &'static str {
        NAME
    }

    fn migrations(&self) -> &'static [Migration] {
        MIGRATIONS
    }

    fn migrate(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            let mut transaction = self.0.begin().await?;
            if pending(MIGRATIONS, applied(&mut transaction).await?).next().is_none() {
                return Ok(());
            }
            query(statements::LOCK_MIGRATIONS).execute(&mut *transaction).await?;
            let applied = applied(&mut transaction).await?;
            for migration in pending(MIGRATIONS, applied) {
                raw_sql(migration.sql).execute(&mut *transaction).await?;
            }
            transaction.commit().await
        })
    }

    /// A lost connection, a server that stops or starts, a deadlock, what a strict isolation level refuses, and a lock or a
    /// statement that took longer than the server allows.
    fn is_passing(&self, error: &dyn Reply) -> bool {
        error.code().is_some_and(|code| {
            code.starts_with("08")
                || matches!(
                    &*code,
                    "40001" | "40P01" | "55P03" | "57014" | "57P01" | "57P02" | "57P03"
                )
        })
    }

    /// Text cannot hold NUL.
    fn key<'a>(&self, key: &'a str) -> Cow<'a, str> {
        match key.contains(['\\', '\0']) {
            true => Cow::Owned(key.replace('\\', r"\\").replace('\0', r"\0")),
            false => Cow::Borrowed(key),
        }
    }
}

async fn applied(connection: &mut sqlx::PgConnection) -> Result<i32, sqlx::Error> {
    match query_scalar(statements::HAS_MIGRATIONS).fetch_one(&mut *connection).await? {
        true => query_scalar(statements::MIGRATED).fetch_one(connection).await,
        false => Ok(0),
    }
}

rows!(Postgres, statements);

mod statements {
    pub(super) const HAS_MIGRATIONS: &str =
        "SELECT to_regclass('api_client_migrations') IS NOT NULL";
    pub(super) const MIGRATED: &str = "SELECT coalesce(max(version), 0) FROM api_client_migrations";
    /// Of this schema, until the transaction ends.
    pub(super) const LOCK_MIGRATIONS: &str = "SELECT pg_advisory_xact_lock(hashtext('api_client_migrations'), hashtext(current_schema()))";

    /// Takes a row that another's ended lease left as well.
    pub(super) const INSERT_CLAIM: &str = "\
        INSERT INTO api_client_events AS held (app, event_key, claim_token, leased_until)
        VALUES ($1, $2, $3, clock_timestamp() + $4 * interval '1 microsecond')
        ON CONFLICT (app, event_key) DO UPDATE
        SET claim_token = excluded.claim_token, leased_until = excluded.leased_until
        WHERE held.completed_at IS NULL AND held.leased_until <= clock_timestamp()";
    pub(super) const UPDATE_CLAIM: Option<&str> = None;
    pub(super) const FIND_EVENT: &str = "SELECT claim_token, acknowledgement FROM api_client_events WHERE app = $1 AND event_key = $2";
    pub(super) const COMPLETE_EVENT: &str = "\
        INSERT INTO api_client_events
            (app, event_key, claim_token, leased_until, acknowledgement, completed_at)
        VALUES ($1, $2, $3, clock_timestamp(), $4, clock_timestamp())
        ON CONFLICT (app, event_key) DO UPDATE
        SET claim_token = excluded.claim_token, leased_until = excluded.leased_until,
            acknowledgement = excluded.acknowledgement, completed_at = excluded.completed_at";
    pub(super) const RELEASE_EVENT: &str = "\
        DELETE FROM api_client_events
        WHERE app = $1 AND event_key = $2 AND claim_token = $3 AND completed_at IS NULL";
    pub(super) const DELETE_EVENTS: &str = "\
        DELETE FROM api_client_events WHERE (app, event_key) IN (
            SELECT app, event_key FROM api_client_events
            WHERE app = $1 AND leased_until < clock_timestamp() - $2 * interval '1 microsecond'
            ORDER BY leased_until LIMIT $3 FOR UPDATE SKIP LOCKED)";

    pub(super) const INSERT_LOCK: &str = "\
        INSERT INTO api_client_tokens AS kept (name, holder, held_until)
        VALUES ($1, $2, clock_timestamp() + $3 * interval '1 microsecond')
        ON CONFLICT (name) DO UPDATE
        SET holder = excluded.holder, held_until = excluded.held_until
        WHERE kept.holder IS NULL OR kept.held_until <= clock_timestamp()
            OR kept.holder = excluded.holder";
    pub(super) const UPDATE_LOCK: Option<&str> = None;
    pub(super) const RENEW_LOCK: &str = "\
        UPDATE api_client_tokens SET held_until = clock_timestamp() + $1 * interval '1 microsecond'
        WHERE name = $2 AND holder = $3";
    pub(super) const UNLOCK: &str = "\
        UPDATE api_client_tokens SET holder = NULL, held_until = NULL WHERE name = $1 AND holder = $2";
    pub(super) const LOAD_TOKEN: &str = "SELECT token FROM api_client_tokens WHERE name = $1";
    pub(super) const SAVE_TOKEN: &str = "\
        UPDATE api_client_tokens SET token = $1, issued_at = $2, saved_at = clock_timestamp()
        WHERE name = $3 AND (holder = $4 OR issued_at IS NULL OR issued_at < $5)";
}
