//! MySQL and MariaDB.

use std::time::Duration;

use sqlx::error::DatabaseError as Reply;
use sqlx::mysql::{MySqlDatabaseError, MySqlPool, MySqlPoolOptions};
use sqlx::{Connection as _, MySqlConnection, Row as _, query_scalar, raw_sql};

use super::backend::{Answer, Backend, Claimant, Holder, Kept, Rows, is_duplicate, rows};
use super::migration::{migrations, pending};
use super::{Database, DatabaseError, Migration};

const NAME: &str = "MySQL";

static MIGRATIONS: &[Migration] = migrations!("mysql": 1 "0001_events_and_tokens.sql");

pub(super) async fn connect(url: &str) -> Result<Database, DatabaseError> {
    let options = MySqlPoolOptions::new().acquire_timeout(Duration::from_secs(5));
    let pool = options.connect(url).await;
    pool.map(Database::from).map_err(|error| DatabaseError::new(NAME, "connect", &error))
}

impl From<MySqlPool> for Database {
    fn from(pool: MySqlPool) -> Self {
        Self { backend: std::sync::Arc::new(MySql(pool)) }
    }
}

struct MySql(MySqlPool);

impl Backend for MySql {
    fn name(&self) -> &'static str {
        NAME
    }

    fn migrations(&self) -> &'static [Migration] {
        MIGRATIONS
    }

    fn migrate(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            // The lock ends with the connection, whatever happens on it.
            let mut connection = self.0.acquire().await?.detach();
            let migrated = migrate(&mut connection).await;
            connection.close().await?;
            migrated
        })
    }

    /// A lost connection, a server that stops, a deadlock (SQLSTATE 40001), a lock that was waited for in vain.
    fn is_passing(&self, error: &dyn Reply) -> bool {
        const LOCK_WAIT_TIMEOUT: u16 = 1205;
        let number = error.try_downcast_ref::<MySqlDatabaseError>().map(MySqlDatabaseError::number);
        number == Some(LOCK_WAIT_TIMEOUT)
            || error
                .code()
                .is_some_and(|code| code.starts_with("08") || matches!(&*code, "40001" | "70100"))
    }
}

async fn migrate(connection: &mut MySqlConnection) -> Result<(), sqlx::Error> {
    if pending(MIGRATIONS, applied(connection).await?).next().is_none() {
        return Ok(());
    }
    let locked: Option<i64> =
        query_scalar(statements::LOCK_MIGRATIONS).fetch_one(&mut *connection).await?;
    if locked != Some(1) {
        return Err(sqlx::Error::Protocol("another process has migrated for a minute".to_owned()));
    }
    let applied = applied(connection).await?;
    for migration in pending(MIGRATIONS, applied) {
        raw_sql(migration.sql).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn applied(connection: &mut MySqlConnection) -> Result<i32, sqlx::Error> {
    let tables: i64 = query_scalar(statements::HAS_MIGRATIONS).fetch_one(&mut *connection).await?;
    match tables {
        0 => Ok(0),
        _ => query_scalar(statements::MIGRATED).fetch_one(connection).await,
    }
}

rows!(MySql, statements);

mod statements {
    pub(super) const HAS_MIGRATIONS: &str = "\
        SELECT COUNT(*) FROM information_schema.tables
        WHERE table_schema = DATABASE() AND table_name = 'api_client_migrations'";
    pub(super) const MIGRATED: &str =
        "SELECT CAST(COALESCE(MAX(version), 0) AS SIGNED) FROM api_client_migrations";
    /// A name has at most 64 characters.
    pub(super) const LOCK_MIGRATIONS: &str =
        "SELECT GET_LOCK(CONCAT('api_client_', MD5(DATABASE())), 60)";

    /// Fails on a row that is there, so that there is something to update. `ON DUPLICATE KEY UPDATE` would not say
    /// whether it took the row.
    pub(super) const INSERT_CLAIM: &str = "\
        INSERT INTO api_client_events (app, event_key, claim_token, leased_until)
        VALUES (?, ?, ?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND)";
    pub(super) const UPDATE_CLAIM: Option<&str> = Some(
        "\
        UPDATE api_client_events
        SET claim_token = ?, leased_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND
        WHERE app = ? AND event_key = ? AND completed_at IS NULL AND leased_until <= UTC_TIMESTAMP(6)",
    );
    pub(super) const FIND_EVENT: &str = "SELECT claim_token, acknowledgement FROM api_client_events WHERE app = ? AND event_key = ?";
    pub(super) const COMPLETE_EVENT: &str = "\
        INSERT INTO api_client_events
            (app, event_key, claim_token, leased_until, acknowledgement, completed_at)
        VALUES (?, ?, ?, UTC_TIMESTAMP(6), ?, UTC_TIMESTAMP(6))
        ON DUPLICATE KEY UPDATE
            claim_token = VALUES(claim_token), leased_until = VALUES(leased_until),
            acknowledgement = VALUES(acknowledgement), completed_at = VALUES(completed_at)";
    pub(super) const RELEASE_EVENT: &str = "\
        DELETE FROM api_client_events
        WHERE app = ? AND event_key = ? AND claim_token = ? AND completed_at IS NULL";
    pub(super) const DELETE_EVENTS: &str = "\
        DELETE FROM api_client_events
        WHERE app = ? AND leased_until < UTC_TIMESTAMP(6) - INTERVAL ? MICROSECOND
        ORDER BY leased_until LIMIT ?";

    pub(super) const INSERT_LOCK: &str = "\
        INSERT INTO api_client_tokens (name, holder, held_until)
        VALUES (?, ?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND)";
    pub(super) const UPDATE_LOCK: Option<&str> = Some(
        "\
        UPDATE api_client_tokens
        SET holder = ?, held_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND
        WHERE name = ? AND (holder IS NULL OR held_until <= UTC_TIMESTAMP(6) OR holder = ?)",
    );
    pub(super) const RENEW_LOCK: &str = "\
        UPDATE api_client_tokens SET held_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND
        WHERE name = ? AND holder = ?";
    pub(super) const UNLOCK: &str = "UPDATE api_client_tokens SET holder = NULL, held_until = NULL WHERE name = ? AND holder = ?";
    pub(super) const LOAD_TOKEN: &str = "SELECT token FROM api_client_tokens WHERE name = ?";
    pub(super) const SAVE_TOKEN: &str = "\
        UPDATE api_client_tokens SET token = ?, issued_at = ?, saved_at = UTC_TIMESTAMP(6)
        WHERE name = ? AND (holder = ? OR issued_at IS NULL OR issued_at < ?)";
}
