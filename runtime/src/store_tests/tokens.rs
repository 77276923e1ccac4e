//! What `Tokens` relies on in a token store.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::{
    BrokenRule, Checked, Hook, Open, Rule, check_all, hook, in_a_process_that_dies, opening,
    panic_with,
};
use crate::client::token::{LockedStore, StoredToken, TokenStore};
use crate::time::UnixMillis;

/// In each token, so that it is found where it must not be.
const SECRET: &str = "a-token-of-the-tests";

/// What is said of a store that cannot be locked, though nobody should hold it any more.
pub(super) const NOT_LOCKED: &str = "`lock` fails";

/// How often something is tried whose connection may be cut meanwhile, or that waits for a process that died.
const TRIES: u32 = 50;

/// Conformance tests of a token store. It must be empty at first, and holds a token of the tests afterwards.
///
/// ```no_run
/// # async fn test() {
/// use std::time::Duration;
///
/// use apiscribe::client::token::FileStore;
/// use apiscribe::store_tests::TokenStoreTests;
///
/// let open = || async {
///     FileStore::new("/tmp/tests/token.json").patience(Duration::from_secs(1))
/// };
/// TokenStoreTests::new(open).impatient().run().await;
/// # }
/// ```
pub struct TokenStoreTests<S> {
    open: Open<S>,
    impatient: bool,
    cut: Option<Hook<()>>,
    jump: Option<Hook<i64>>,
}

impl<S: TokenStore> TokenStoreTests<S> {
    /// Opens the store several times, each as another process would.
    pub fn new<F>(open: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = S> + 'static,
    {
        Self { open: opening(open), impatient: false, cut: None, jump: None }
    }

    /// Checks that `lock` fails when another process holds the lock for too long. Configure a short wait in the store, since
    /// the tests wait for it.
    #[must_use]
    pub fn impatient(mut self) -> Self {
        self.impatient = true;
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
        panic_with("token store", &self.broken().await);
    }

    /// As [`TokenStoreTests::run`], but returns the rules that the store breaks.
    pub async fn broken(&self) -> Vec<BrokenRule> {
        let mut rules: Vec<Rule<'_>> = vec![
            ("a new store is empty", Box::pin(self.empty())),
            ("a token is loaded as it was saved", Box::pin(self.saved())),
            ("the last token saved is the one loaded", Box::pin(self.replaced())),
            ("the lock has one holder at a time", Box::pin(self.locked())),
            ("concurrent updates are not lost", Box::pin(self.counted())),
            ("dropping the lock frees it and keeps the token", Box::pin(self.dropped())),
            ("a waiter that gives up does not keep the lock", Box::pin(self.given_up())),
            ("a crashed process does not hold the lock forever", Box::pin(self.crashed())),
            ("`Debug` shows no token", Box::pin(self.shown())),
        ];
        if self.impatient {
            rules.push((
                "waiting for the lock ends in an error that shows no token",
                Box::pin(self.patience()),
            ));
        }
        if let Some(cut) = &self.cut {
            rules.push(("a lost connection loses no token", Box::pin(self.lost(cut))));
        }
        if let Some(jump) = &self.jump {
            rules.push((
                "leases do not depend on the clock of a process",
                Box::pin(self.clock(jump)),
            ));
        }
        check_all(rules).await
    }

    async fn store(&self) -> Arc<S> {
        Arc::new((self.open)().await)
    }

    async fn empty(&self) -> Checked {
        let loaded = load(&mut *lock(&*self.store().await).await?).await?;
        same(loaded.as_ref(), None)
    }

    async fn saved(&self) -> Checked {
        let texts = [
            String::new(),
            "x".repeat(20_000),
            r#"'"\%_{}"#.to_owned(),
            "\0\u{1}\t\r\n\u{7f}".to_owned(),
            "é e\u{301} токен 😀 \u{feff}".to_owned(),
            " ends with a blank ".to_owned(),
        ];
        let mut tokens: Vec<StoredToken> = texts.iter().map(|text| token(text)).collect();
        tokens.push(StoredToken { refresh_token: None, ..token("no refresh token") });
        tokens.push(StoredToken { expires_at: None, ..token("no end") });
        let ends = [UnixMillis(i64::MIN), UnixMillis(i64::MAX)];
        tokens.extend(ends.map(|end| StoredToken { expires_at: Some(end), ..token("far away") }));
        tokens.extend(ends.map(|at| StoredToken { issued_at: at, ..token("far away") }));
        let (one, other) = (self.store().await, self.store().await);
        for token in &tokens {
            save(&mut *lock(&*one).await?, token).await?;
            let loaded = load(&mut *lock(&*other).await?).await?;
            same(loaded.as_ref(), Some(token))?;
        }
        let loaded = load(&mut *lock(&*self.store().await).await?).await?;
        same(loaded.as_ref(), tokens.last())
    }

