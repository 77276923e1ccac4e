//! What `Callbacks` relies on in an event store.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use super::{
    BrokenRule, Checked, Hook, Open, RuleTest, check_all, hook, in_a_process_that_dies, opening,
    panic_with,
};
use crate::callback::{Claim, Claimed, EventStore};
use crate::signature::random_hex;

/// Does not end during the tests.
const LONG: Duration = Duration::from_secs(24 * 3600);

/// How often something is tried whose connection may be cut meanwhile.
const TRIES: u32 = 50;

/// A claim with a new token, for your own tests.
pub fn claim(key: impl Into<String>, lease: Duration) -> Claim {
    let token = random_hex().expect("the system gives random bytes");
    Claim { key: key.into(), token, lease }
}

/// Conformance tests of an event store. The events of the tests stay in the store.
///
/// ```no_run
/// # #[cfg(feature = "postgres")]
/// # async fn test() {
/// use apiscribe::stores::Database;
/// use apiscribe::store_tests::EventStoreTests;
///
/// let open = || async {
///     let database = Database::connect("postgres://tests@127.0.0.1/tests").await.unwrap();
///     database.events("tests")
/// };
/// EventStoreTests::new(open)
///     .cut(|| async { /* end all connections of the server, as `pg_terminate_backend` does */ })
///     .run()
///     .await;
/// # }
/// ```
pub struct EventStoreTests<S> {
    open: Open<S>,
    run: String,
    lease: Duration,
    pass: Option<Hook<Duration>>,
    cut: Option<Hook<()>>,
    jump: Option<Hook<i64>>,
}

