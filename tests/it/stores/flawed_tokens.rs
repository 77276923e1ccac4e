//! A store of a token with one flaw each is found out; without any, it is not.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use apiscribe::client::BoxFuture;
use apiscribe::client::token::{LockedStore, StoreError, StoredToken, TokenStore};
use apiscribe::store_tests::TokenStoreTests;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Flaw {
    None,
    LocksNothing,
    NeverUnlocks,
    LeaksGivenUpLocks,
    LosesRefreshTokens,
    CutsTokens,
    KeepsTheLatestOnly,
    ForgetsOnUnlocking,
    HoldsForTheDead,
    ShowsItsToken,
    ShowsItsTokenInErrors,
    UnlocksOnALostConnection,
    TrustsTheClockOfTheProcess,
}

#[derive(Default)]
struct World {
    token: Mutex<Option<StoredToken>>,
    /// Who holds it, and until when by the clock of who took it.
    holder: Mutex<Option<(u64, i64)>>,
    off: AtomicI64,
}

/// As it is opened by one process.
#[derive(Clone)]
struct Flawed {
    flaw: Flaw,
    world: Arc<World>,
    start: Instant,
}

struct Locked {
    store: Flawed,
    number: u64,
}

impl Flawed {
    fn now(&self) -> i64 {
        let off = match self.flaw {
            Flaw::TrustsTheClockOfTheProcess => self.world.off.load(SeqCst),
            _ => 0,
        };
        self.start.elapsed().as_millis() as i64 + off
    }

    fn try_lock(&self) -> Option<Locked> {
        static NUMBER: AtomicI64 = AtomicI64::new(0);
        let number = NUMBER.fetch_add(1, SeqCst) as u64;
        let (now, mut holder) = (self.now(), self.world.holder.lock().unwrap());
        let held =
            holder.is_some_and(|(_, until)| now < until || self.flaw == Flaw::HoldsForTheDead);
        if held && self.flaw != Flaw::LocksNothing {
            return None;
        }
        let until = match self.flaw {
            Flaw::NeverUnlocks | Flaw::LeaksGivenUpLocks => i64::MAX,
            _ => now + 500,
        };
        *holder = Some((number, until));
        Some(Locked { store: self.clone(), number })
    }
}

impl TokenStore for Flawed {
    fn lock(&self) -> BoxFuture<'_, Result<Box<dyn LockedStore>, StoreError>> {
        Box::pin(async move {
            for _ in 0..8 {
                if let Some(locked) = self.try_lock() {
                    if self.flaw == Flaw::LeaksGivenUpLocks {
                        let number = locked.number;
                        std::mem::forget(locked);
                        tokio::time::sleep(Duration::from_millis(3)).await;
                        let locked = Locked { store: self.clone(), number };
                        return Ok(Box::new(locked) as Box<dyn LockedStore>);
                    }
                    return Ok(Box::new(locked) as Box<dyn LockedStore>);
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            let token = self.world.token.lock().unwrap().clone();
            Err(match token.filter(|_| self.flaw == Flaw::ShowsItsTokenInErrors) {
                Some(token) => format!("held by {}", token.token.expose()).into(),
                None => "held".into(),
            })
        })
    }
}

impl LockedStore for Locked {
    fn load(&mut self) -> BoxFuture<'_, Result<Option<StoredToken>, StoreError>> {
        let token = self.store.world.token.lock().unwrap().clone();
        Box::pin(async move { Ok(token) })
    }

    fn save<'a>(&'a mut self, token: &'a StoredToken) -> BoxFuture<'a, Result<(), StoreError>> {
        let mut kept = self.store.world.token.lock().unwrap();
        let mut token = token.clone();
        match self.store.flaw {
            Flaw::LosesRefreshTokens => token.refresh_token = None,
            Flaw::CutsTokens => {
                token.token = token.token.expose().chars().take(255).collect::<String>().into();
            }
            Flaw::KeepsTheLatestOnly
                if kept.as_ref().is_some_and(|kept| kept.issued_at > token.issued_at) =>
            {
                return Box::pin(async { Ok(()) });
            }
            _ => {}
        }
        *kept = Some(token);
        Box::pin(async { Ok(()) })
    }
}

impl World {
    fn unlock(&self, number: u64) {
        let mut holder = self.holder.lock().unwrap();
        if holder.is_some_and(|(holding, _)| holding == number) {
            *holder = None;
        }
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        let (world, number) = (Arc::clone(&self.store.world), self.number);
        match self.store.flaw {
            Flaw::NeverUnlocks => {}
            // As a database does, which must be asked.
            Flaw::HoldsForTheDead => drop(tokio::spawn(async move { world.unlock(number) })),
            Flaw::ForgetsOnUnlocking => {
                *world.token.lock().unwrap() = None;
                world.unlock(number);
            }
            _ => world.unlock(number),
        }
    }
}

impl fmt::Debug for Flawed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let token = self.world.token.lock().unwrap().clone();
        match token.filter(|_| self.flaw == Flaw::ShowsItsToken) {
            Some(token) => f.write_str(token.token.expose()),
            None => f.write_str("Flawed"),
        }
    }
}

/// The rules that it breaks.
async fn broken(flaw: Flaw) -> Vec<&'static str> {
    let (world, start) = (Arc::new(World::default()), Instant::now());
    let [opened, cut, jumped] = [(); 3].map(|()| Arc::clone(&world));
    let open = move || {
        let world = Arc::clone(&opened);
        async move { Flawed { flaw, world, start } }
    };
    let tests = TokenStoreTests::new(open)
        .impatient()
        .cut(move || {
            if flaw == Flaw::UnlocksOnALostConnection {
                *cut.holder.lock().unwrap() = None;
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
        (Flaw::LocksNothing, "the lock has one holder at a time"),
        (Flaw::LocksNothing, "concurrent updates are not lost"),
        (Flaw::LocksNothing, "waiting for the lock ends in an error that shows no token"),
        (Flaw::NeverUnlocks, "a token is loaded as it was saved"),
        (Flaw::LeaksGivenUpLocks, "a waiter that gives up does not keep the lock"),
        (Flaw::LosesRefreshTokens, "a token is loaded as it was saved"),
        (Flaw::CutsTokens, "a token is loaded as it was saved"),
        (Flaw::KeepsTheLatestOnly, "the last token saved is the one loaded"),
        (Flaw::ForgetsOnUnlocking, "dropping the lock frees it and keeps the token"),
        (Flaw::HoldsForTheDead, "a crashed process does not hold the lock forever"),
        (Flaw::ShowsItsToken, "`Debug` shows no token"),
        (Flaw::ShowsItsTokenInErrors, "waiting for the lock ends in an error that shows no token"),
        (Flaw::UnlocksOnALostConnection, "a lost connection loses no token"),
        (Flaw::TrustsTheClockOfTheProcess, "leases do not depend on the clock of a process"),
    ];
    for (flaw, rule) in expected {
        let broken = broken(flaw).await;
        assert!(broken.contains(&rule), "{flaw:?} breaks {rule:?}; these were found: {broken:?}");
    }
}