    async fn replaced(&self) -> Checked {
        let store = self.store().await;
        let [later, earlier] = [("later", 2_000), ("earlier", 1_000)]
            .map(|(text, at)| StoredToken { issued_at: UnixMillis(at), ..token(text) });
        let mut locked = lock(&*store).await?;
        for token in [&later, &earlier, &earlier] {
            save(&mut *locked, token).await?;
            same(load(&mut *locked).await?.as_ref(), Some(token))?;
        }
        drop(locked);
        let loaded = load(&mut *lock(&*self.store().await).await?).await?;
        same(loaded.as_ref(), Some(&earlier))
    }

    async fn locked(&self) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        let locked = lock(&*one).await?;
        for (store, who) in [(&one, "the same process"), (&other, "another process")] {
            if let Ok(Ok(_)) = timeout(Duration::from_millis(100), store.lock()).await {
                return Err(format!("{who} got the lock while it was held"));
            }
        }
        drop(locked);
        lock(&*other).await.map(drop)
    }

    /// Each adds one to the number that is there.
    async fn counted(&self) -> Checked {
        const EACH: i64 = 4;
        const PROCESSES: i64 = 6;
        save(&mut *lock(&*self.store().await).await?, &numbered(0)).await?;
        let mut processes = JoinSet::new();
        for _ in 0..PROCESSES {
            let store = self.store().await;
            processes.spawn(async move {
                for _ in 0..EACH {
                    let mut locked = lock(&*store).await?;
                    let last = load(&mut *locked).await?.map_or(0, |token| token.issued_at.0);
                    tokio::task::yield_now().await;
                    save(&mut *locked, &numbered(last + 1)).await?;
                }
                Ok::<_, String>(())
            });
        }
        for done in processes.join_all().await {
            done?;
        }
        let last = load(&mut *lock(&*self.store().await).await?).await?;
        match last.map_or(0, |token| token.issued_at.0) {
            number if number == PROCESSES * EACH => Ok(()),
            number => Err(format!("{} saved one after the other left {number}", PROCESSES * EACH)),
        }
    }

    async fn dropped(&self) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        save(&mut *lock(&*one).await?, &token("kept")).await?;
        for _ in 0..3 {
            drop(lock(&*one).await?);
            let mut locked = lock(&*other).await?;
            same(load(&mut *locked).await?.as_ref(), Some(&token("kept")))?;
        }
        Ok(())
    }

    async fn given_up(&self) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        let locked = lock(&*one).await?;
        let waiting: Vec<_> = (0..3)
            .map(|_| {
                let other = Arc::clone(&other);
                tokio::spawn(async move { other.lock().await.map(drop).is_ok() })
            })
            .collect();
        sleep(Duration::from_millis(20)).await;
        waiting.iter().for_each(tokio::task::JoinHandle::abort);
        drop(locked);
        drop(lock(&*one).await?);
        // Given up at every stage of taking a lock that is free.
        for micros in (0..4_000).step_by(200) {
            let given_up = timeout(Duration::from_micros(micros), other.lock()).await;
            drop(given_up);
        }
        for polls in 1..8 {
            let mut waiting = other.lock();
            let mut poll =
                async || poll_fn(|cx| Poll::Ready(waiting.as_mut().poll(cx).is_ready())).await;
            for _ in 0..polls {
                if poll().await {
                    break;
                }
                sleep(Duration::from_millis(1)).await;
            }
        }
        lock(&*one).await.map(drop)
    }

    async fn crashed(&self) -> Checked {
        in_a_process_that_dies(Arc::clone(&self.open), async |store| {
            let mut locked = lock(&store).await?;
            save(&mut *locked, &token("before the crash")).await?;
            // Holds it until there is nothing left to run it.
            tokio::spawn(async move {
                std::future::pending::<()>().await;
                drop((locked, store));
            });
            Ok(())
        })
        .await?;
        let mut locked = lock(&*self.store().await).await?;
        same(load(&mut *locked).await?.as_ref(), Some(&token("before the crash")))
    }

    async fn shown(&self) -> Checked {
        let store = self.store().await;
        let mut locked = lock(&*store).await?;
        save(&mut *locked, &token("shown")).await?;
        no_secret(&format!("{store:?}"))?;
        drop(locked);
        no_secret(&format!("{store:#?}"))
    }

    async fn patience(&self) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        let mut locked = lock(&*one).await?;
        save(&mut *locked, &token("held")).await?;
        match other.lock().await {
            Ok(_) => Err("another got the lock while it was held".to_owned()),
            Err(error) => no_secret(&format!("{error} {error:?}")),
        }
    }

    async fn lost(&self, cut: &Hook<()>) -> Checked {
        let (one, other) = (self.store().await, self.store().await);
        save(&mut *lock(&*one).await?, &token("first")).await?;
        for (last, next) in [("first", "second"), ("second", "third")] {
            let mut locked = lock(&*one).await?;
            cut(()).await;
            same(load_again(&mut *locked).await?.as_ref(), Some(&token(last)))?;
            cut(()).await;
            save_again(&mut *locked, &token(next)).await?;
            cut(()).await;
            if let Ok(Ok(_)) = timeout(Duration::from_millis(100), other.lock()).await {
                return Err("another got the lock when the holder's connection was lost".to_owned());
            }
            drop(locked);
            cut(()).await;
            let loaded = load_again(&mut *lock(&*other).await?).await?;
            same(loaded.as_ref(), Some(&token(next)))?;
        }
        Ok(())
    }

    async fn clock(&self, jump: &Hook<i64>) -> Checked {
        const FAR: i64 = 30 * 24 * 3600;
        let (one, other) = (self.store().await, self.store().await);
        let locked = lock(&*one).await?;
        let mut found = Ok(());
        for by in [FAR, -2 * FAR] {
            jump(by).await;
            if let Ok(Ok(_)) = timeout(Duration::from_millis(100), other.lock()).await {
                found = Err("another got the lock when the clock was set".to_owned());
            }
        }
        drop(locked);
        let freed = lock(&*other).await.map(drop);
        jump(FAR).await;
        found.and(freed)
    }
}