impl<S: EventStore + 'static> EventStoreTests<S> {
    /// Opens the store several times, each as another process would.
    pub fn new<F>(open: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = S> + 'static,
    {
        let run = claim("", LONG).token;
        let lease = Duration::from_millis(100);
        Self { open: opening(open), run, lease, pass: None, cut: None, jump: None }
    }

    /// The length of the short leases that the tests wait for; 100 ms by default. Make it longer for a store that counts in
    /// coarser units.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease;
        self
    }

    /// Advances the store's own clock, if it can be set: the tests use it instead of waiting, and also check that completed
    /// events are kept for 72 hours.
    #[must_use]
    pub fn pass<F>(mut self, pass: impl Fn(Duration) -> F + 'static) -> Self
    where
        F: Future<Output = ()> + 'static,
    {
        self.pass = Some(hook(pass));
        self
    }

    /// Closes all connections of the store on the server's side, also those in use: adds the tests for lost connections.
    #[must_use]
    pub fn cut<F>(mut self, cut: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = ()> + 'static,
    {
        self.cut = Some(hook(move |()| cut()));
        self
    }

    /// Sets the clock of this process forward by so many seconds, or back: adds the tests for clocks that jump.
    #[must_use]
    pub fn jump<F>(mut self, jump: impl Fn(i64) -> F + 'static) -> Self
    where
        F: Future<Output = ()> + 'static,
    {
        self.jump = Some(hook(jump));
        self
    }

    /// Runs all tests.
    ///
    /// # Panics
    ///
    /// With a list of the rules that the store breaks.
    pub async fn run(&self) {
        panic_with("event store", &self.broken().await);
    }

    /// As [`EventStoreTests::run`], but returns the rules that the store breaks.
    pub async fn broken(&self) -> Vec<BrokenRule> {
        let mut rules: Vec<RuleTest<'_>> = vec![
            ("an event is claimed by one caller at a time", Box::pin(self.held())),
            ("of concurrent claims exactly one succeeds", Box::pin(self.many_claims())),
            ("a released event can be claimed again", Box::pin(self.released())),
            ("only the claim that holds an event releases it", Box::pin(self.foreign_release())),
            ("a completed event returns its acknowledgement", Box::pin(self.completed())),
            ("nothing undoes a completion", Box::pin(self.never_undone())),
            ("keys are compared byte by byte", Box::pin(self.keys())),
            ("when a lease ends, exactly one other claim succeeds", Box::pin(self.ended())),
            ("a late release does not affect the next claim", Box::pin(self.late_release())),
            ("a late completion is kept", Box::pin(self.late_completion())),
            ("a crashed process holds its event until the lease ends", Box::pin(self.crashed())),
            ("an abandoned event can be claimed when its lease ends", Box::pin(self.abandoned())),
            ("each of many events is handled once", Box::pin(self.storm())),
        ];
        if let Some(pass) = &self.pass {
            let test = Box::pin(self.kept(pass));
            rules.push(("completed events are kept for 72 hours", test));
        }
        if let Some(cut) = &self.cut {
            rules.push(("a lost connection loses no claim", Box::pin(self.lost_claim(cut))));
            rules.push((
                "a lost connection loses no completion",
                Box::pin(self.lost_completion(cut)),
            ));
        }
        if let Some(jump) = &self.jump {
            let test = Box::pin(self.clock(jump));
            rules.push(("leases do not depend on the clock of a process", test));
        }
        check_all(rules).await
    }

    async fn store(&self) -> Arc<S> {
        Arc::new((self.open)().await)
    }

    fn key(&self, name: &str) -> String {
        format!("{name}:{}", self.run)
    }

    /// Until a lease that has begun has ended.
    async fn end_of_lease(&self) {
        match &self.pass {
            Some(pass) => pass(self.lease).await,
            // Some stores round to what they count in.
            None => sleep(past(self.lease)).await,
        }
    }

    async fn held(&self) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        let first = claim(self.key("held"), LONG);
        expect_claim(&*one, &first, "a new event", Claimed::New).await?;
        expect(&*one, &first.key, "by the same process", Claimed::InProgress).await?;
        expect(&*other, &first.key, "by another process", Claimed::InProgress).await?;
        expect_claim(&*one, &first, "the same claim once more", Claimed::InProgress).await
    }

    async fn many_claims(&self) -> Checked {
        for round in 0..8 {
            self.race(&self.key(&format!("many {round}"))).await?;
        }
        Ok(())
    }

    /// Claims of several processes at once, of which one must be `New`.
    async fn race(&self, key: &str) -> Checked {
        let mut claims = JoinSet::new();
        for _ in 0..3 {
            let store = self.store().await;
            for _ in 0..6 {
                let (store, claim) = (Arc::clone(&store), claim(key, LONG));
                claims.spawn(async move { store.claim(&claim).await });
            }
        }
        let mut new = 0;
        while let Some(claimed) = claims.join_next().await {
            match claimed.map_err(|error| error.to_string())? {
                Ok(Claimed::New) => new += 1,
                Ok(Claimed::InProgress) => {}
                other => return Err(format!("one of 18 claims at once got {other:?}")),
            }
        }
        if new == 1 { Ok(()) } else { Err(format!("{new} of 18 claims at once got New")) }
    }

    async fn released(&self) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        let first = claim(self.key("released"), LONG);
        expect_claim(&*one, &first, "a new event", Claimed::New).await?;
        release(&*one, &first).await?;
        expect(&*other, &first.key, "after the release", Claimed::New).await?;
        let unknown = claim(self.key("never claimed"), LONG);
        release(&*one, &unknown).await?;
        expect(&*other, &unknown.key, "after a release of nothing", Claimed::New).await
    }

    async fn foreign_release(&self) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        let first = claim(self.key("foreign"), LONG);
        expect_claim(&*one, &first, "a new event", Claimed::New).await?;
        release(&*other, &claim(&first.key, LONG)).await?;
        expect(&*other, &first.key, "after a release by another token", Claimed::InProgress)
            .await?;
        other.abandon(&claim(&first.key, LONG));
        expect(&*other, &first.key, "abandoned by another token", Claimed::InProgress).await
    }

    async fn completed(&self) -> Checked {
        let every_byte = (0..=255).collect();
        let bodies = [br#"{"code":0}"#.to_vec(), Vec::new(), every_byte, vec![b'x'; 70_000]];
        for (number, body) in bodies.into_iter().enumerate() {
            let (one, other) = (self.store().await, self.store().await);
            let first = claim(self.key(&format!("completed {number}")), LONG);
            expect_claim(&*one, &first, "a new event", Claimed::New).await?;
            complete(&*one, &first, &body).await?;
            let done = Claimed::Done(body);
            expect(&*one, &first.key, "by the same process", done.clone()).await?;
            expect(&*other, &first.key, "by another process", done.clone()).await?;
            drop((one, other));
            let next = self.store().await;
            expect(&*next, &first.key, "by a process that started afterwards", done).await?;
        }
        Ok(())
    }

    async fn never_undone(&self) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        let first = claim(self.key("never undone"), self.lease);
        expect_claim(&*one, &first, "a new event", Claimed::New).await?;
        complete(&*one, &first, b"done").await?;
        release(&*one, &first).await?;
        let done = Claimed::Done(b"done".to_vec());
        expect(&*other, &first.key, "after a release", done.clone()).await?;
        one.abandon(&first);
        self.end_of_lease().await;
        expect(&*other, &first.key, "abandoned, after the lease", done.clone()).await?;
        complete(&*one, &first, b"done").await?;
        expect(&*other, &first.key, "completed once more", done).await
    }

    async fn keys(&self) -> Checked {
        // All that databases are known to fold, cut, or take for something else.
        let alike = [
            "k",
            "K",
            "k ",
            " k",
            "k\t",
            "k\0",
            "é",
            "e",
            "e\u{301}",
            "ß",
            "ss",
            "ı",
            "i",
            "I",
            "ﬁ",
            "fi",
            "😀",
            "😁",
            "'",
            "''",
            "\\",
            "\\\\",
            "\\0",
            "%",
            "_",
            "k\n",
            "\u{feff}k",
            "1",
            "01",
        ];
        let store = self.store().await;
        let room = 200 - self.run.len();
        let long = ["a", "b"].map(|end| format!("{}{end}", "x".repeat(room - 1)));
        let ends = alike.iter().map(|end| format!("{}{end}", self.run));
        let starts = alike.iter().map(|start| format!("{start}{}", self.run));
        let longest = long.iter().map(|long| format!("{}{long}", self.run));
        let mut keys: Vec<String> = ends.chain(starts).chain(longest).collect();
        keys.dedup();
        for key in &keys {
            expect(&*store, key, &format!("the new event {key:?}"), Claimed::New).await?;
        }
        for key in &keys {
            expect(&*store, key, &format!("the event {key:?}"), Claimed::InProgress).await?;
        }
        Ok(())
    }

    async fn ended(&self) -> Checked {
        let store = self.store().await;
        let first = claim(self.key("ended"), self.lease);
        expect_claim(&*store, &first, "a new event", Claimed::New).await?;
        // A repeat of the call must not prolong it. On a busy machine the lease may have ended already.
        let repeat = claim(&first.key, LONG);
        if claimed_of(&*store, &repeat).await? == Claimed::New {
            release(&*store, &repeat).await?;
        }
        self.end_of_lease().await;
        self.race(&first.key).await
    }

    async fn late_release(&self) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        let late = claim(self.key("late release"), self.lease);
        expect_claim(&*one, &late, "a new event", Claimed::New).await?;
        self.end_of_lease().await;
        expect(&*other, &late.key, "after the lease", Claimed::New).await?;
        release(&*one, &late).await?;
        expect(&*one, &late.key, "after a late release", Claimed::InProgress).await?;
        one.abandon(&late);
        self.end_of_lease().await;
        expect(&*one, &late.key, "abandoned late", Claimed::InProgress).await
    }

    async fn late_completion(&self) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        let [taken, ended, released] = ["taken", "ended", "released"]
            .map(|name| claim(self.key(&format!("late {name}")), self.lease));
        for late in [&taken, &ended, &released] {
            expect_claim(&*one, late, "a new event", Claimed::New).await?;
        }
        release(&*one, &released).await?;
        self.end_of_lease().await;
        let next = claim(&taken.key, LONG);
        expect_claim(&*other, &next, "after the lease", Claimed::New).await?;
        let done = Claimed::Done(b"late".to_vec());
        for (late, when) in [
            (&taken, "completed while another has it"),
            (&ended, "completed after the lease"),
            (&released, "completed after its release"),
        ] {
            complete(&*one, late, b"late").await?;
            expect(&*other, &late.key, when, done.clone()).await?;
        }
        release(&*other, &next).await?;
        expect(&*other, &taken.key, "released by who had it next", done).await
    }

    async fn crashed(&self) -> Checked {
        let [long, short] = [("crashed", LONG), ("crashed long ago", self.lease)]
            .map(|(name, lease)| claim(self.key(name), lease));
        let claims = [long.clone(), short.clone()];
        in_a_process_that_dies(Arc::clone(&self.open), async move |store| {
            for claim in &claims {
                expect_claim(&store, claim, "a new event", Claimed::New).await?;
            }
            Ok(())
        })
        .await?;
        let store = self.store().await;
        self.end_of_lease().await;
        expect(
            &*store,
            &long.key,
            "before the lease of a crashed process ended",
            Claimed::InProgress,
        )
        .await?;
        self.race(&short.key).await
    }

    async fn abandoned(&self) -> Checked {
        let store = self.store().await;
        let first = claim(self.key("abandoned"), self.lease);
        expect_claim(&*store, &first, "a new event", Claimed::New).await?;
        store.abandon(&first);
        self.end_of_lease().await;
        expect(&*store, &first.key, "after the lease", Claimed::New).await
    }

    /// Each event is delivered five times at once; the first handler of some fails.
    async fn storm(&self) -> Checked {
        let mut deliveries = JoinSet::new();
        for process in 0..5 {
            let store = self.store().await;
            for event in 0..20 {
                let (store, key) = (Arc::clone(&store), self.key(&format!("storm {event}")));
                let fails = process == 0 && event % 4 == 0;
                deliveries.spawn(async move {
                    deliver(&*store, &key, fails).await.map(|handled| (event, handled))
                });
            }
        }
        let mut handled = [0; 20];
        while let Some(delivered) = deliveries.join_next().await {
            let (event, times) = delivered.map_err(|error| error.to_string())??;
            handled[event as usize] += times;
        }
        match handled.iter().find(|times| **times != 1) {
            Some(times) => Err(format!("an event was handled {times} times")),
            None => Ok(()),
        }
    }

    async fn kept(&self, pass: &Hook<Duration>) -> Checked {
        let store = self.store().await;
        let first = claim(self.key("kept"), LONG);
        expect_claim(&*store, &first, "a new event", Claimed::New).await?;
        complete(&*store, &first, b"done").await?;
        pass(Duration::from_secs(72 * 3600)).await;
        let done = Claimed::Done(b"done".to_vec());
        expect(&*store, &first.key, "72 hours later", done).await
    }

    async fn lost_claim(&self, cut: &Hook<()>) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        let first = claim(self.key("lost"), LONG);
        expect_claim(&*one, &first, "a new event", Claimed::New).await?;
        cut(()).await;
        expect(&*one, &first.key, "after the connection was lost", Claimed::InProgress).await?;
        let mut claims = JoinSet::new();
        for number in 0..60 {
            let (store, claim) =
                (Arc::clone(&one), claim(self.key(&format!("lost {number}")), LONG));
            claims.spawn(async move { (store.claim(&claim).await, claim) });
        }
        cut_often(cut).await;
        for (claimed, claim) in claims.join_all().await {
            match claimed {
                Ok(Claimed::New) => {
                    expect(
                        &*other,
                        &claim.key,
                        "taken while connections were lost",
                        Claimed::InProgress,
                    )
                    .await?;
                }
                Ok(got) => {
                    return Err(format!("a new event, while connections were lost, got {got:?}"));
                }
                // Nobody knows who has it. Whoever claims it must be told one thing or the other.
                Err(_) => drop(claimed_of(&*other, &claim).await?),
            }
        }
        Ok(())
    }

    async fn lost_completion(&self, cut: &Hook<()>) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        let mut completions = JoinSet::new();
        for number in 0..60 {
            let claim = claim(self.key(&format!("lost completion {number}")), LONG);
            expect_claim(&*one, &claim, "a new event", Claimed::New).await?;
            let store = Arc::clone(&one);
            completions.spawn(async move { (store.complete(&claim, b"done").await, claim) });
        }
        cut_often(cut).await;
        for (completed, claim) in completions.join_all().await {
            if completed.is_err() {
                complete(&*other, &claim, b"done").await?;
            }
            let done = Claimed::Done(b"done".to_vec());
            expect(&*other, &claim.key, "completed while connections were lost", done).await?;
        }
        Ok(())
    }

    async fn clock(&self, jump: &Hook<i64>) -> Checked {
        const FAR: i64 = 30 * 24 * 3600;
        let (one, other) = (self.store().await, self.store().await);
        let [held, done] = ["clock held", "clock done"].map(|name| claim(self.key(name), LONG));
        let before = claim(self.key("clock before"), self.lease);
        for claim in [&held, &done, &before] {
            expect_claim(&*one, claim, "a new event", Claimed::New).await?;
        }
        complete(&*one, &done, b"done").await?;
        for (by, when) in
            [(FAR, "when the clock was set on"), (-2 * FAR, "when the clock was set back")]
        {
            jump(by).await;
            let found = expect(&*other, &held.key, when, Claimed::InProgress).await;
            let found =
                found.and(expect(&*other, &done.key, when, Claimed::Done(b"done".to_vec())).await);
            if found.is_err() {
                jump(if by > 0 { -FAR } else { FAR }).await;
                return found;
            }
        }
        self.end_of_lease().await;
        let ended =
            expect(&*other, &before.key, "a lease that ended, the clock set back", Claimed::New)
                .await;
        jump(FAR).await;
        ended
    }
}

