//! A store of events with one flaw each is found out; without any, it is not.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use apiscribe::callback::{Claim, Claimed, EventStore};
use apiscribe::store_tests::EventStoreTests;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Flaw {
    None,
    GivesToEverybody,
    LooksThenWrites,
    ReleasesForAnybody,
    ReleasesWhatIsDone,
    ForgetsTheBody,
    FoldsCases,
    CutsBlanks,
    CutsKeys,
    HoldsForEver,
    ProlongsForOthers,
    LosesCrashedClaims,
    RefusesLateCompletions,
    LosesCompletionsOfReleased,
    ForgetsAfterADay,
    LosesClaimsWithTheConnection,
    LosesCompletionsWithTheConnection,
    TrustsTheClockOfTheProcess,
}

/// The rows, the time, and how far off the clock of the process is, in ms.
#[derive(Default)]
struct World {
    rows: Mutex<HashMap<String, Row>>,
    time: AtomicU64,
    off: AtomicI64,
    cuts: AtomicU64,
}

#[derive(Debug, Clone)]
struct Row {
    token: String,
    until: i64,
    done: Option<Vec<u8>>,
}

/// As it is opened by one process.
struct Flawed {
    flaw: Flaw,
    world: Arc<World>,
    held: Mutex<Vec<String>>,
}

impl Flawed {
    fn now(&self) -> i64 {
        let off = match self.flaw {
            Flaw::TrustsTheClockOfTheProcess => self.world.off.load(SeqCst),
            _ => 0,
        };
        self.world.time.load(SeqCst) as i64 + off
    }

    fn key(&self, claim: &Claim) -> String {
        match self.flaw {
            Flaw::FoldsCases => claim.key.to_lowercase(),
            Flaw::CutsBlanks => claim.key.trim_end_matches(' ').to_owned(),
            Flaw::CutsKeys => claim.key.chars().take(190).collect(),
            _ => claim.key.clone(),
        }
    }

    fn holds(&self, row: &Row, now: i64) -> bool {
        match self.flaw {
            Flaw::GivesToEverybody => false,
            Flaw::HoldsForEver => true,
            _ => now < row.until,
        }
    }

    fn take(&self, claim: &Claim, found: Option<Row>) -> Claimed {
        let now = self.now();
        match found {
            Some(Row { done: Some(_), .. }) if self.flaw == Flaw::ForgetsTheBody => {
                return Claimed::Done(Vec::new());
            }
            Some(Row { done: Some(body), until, .. })
                if self.flaw != Flaw::ForgetsAfterADay || now < until + 24 * 3_600_000 =>
            {
                return Claimed::Done(body);
            }
            Some(row) if row.done.is_none() && self.holds(&row, now) => {
                if self.flaw == Flaw::ProlongsForOthers {
                    let until = now + claim.lease.as_millis() as i64;
                    let prolonged = Row { until, ..row };
                    self.world.rows.lock().unwrap().insert(self.key(claim), prolonged);
                }
                return Claimed::InProgress;
            }
            _ => {}
        }
        let until = now + claim.lease.as_millis() as i64;
        let row = Row { token: claim.token.clone(), until, done: None };
        self.world.rows.lock().unwrap().insert(self.key(claim), row);
        self.held.lock().unwrap().push(self.key(claim));
        Claimed::New
    }

    fn give_back(&self, claim: &Claim) {
        let mut rows = self.world.rows.lock().unwrap();
        let Some(row) = rows.get(&self.key(claim)) else { return };
        let may = row.token == claim.token || self.flaw == Flaw::ReleasesForAnybody;
        if may && (row.done.is_none() || self.flaw == Flaw::ReleasesWhatIsDone) {
            rows.remove(&self.key(claim));
        }
    }
}

impl EventStore for Flawed {
    async fn claim(&self, claim: &Claim) -> Result<Claimed, BoxError> {
        if self.flaw == Flaw::LooksThenWrites {
            let found = self.world.rows.lock().unwrap().get(&self.key(claim)).cloned();
            tokio::task::yield_now().await;
            return Ok(self.take(claim, found));
        }
        // One lock around both makes it atomic, as a statement of a database.
        static ATOMIC: Mutex<()> = Mutex::new(());
        let _atomic = ATOMIC.lock().unwrap();
        let found = self.world.rows.lock().unwrap().get(&self.key(claim)).cloned();
        Ok(self.take(claim, found))
    }

