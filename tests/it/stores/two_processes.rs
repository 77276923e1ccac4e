//! Ten thousand events, each delivered up to five times, to two processes on one PostgreSQL, of which one is killed.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use apiscribe::callback::{Acknowledgement, Callbacks, Event};
use apiscribe::stores::Database;
use apiscribe::stores::sqlx::{self, AssertSqlSafe};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::databases::{Admin, TestDatabase};
use crate::callbacks::events::{Settle, Trade, settle, verifier};
use crate::support::Random;

const TEST: &str =
    "stores::two_processes::each_event_is_handled_once_though_one_of_two_processes_is_killed";
const EVENTS: usize = 10_000;
const AT_ONCE: usize = 16;

/// A process that was killed is waited for so long.
const LEASE: Duration = Duration::from_secs(8);

/// Tells a process that it is one of the two: `url number log`.
const JOB: &str = "TESTS_JOB";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_event_is_handled_once_though_one_of_two_processes_is_killed() {
    if let Ok(job) = env::var(JOB) {
        let parts: Vec<&str> = job.split(' ').collect();
        receive_all(parts[0], parts[1].parse().unwrap(), Path::new(parts[2])).await;
    } else if let Some(database) = TestDatabase::postgres().await {
        kill_one_of_two(&database.migrated().await).await;
    }
}

async fn kill_one_of_two(database: &TestDatabase) {
    let folder = tempfile::tempdir().unwrap();
    let log = |name: &str| folder.path().join(name);
    let (mut killed, mut other) =
        (start(database, 0, &log("killed")), start(database, 1, &log("other")));
    while handled(&log("killed")).len() < 1_500 {
        assert_eq!(killed.try_wait().unwrap(), None, "it ended by itself");
        sleep(Duration::from_millis(5)).await;
    }
    killed.kill().unwrap();
    assert_eq!(killed.wait().unwrap().code(), None, "it ended by the signal");
    wait_for_its_connections(database).await;
    let in_flight: BTreeSet<String> =
        &BTreeSet::from_iter(handled(&log("killed"))) & &open_events(database).await;

    let mut again = start(database, 0, &log("again"));
    for process in [&mut other, &mut again] {
        assert!(process.wait().unwrap().success());
    }
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for event in ["killed", "other", "again"].iter().flat_map(|name| handled(&log(name))) {
        *times.entry(event).or_default() += 1;
    }
    let twice: BTreeSet<String> =
        times.iter().filter(|(_, times)| **times > 1).map(|(event, _)| event.clone()).collect();
    println!("in flight when the process was killed: {in_flight:?}; handled twice: {twice:?}");
    assert_eq!(times.len(), EVENTS, "each event was handled");
    assert_eq!(twice, in_flight, "handled twice were those that were in flight, and no others");
    assert!(times.values().all(|times| *times <= 2), "{times:?}");
    assert!(in_flight.len() <= AT_ONCE);
    assert!(open_events(database).await.is_empty(), "all are completed");
}

fn start(database: &TestDatabase, number: u64, log: &Path) -> Child {
    let url = database.url.replace("application_name=", &format!("application_name={number}_"));
    Command::new(env::current_exe().unwrap())
        .args([TEST, "--exact"])
        .env(JOB, format!("{url} {number} {}", log.display()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// The identities that a process has begun to handle.
fn handled(log: &Path) -> Vec<String> {
    fs::read_to_string(log).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// What a killed process sent is executed all the same.
async fn wait_for_its_connections(database: &TestDatabase) {
    let Admin::Postgres(_, name) = &database.admin else { panic!("another database") };
    let count =
        format!("SELECT count(*) FROM pg_stat_activity WHERE application_name = '0_{name}'");
    while database.number(&count).await > 0 {
        sleep(Duration::from_millis(10)).await;
    }
}

/// The identities of events that are not completed.
async fn open_events(database: &TestDatabase) -> BTreeSet<String> {
    let Admin::Postgres(pool, _) = &database.admin else { panic!("another database") };
    let find = "SELECT event_key FROM api_client_events WHERE completed_at IS NULL";
    let keys: Vec<String> = sqlx::query_scalar(AssertSqlSafe(find)).fetch_all(pool).await.unwrap();
    keys.iter().map(|key| key.trim_start_matches("settle:").to_owned()).collect()
}

/// The deliveries that come to one of two processes, in an order of its own.
fn deliveries(number: u64) -> Vec<usize> {
    let mut random = Random::new(1);
    let mut deliveries = Vec::new();
    for event in 0..EVENTS {
        let times = if random.below(3) == 0 { 1 + random.below(5) } else { 1 };
        let to_us = (0..times).filter(|_| random.below(2) as u64 == number).count();
        deliveries.extend(std::iter::repeat_n(event, to_us));
    }
    Random::new(2 + number).shuffle(&mut deliveries);
    deliveries
}

async fn receive_all(url: &str, number: u64, log: &Path) {
    let store = Database::connect(url).await.unwrap().events("tt0123456789");
    let callbacks = Arc::new(Callbacks::<Trade, _>::with_store(verifier(), store).lease(LEASE));
    let log =
        Arc::new(OpenOptions::new().create(true).append(true).open(PathBuf::from(log)).unwrap());
    let (deliveries, next) = (Arc::new(deliveries(number)), Arc::new(AtomicUsize::new(0)));
    let mut tasks = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (callbacks, log) = (Arc::clone(&callbacks), Arc::clone(&log));
        let (deliveries, next) = (Arc::clone(&deliveries), Arc::clone(&next));
        tasks.spawn(async move {
            while let Some(event) = deliveries.get(next.fetch_add(1, SeqCst)) {
                let request = settle(&event.to_string());
                // As the platform does, though sooner.
                while callbacks.receive(request.clone(), |event| handle(event, &log)).await.status()
                    != 200
                {
                    sleep(Duration::from_millis(20)).await;
                }
            }
        });
    }
    tasks.join_all().await;
}

/// A line is written as one, and is there whatever becomes of the process.
async fn handle(event: Event<Trade>, mut log: &File) -> Result<Acknowledgement, Infallible> {
    let Trade::Settle(content) = event.content() else { panic!("{event:?}") };
    log.write_all(format!("{}\n", content.settle_id).as_bytes()).unwrap();
    Ok(Acknowledgement::of::<Settle>())
}