async fn claimed_of(store: &impl EventStore, claim: &Claim) -> Result<Claimed, String> {
    let mut last = String::new();
    for _ in 0..TRIES {
        match store.claim(claim).await {
            Ok(claimed) => return Ok(claimed),
            Err(error) => last = error.to_string(),
        }
        sleep(Duration::from_millis(20)).await;
    }
    Err(format!("`claim` fails: {last}"))
}

async fn expect_claim(
    store: &impl EventStore,
    claim: &Claim,
    when: &str,
    expected: Claimed,
) -> Checked {
    let claimed = claimed_of(store, claim).await?;
    if claimed == expected {
        return Ok(());
    }
    Err(format!("{when}: expected {}, got {}", shown(&expected), shown(&claimed)))
}

/// Claims with another token than anybody's.
async fn expect(store: &impl EventStore, key: &str, when: &str, expected: Claimed) -> Checked {
    expect_claim(store, &claim(key, LONG), when, expected).await
}

fn shown(claimed: &Claimed) -> String {
    match claimed {
        Claimed::Done(body) if body.len() > 100 => format!("Done of {} bytes", body.len()),
        Claimed::Done(body) => format!("Done({})", body.escape_ascii()),
        other => format!("{other:?}"),
    }
}

async fn release(store: &impl EventStore, claim: &Claim) -> Checked {
    store.release(claim).await.map_err(|error| format!("`release` fails: {error}"))
}

