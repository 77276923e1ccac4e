//! The suite again, in a process whose clock jumps: libfaketime sets it, and the servers know nothing of that.

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::time::{Duration, SystemTime};
use std::{env, fs};

use super::conformance;
use super::databases::{Admin, TestDatabase, on_each_database, server};

/// How libfaketime is told the offset, in seconds: by a file.
const FILE: &str = "FAKETIME_TIMESTAMP_FILE";

// SQLite has no clock but the machine's.
on_each_database!(@ postgres a_clock_that_jumps_ends_no_lease);
on_each_database!(@ mariadb a_clock_that_jumps_ends_no_lease);

async fn a_clock_that_jumps_ends_no_lease(database: TestDatabase) {
    match env::var_os(FILE) {
        Some(file) => with_a_clock_that_jumps(database, file.into()).await,
        None => start_again(&database),
    }
}

async fn with_a_clock_that_jumps(database: TestDatabase, file: PathBuf) {
    let database = database.migrated().await;
    let (events, tokens) = (file.clone(), file);
    conformance::events(&database).jump(move |by| jump(events.clone(), by)).run().await;
    conformance::tokens(&database).jump(move |by| jump(tokens.clone(), by)).run().await;
}

async fn jump(file: PathBuf, by: i64) {
    static OFFSET: AtomicI64 = AtomicI64::new(0);
    let offset = OFFSET.fetch_add(by, SeqCst) + by;
    let before = SystemTime::now();
    let new = file.with_extension("new");
    fs::write(&new, format!("{offset:+}")).unwrap();
    fs::rename(&new, &file).unwrap();
    let moved = match SystemTime::now().duration_since(before) {
        Ok(on) => on,
        Err(back) => back.duration(),
    };
    let expected = Duration::from_secs(by.unsigned_abs());
    assert!(moved.abs_diff(expected) < Duration::from_secs(3600), "the clock moved by {moved:?}");
}

fn start_again(database: &TestDatabase) {
    let Some(library) = server("TEST_FAKETIME") else { return };
    let name = if matches!(database.admin, Admin::Postgres(..)) { "postgres" } else { "mariadb" };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offset");
    fs::write(&file, "+0").unwrap();
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", &format!("stores::clock::{name}::a_clock_that_jumps_ends_no_lease")])
        .env("LD_PRELOAD", library)
        .env(FILE, &file)
        .env("FAKETIME_NO_CACHE", "1")
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("1 passed"), "{said}");
}