    async fn complete(&self, claim: &Claim, body: &[u8]) -> Result<(), BoxError> {
        let cuts = self.world.cuts.load(SeqCst);
        tokio::task::yield_now().await;
        if self.flaw == Flaw::LosesCompletionsWithTheConnection && cuts > 0 {
            return Ok(());
        }
        let (now, mut rows) = (self.now(), self.world.rows.lock().unwrap());
        let found = rows.get(&self.key(claim));
        let mine = found.is_some_and(|row| row.token == claim.token);
        let lost = match self.flaw {
            Flaw::RefusesLateCompletions => !mine,
            Flaw::LosesCompletionsOfReleased => found.is_none(),
            _ => false,
        };
        if !lost {
            let row = Row { token: claim.token.clone(), until: now, done: Some(body.to_vec()) };
            rows.insert(self.key(claim), row);
        }
        Ok(())
    }

    async fn release(&self, claim: &Claim) -> Result<(), BoxError> {
        self.give_back(claim);
        Ok(())
    }

    fn abandon(&self, claim: &Claim) {
        self.give_back(claim);
    }
}

impl Drop for Flawed {
    fn drop(&mut self) {
        if self.flaw == Flaw::LosesCrashedClaims {
            let (held, mut rows) = (self.held.lock().unwrap(), self.world.rows.lock().unwrap());
            rows.retain(|key, row| row.done.is_some() || !held.contains(key));
        }
    }
}

/// The rules that it breaks.
async fn broken(flaw: Flaw) -> Vec<&'static str> {
    let world = Arc::new(World::default());
    let [opened, passed, cut, jumped] = [(); 4].map(|()| Arc::clone(&world));
    let open = move || {
        let (world, held) = (Arc::clone(&opened), Mutex::default());
        async move { Flawed { flaw, world, held } }
    };
    let tests = EventStoreTests::new(open)
        .pass(move |time| {
            passed.time.fetch_add(time.as_millis() as u64, SeqCst);
            async {}
        })
        .cut(move || {
            cut.cuts.fetch_add(1, SeqCst);
            if flaw == Flaw::LosesClaimsWithTheConnection {
                cut.rows.lock().unwrap().retain(|_, row| row.done.is_some());
            }
            async {}
        })
        .jump(move |by| {
            jumped.off.fetch_add(by * 1_000, SeqCst);
            async {}
        });
    tests.broken().await.into_iter().map(|broken| broken.rule).collect()
}

#[tokio::test]
async fn a_store_without_flaw_passes() {
    assert_eq!(broken(Flaw::None).await, [""; 0]);
}

#[tokio::test]
async fn each_flaw_breaks_its_rule() {
    let expected = [
        (Flaw::GivesToEverybody, "an event is claimed by one caller at a time"),
        (Flaw::LooksThenWrites, "of concurrent claims exactly one succeeds"),
        (Flaw::ReleasesForAnybody, "only the claim that holds an event releases it"),
        (Flaw::ReleasesForAnybody, "a late release does not affect the next claim"),
        (Flaw::ReleasesWhatIsDone, "nothing undoes a completion"),
        (Flaw::ForgetsTheBody, "a completed event returns its acknowledgement"),
        (Flaw::FoldsCases, "keys are compared byte by byte"),
        (Flaw::CutsBlanks, "keys are compared byte by byte"),
        (Flaw::CutsKeys, "keys are compared byte by byte"),
        (Flaw::HoldsForEver, "when a lease ends, exactly one other claim succeeds"),
        (Flaw::ProlongsForOthers, "when a lease ends, exactly one other claim succeeds"),
        (Flaw::LosesCrashedClaims, "a crashed process holds its event until the lease ends"),
        (Flaw::RefusesLateCompletions, "a late completion is kept"),
        (Flaw::LosesCompletionsOfReleased, "a late completion is kept"),
        (Flaw::ForgetsAfterADay, "completed events are kept for 72 hours"),
        (Flaw::LosesClaimsWithTheConnection, "a lost connection loses no claim"),
        (Flaw::LosesCompletionsWithTheConnection, "a lost connection loses no completion"),
        (Flaw::TrustsTheClockOfTheProcess, "leases do not depend on the clock of a process"),
    ];
    for (flaw, rule) in expected {
        let broken = broken(flaw).await;
        assert!(broken.contains(&rule), "{flaw:?} breaks {rule:?}; these were found: {broken:?}");
    }
}

#[tokio::test]
#[should_panic(
    expected = "the event store breaks these rules:\nan event is claimed by one caller at a time: \
                           by the same process: expected InProgress, got New"
)]
async fn the_broken_rules_are_named() {
    let world = Arc::new(World::default());
    let open = move || {
        let (world, held) = (Arc::clone(&world), Mutex::default());
        async move { Flawed { flaw: Flaw::GivesToEverybody, world, held } }
    };
    let lease = std::time::Duration::from_millis(1);
    EventStoreTests::new(open).lease(lease).run().await;
}