async fn complete(store: &impl EventStore, claim: &Claim, body: &[u8]) -> Checked {
    let mut last = String::new();
    for _ in 0..TRIES {
        match store.complete(claim, body).await {
            Ok(()) => return Ok(()),
            Err(error) => last = error.to_string(),
        }
        sleep(Duration::from_millis(20)).await;
    }
    Err(format!("`complete` fails: {last}"))
}

async fn cut_often(cut: &Hook<()>) {
    for _ in 0..5 {
        cut(()).await;
        sleep(Duration::from_millis(3)).await;
    }
}

/// Calls until the event is done, as the platform does; how often it was handled to success.
async fn deliver(store: &impl EventStore, key: &str, mut fails: bool) -> Result<u32, String> {
    loop {
        let claim = claim(key, LONG);
        match claimed_of(store, &claim).await? {
            Claimed::New if fails => {
                fails = false;
                release(store, &claim).await?;
            }
            Claimed::New => return complete(store, &claim, b"done").await.map(|()| 1),
            Claimed::InProgress => sleep(Duration::from_millis(5)).await,
            Claimed::Done(_) => return Ok(0),
        }
    }
}

/// A little longer than a lease.
fn past(lease: Duration) -> Duration {
    let tenth = lease.checked_div(10).unwrap_or_default();
    lease.saturating_add(tenth).saturating_add(Duration::from_millis(5))
}
