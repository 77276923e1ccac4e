//! Event stores and token stores in a database: they survive restarts and are shared by several machines.
//!
//! [`Database`] connects to SQLite (feature `sqlite`), PostgreSQL (`postgres`), or MySQL and MariaDB (`mysql`). It
//! provides an event store per app and a token store per app and way to authenticate.

mod migration;
mod error;
mod backend;
mod ask;
mod events;
mod tokens;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "mysql")]
mod mysql;

use std::fmt;
use std::sync::Arc;

pub use self::error::DatabaseError;
pub use self::events::DatabaseEvents;
pub use self::migration::Migration;
pub use self::tokens::DatabaseTokens;
/// The database library, for pools with your own settings.
#[doc(no_inline)]
pub use sqlx;

use self::backend::Backend;

/// A connection pool to a database that stores events and tokens. Cheap to clone; clones share the pool.
///
/// | URL | feature | for |
/// |---|---|---|
/// | `sqlite:///var/lib/shop/platform.db` | `sqlite` | the processes of one machine; the file is created if it is missing |
/// | `postgres://user:password@host/database?sslmode=verify-full` | `postgres` | several machines; PostgreSQL 12 or later |
/// | `mysql://user:password@host/database?ssl-mode=VERIFY_IDENTITY` | `mysql` | several machines; MySQL 5.7, MariaDB 10.3, or later |
///
/// Without `sslmode` or `ssl-mode` the connection is unencrypted if the server does not offer TLS. `sslrootcert` or
/// `ssl-ca` names the certificate of a private CA. MySQL 8's default authentication (`caching_sha2_password`) needs TLS.
///
/// A pool with settings of your own becomes a `Database` by `From`:
///
/// ```no_run
/// # #[cfg(feature = "postgres")]
/// # async fn open<E: apiscribe::Events>(
/// #     verifier: apiscribe::callback::CallbackVerifier,
/// # ) -> Result<(), Box<dyn std::error::Error>> {
/// use apiscribe::callback::Callbacks;
/// use apiscribe::stores::Database;
/// use apiscribe::stores::sqlx::postgres::PgPoolOptions;
///
/// let pool = PgPoolOptions::new().max_connections(20).connect("postgres://shop@db/shop").await?;
/// let database = Database::from(pool);
/// database.migrate().await?;
/// let callbacks = Callbacks::<E, _>::with_store(verifier, database.events("shop-1"));
/// # Ok(())
/// # }
/// ```
///
/// Every statement is atomic by itself: there are no transactions, and nothing depends on a connection. Behind a pooler
/// that hands out connections by the transaction, add `statement-cache-capacity=0` to the URL unless it knows prepared
/// statements. A statement that fails because a connection was lost, because none was free, because of a deadlock, or
/// because it waited too long for a lock is repeated for up to 5 s; each may be executed twice without harm. Leases end by the database's clock, so the clocks of the machines that
/// connect to it may differ or jump. SQLite has no clock but the machine's.
///
/// A tokio runtime must be running.
#[derive(Clone)]
pub struct Database {
    backend: Arc<dyn Backend>,
}

impl Database {
    /// Connects with up to 10 connections, and waits up to 5 s for one.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached, or the feature for the URL's scheme is not enabled.
    pub async fn connect(url: &str) -> Result<Self, DatabaseError> {
        match url.split_once(':').map(|(scheme, _)| scheme) {
            #[cfg(feature = "sqlite")]
            Some("sqlite") => sqlite::connect(url).await,
            #[cfg(feature = "postgres")]
            Some("postgres" | "postgresql") => postgres::connect(url).await,
            #[cfg(feature = "mysql")]
            Some("mysql" | "mariadb") => mysql::connect(url).await,
            scheme => Err(DatabaseError::refused("connect", why_refused(scheme))),
        }
    }

    /// Creates the tables or upgrades those of an earlier version of this crate. Does nothing if they are up to date, and
    /// several processes may call it at once. Call it at startup, or have an administrator run
    /// [`Database::migrations`].
    ///
    /// # Errors
    ///
    /// When the database cannot be reached, or the user may not create tables.
    pub async fn migrate(&self) -> Result<(), DatabaseError> {
        self.backend.migrate().await.map_err(|error| self.error("migrate", error))
    }

    /// The SQL that [`Database::migrate`] executes, in order.
    pub fn migrations(&self) -> &'static [Migration] {
        self.backend.migrations()
    }

    /// The event store of one app. `app` is any name of at most 200 bytes that is unique in this database, such as the
    /// AppID.
    pub fn events(&self, app: impl Into<String>) -> DatabaseEvents {
        DatabaseEvents::new(self.clone(), app.into())
    }

    /// The token store of one app and one way to authenticate. `name` is any name of at most 200 bytes that is unique in
    /// this database, such as `shop-1/client_token`.
    pub fn tokens(&self, name: impl Into<String>) -> DatabaseTokens {
        DatabaseTokens::new(self.clone(), name.into())
    }
}

/// Why there is no database for a scheme. What is not a known scheme is not shown, as it may be a password.
fn why_refused(scheme: Option<&str>) -> &'static str {
    match scheme {
        Some("sqlite") => "the URL's scheme `sqlite` needs the feature `sqlite`",
        Some("postgres" | "postgresql") => {
            "the URL's scheme `postgres` needs the feature `postgres`"
        }
        Some("mysql" | "mariadb") => "the URL's scheme `mysql` needs the feature `mysql`",
        Some(_) => "the URL's scheme is not `sqlite`, `postgres`, `mysql` or `mariadb`",
        None => "the URL has no scheme; it begins with `sqlite:`, `postgres:` or `mysql:`",
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The pool knows the password.
        f.debug_tuple("Database").field(&self.backend.name()).finish()
    }
}
