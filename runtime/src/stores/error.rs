//! Errors of a database, without the values that were written or read.

use std::fmt;

use super::Database;

/// A database operation failed. Neither `Display` nor `Debug` shows a token, a password or the content of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseError {
    database: &'static str,
    doing: &'static str,
    reason: String,
    code: Option<String>,
}

impl DatabaseError {
    /// SQLSTATE, or SQLite's extended result code, if the database gave one.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Something that the database was not even asked for.
    pub(super) fn refused(doing: &'static str, reason: impl Into<String>) -> Self {
        Self { database: "database", doing, reason: reason.into(), code: None }
    }

    /// The same, once it is known which database it would have been.
    #[cfg(feature = "sqlite")]
    pub(super) fn refused_by(database: &'static str, doing: &'static str, reason: String) -> Self {
        Self { database, doing, reason, code: None }
    }

    pub(super) fn new(database: &'static str, doing: &'static str, error: &sqlx::Error) -> Self {
        let Some(error) = error.as_database_error() else {
            return Self { database, doing, reason: error.to_string(), code: None };
        };
        let code = error.code().map(|code| code.into_owned());
        // Of a value that does not fit, a message may quote a part. The source is left out for the same reason.
        let quotes = code.as_deref().is_some_and(|code| code.starts_with("22"));
        let reason = if quotes { "a value does not fit" } else { error.message() };
        Self { database, doing, reason: reason.to_owned(), code }
    }

    /// Whether the tables are not there: by the codes of PostgreSQL and MySQL, and the words of SQLite.
    fn lacks_tables(&self) -> bool {
        matches!(self.code(), Some("42P01" | "42S02")) || self.reason.starts_with("no such table")
    }
}

impl Database {
    pub(super) fn error(&self, doing: &'static str, error: sqlx::Error) -> DatabaseError {
        DatabaseError::new(self.backend.name(), doing, &error)
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: cannot {}: {}", self.database, self.doing, self.reason)?;
        if let Some(code) = &self.code {
            write!(f, " (code {code})")?;
        }
        if self.lacks_tables() { f.write_str("; call `Database::migrate` first") } else { Ok(()) }
    }
}

impl std::error::Error for DatabaseError {}