fn token(text: &str) -> StoredToken {
    StoredToken {
        token: format!("{SECRET} {text}").into(),
        issued_at: UnixMillis(1_700_000_000_123),
        expires_at: Some(UnixMillis(1_700_007_200_000)),
        refresh_token: Some(format!("{text} {SECRET} {text}").into()),
    }
}

fn numbered(number: i64) -> StoredToken {
    StoredToken { issued_at: UnixMillis(number), ..token(&number.to_string()) }
}

/// Waits for as long as it takes a process that died to be noticed, or a lost connection to be replaced.
async fn lock(store: &impl TokenStore) -> Result<Box<dyn LockedStore>, String> {
    let mut last = String::new();
    for _ in 0..TRIES {
        match store.lock().await {
            Ok(locked) => return Ok(locked),
            Err(error) => last = error.to_string(),
        }
        sleep(Duration::from_millis(20)).await;
    }
    Err(format!("{NOT_LOCKED}: {last}"))
}

async fn load(locked: &mut dyn LockedStore) -> Result<Option<StoredToken>, String> {
    locked.load().await.map_err(|error| format!("`load` fails: {error}"))
}

async fn save(locked: &mut dyn LockedStore, token: &StoredToken) -> Checked {
    locked.save(token).await.map_err(|error| format!("`save` fails: {error}"))
}

async fn load_again(locked: &mut dyn LockedStore) -> Result<Option<StoredToken>, String> {
    let mut loaded = load(locked).await;
    for _ in 0..TRIES {
        if loaded.is_ok() {
            break;
        }
        sleep(Duration::from_millis(20)).await;
        loaded = load(locked).await;
    }
    loaded
}

async fn save_again(locked: &mut dyn LockedStore, token: &StoredToken) -> Checked {
    let mut saved = save(locked, token).await;
    for _ in 0..TRIES {
        if saved.is_ok() {
            break;
        }
        sleep(Duration::from_millis(20)).await;
        saved = save(locked, token).await;
    }
    saved
}

/// `Debug` hides what differs, so the difference is named.
fn same(found: Option<&StoredToken>, expected: Option<&StoredToken>) -> Checked {
    let (found, expected) = match (found, expected) {
        (None, None) => return Ok(()),
        (Some(_), None) => return Err("a token was there, where none was expected".to_owned()),
        (None, Some(_)) => return Err("no token was there".to_owned()),
        (Some(found), Some(expected)) => (found, expected),
    };
    let fields = [
        ("token", found.token == expected.token),
        ("issued_at", found.issued_at == expected.issued_at),
        ("expires_at", found.expires_at == expected.expires_at),
        ("refresh_token", found.refresh_token == expected.refresh_token),
    ];
    match fields.iter().find(|(_, same)| !same) {
        Some((field, _)) => Err(format!(
            "`{field}` is another than that of the token {:?}",
            expected.token.expose()
        )),
        None => Ok(()),
    }
}

fn no_secret(shown: &str) -> Checked {
    if shown.contains(SECRET) { Err(format!("it is in {shown}")) } else { Ok(()) }
}
