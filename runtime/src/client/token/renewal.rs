//! Gets a new token, from the store or else from the platform, in a task that no caller can stop.
//!
//! The fetch is a task that no caller can cancel, because by the time a caller gives up the platform may have ended
//! the previous token or used up the refresh token. It is counted before it begins (`guard`), shared by all callers,
//! and its result is kept in `memory` before it is saved. Only callers without a valid token wait. A store that fails
//! does not fail calls: a warning is logged and the save is retried.
//!
//! Which of two tokens is newer follows from what this process has seen in the store, and from the time of issue only
//! otherwise, because clocks jump. A `TokenSource` learns which token was refused, so that whoever comes second
//! finds the one fetched meanwhile; a `TokenStore` is locked while one process fetches for all. If another process
//! holds the lock for too long, a token that is still valid for some time is not replaced: the other process may be
//! using up the same refresh token.

use std::iter;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::super::Client;
use super::super::observe::token_not_renewed;
use super::guard::Refusal;
use super::issuer::{Issuer, Unissued};
use super::memory::{Memory, Wanted};
use super::store::{LockedStore, StoreError, StoredToken, TokenStore};
use super::warn;
use crate::error::{Answered, TokenFault};
use crate::meta::Auth;
use crate::secret::Secret;
use crate::time::{Seconds, UnixMillis};
use crate::validate::{Settings, Violations};

/// How long reading or writing a locked store may take.
const STORE_TIME: Duration = Duration::from_secs(10);
/// The pauses before each retry of a save that failed: doubling, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Seconds before its end at which a token is replaced, where the spec does not say how long the former one lives on.
const MARGIN: u64 = 300;

/// Everything a fetch needs.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub(super) auth: &'static Auth,
    pub(super) issuer: Arc<dyn Issuer>,
    pub(super) store: Arc<dyn TokenStore>,
    pub(super) memory: Arc<Memory>,
}

/// The task's result, for all callers that wait: first the current token, if that is still valid, then the new one. Closed once
/// the task has also tried to save it, or was stopped.
pub(super) type Outcome = watch::Receiver<Option<Brought>>;
type Announcer = watch::Sender<Option<Brought>>;
pub(super) type Brought = Result<Arc<StoredToken>, Failure>;

/// Why a fetch failed.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    message: String,
    /// Until the first caller takes it.
    fault: Arc<Mutex<Option<TokenFault>>>,
    answered: Option<Box<Answered>>,
}

impl Failure {
    fn new(Refusal { fault, answered }: Refusal) -> Self {
        Self { message: fault.to_string(), fault: Arc::new(Mutex::new(Some(fault))), answered }
    }

    /// The fault itself for the first caller, its text for the others.
    pub(super) fn into_refusal(self, again_in: Duration) -> Refusal {
        let fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner).take();
        let fault = fault.unwrap_or(TokenFault::Recently { message: self.message, again_in });
        Refusal { fault, answered: self.answered }
    }
}

/// A locked store and the token in it.
struct Opened {
    store: Box<dyn LockedStore>,
    token: Option<StoredToken>,
    /// Otherwise a token may be in it, and perhaps a newer one.
    is_read: bool,
}

