//! The tables, as SQL that an administrator can read and run.

use std::fmt;

/// One step from a database without our tables to one that has them as they should be. Displays as its SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Migration {
    /// Counts from 1; the table `api_client_migrations` has those that were applied.
    pub version: i32,
    /// Name of the file that it comes from.
    pub name: &'static str,
    /// Statements, each of which may be run again.
    pub sql: &'static str,
}

impl fmt::Display for Migration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sql)
    }
}

/// The migrations of a database, which lie in a folder of its name.
macro_rules! migrations {
    ($database:literal: $($version:literal $file:literal)*) => {
        &[$($crate::stores::Migration {
            version: $version,
            name: $file,
            sql: include_str!(concat!("migrations/", $database, "/", $file)),
        }),*]
    };
}

pub(super) use migrations;

/// Those that come after the version applied last.
pub(super) fn pending(
    migrations: &'static [Migration],
    applied: i32,
) -> impl Iterator<Item = &'static Migration> {
    migrations.iter().filter(move |migration| migration.version > applied)
}