impl Origin {
    pub(super) fn wanted<'a>(&self, refused: Option<&'a Secret<String>>) -> Wanted<'a> {
        Wanted { refused, margin_ms: self.margin_ms() }
    }

    /// How long before its end a token is replaced: as long as the platform lets the former live on.
    fn margin_ms(&self) -> i64 {
        let overlap = self.auth.overlap.unwrap_or(MARGIN);
        i64::try_from(overlap).unwrap_or(i64::MAX).saturating_mul(1000)
    }

    pub(super) fn check(&self, settings: &Settings) -> Result<(), Violations> {
        self.issuer.check(self.memory.first().as_deref(), settings)
    }

    /// The fetch in flight, begun if there is none, and whether this call began it.
    pub(super) fn renew(
        &self,
        client: &Client,
        refused: Option<&Secret<String>>,
    ) -> (Outcome, bool) {
        let mut notes = self.memory.notes();
        if let Some(outcome) = notes.renewal.as_ref().filter(|outcome| is_running(outcome)) {
            return (outcome.clone(), false);
        }
        let (report, outcome) = watch::channel(None);
        notes.renewal = Some(outcome.clone());
        drop(notes);
        // The new token may have revoked the previous one, so it must be kept even if no caller waits any more.
        tokio::spawn(self.clone().run(client.clone(), refused.cloned(), report));
        (outcome, true)
    }

    async fn run(self, client: Client, refused: Option<Secret<String>>, report: Announcer) {
        let wanted = self.wanted(refused.as_ref());
        if self.is_met_already(wanted, &report) {
            return;
        }
        let mut opened = self.open_unless_failed().await;
        let last = match &mut opened {
            Some(opened) if opened.is_read => self.memory.compare(opened.token.take(), wanted),
            _ => self.memory.current(),
        };
        // No caller waits for the next one while this one is valid.
        let spare = last.clone().filter(|token| wanted.is_served_by(token));
        if let Some(spare) = &spare {
            report.send_replace(Some(Ok(Arc::clone(spare))));
        }
        if self.is_successor_due(wanted, last.as_deref(), opened.is_some()) {
            let fetched = self.fetch(&client, wanted, last.as_deref()).await;
            // Whatever the store holds, this is newer.
            opened.iter_mut().for_each(|opened| opened.is_read |= fetched.is_ok());
            match fetched {
                Err(refusal) if spare.is_some() => {
                    token_not_renewed(self.auth.name, &refusal.fault)
                }
                fetched => drop(report.send_replace(Some(fetched.map_err(Failure::new)))),
            }
        }
        drop(client);
        let is_saved = self.save(opened).await;
        drop(report);
        if !is_saved {
            self.save_later().await;
        }
    }

    /// Another task may have ended just before this one began. A token that is not in the store yet is still compared with it.
    fn is_met_already(&self, wanted: Wanted<'_>, report: &Announcer) -> bool {
        let current = self.memory.current().filter(|token| wanted.is_met_by(token));
        let Some(token) = current else { return false };
        report.send_replace(Some(Ok(token)));
        self.memory.unsaved().is_none()
    }

    fn is_successor_due(
        &self,
        wanted: Wanted<'_>,
        last: Option<&StoredToken>,
        is_locked: bool,
    ) -> bool {
        match last {
            Some(token) if wanted.is_met_by(token) => false,
            // The process that holds the store may be using up the same refresh token.
            Some(token) if !is_locked => !self.has_time(wanted, token),
            _ => true,
        }
    }

    /// Whether to fetch the next one now, while this token is still valid.
    pub(super) fn is_due(&self, wanted: Wanted<'_>, token: &StoredToken) -> bool {
        let guard = &self.memory.notes().guard;
        let is_allowed = guard.check(wanted.refused.is_some()).is_ok();
        is_allowed && !(guard.store_rests() && self.has_time(wanted, token))
    }

    /// Whether a token that is due to be replaced can wait: half of the time left for that has not passed.
    fn has_time(&self, wanted: Wanted<'_>, token: &StoredToken) -> bool {
        let late = Wanted { margin_ms: wanted.margin_ms / 2, ..wanted };
        late.is_met_by(token)
    }

    async fn fetch(
        &self,
        client: &Client,
        wanted: Wanted<'_>,
        last: Option<&StoredToken>,
    ) -> Result<Arc<StoredToken>, Refusal> {
        self.memory.notes().guard.begin(wanted.refused.is_some())?;
        // Counted from the request: the response may be read much later than the token was issued.
        let asked_at = UnixMillis::now();
        match self.issuer.issue(client, last).await {
            Ok(issued) => {
                Ok(self.memory.keep(StoredToken::issued(issued, asked_at, self.lifetime())))
            }
            Err(Unissued { error, answered }) => {
                self.memory.notes().guard.fail(error.to_string(), answered.clone());
                Err(Refusal { fault: TokenFault::Issue(error), answered })
            }
        }
    }

    fn lifetime(&self) -> Option<Seconds> {
        self.auth.lifetime.and_then(|life| i64::try_from(life).ok()).map(Seconds)
    }
}

/// Uses of the store. A failure is logged and fails no call.
impl Origin {
    async fn open_unless_failed(&self) -> Option<Opened> {
        if self.memory.notes().guard.store_rests() {
            return None;
        }
        self.open().await
    }

    async fn open(&self) -> Option<Opened> {
        let mut store = match self.store.lock().await {
            Ok(store) => store,
            Err(error) => {
                self.store_failed("lock", error);
                return None;
            }
        };
        let loaded = in_time(store.load()).await;
        let is_read = loaded.is_ok();
        let token = loaded.unwrap_or_else(|error| {
            warn::store_failed(self.auth.name, "load", error);
            None
        });
        Some(Opened { store, token: token.map(StoredToken::sound), is_read })
    }

    /// Whether the store has the current token.
    async fn save(&self, opened: Option<Opened>) -> bool {
        let Some(token) = self.memory.unsaved() else { return true };
        let Some(Opened { mut store, is_read: true, .. }) = opened else { return false };
        match in_time(store.save(&token)).await {
            Ok(()) => {
                self.memory.saved(&token);
                true
            }
            Err(error) => {
                warn::store_failed(self.auth.name, "save", error);
                false
            }
        }
    }

    /// Retries until the store has the token or the client is gone.
    async fn save_later(&self) {
        let Some(_saver) = self.memory.saver() else { return };
        let pauses = iter::successors(Some(FIRST_PAUSE), |pause| Some(pause.saturating_mul(2)));
        for pause in pauses {
            sleep(pause.min(LONGEST_PAUSE)).await;
            if self.is_saved_now().await || Arc::strong_count(&self.memory) == 1 {
                return;
            }
        }
    }

    async fn is_saved_now(&self) -> bool {
        let Some(mut opened) = self.open().await.filter(|opened| opened.is_read) else {
            return false;
        };
        self.memory.compare(opened.token.take(), self.wanted(None));
        self.save(Some(opened)).await
    }

    fn store_failed(&self, action: &'static str, error: StoreError) {
        warn::store_failed(self.auth.name, action, error);
        self.memory.notes().guard.store_failed();
    }
}

fn is_running(outcome: &Outcome) -> bool {
    outcome.has_changed().is_ok()
}

async fn in_time<T>(answer: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    let late = || format!("no answer within {STORE_TIME:?}").into();
    timeout(STORE_TIME, answer).await.unwrap_or_else(|_| Err(late()))
}
