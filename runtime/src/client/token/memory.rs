//! What a process knows about its token and the fetch in flight.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};

use super::guard::Guard;
use super::renewal::Outcome;
use super::store::StoredToken;
use crate::secret::Secret;
use crate::time::UnixMillis;

/// Shared by the callers and by the tasks that fetch.
#[derive(Debug, Default)]
pub(super) struct Memory {
    current: RwLock<Option<Arc<StoredToken>>>,
    notes: Mutex<Notes>,
}

/// What matters only to callers that need a new token.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The token of a login, until the first call takes it.
    login: Option<StoredToken>,
    /// What was last seen in the store, or put there.
    seen: Option<StoredToken>,
    pub(super) guard: Guard,
    /// The fetch in flight, or the last one.
    pub(super) renewal: Option<Outcome>,
    /// Alive while a task retries saving the current token.
    saver: Weak<()>,
}

/// Which token a caller needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// Any but this one.
    pub(super) refused: Option<&'a Secret<String>>,
    /// How long before its end a token is replaced.
    pub(super) margin_ms: i64,
}

impl Wanted<'_> {
    fn is_other(&self, token: &StoredToken) -> bool {
        self.refused != Some(&token.token)
    }

    /// Whether the token does not need to be replaced yet.
    pub(super) fn is_met_by(&self, token: &StoredToken) -> bool {
        self.is_other(token) && token.is_young(UnixMillis::now(), self.margin_ms)
    }

    /// Whether the token works, as far as is known.
    pub(super) fn is_served_by(&self, token: &StoredToken) -> bool {
        self.is_other(token) && token.is_alive(UnixMillis::now())
    }
}

impl Memory {
    /// A token that a user has just given.
    pub(super) fn log_in(&self, first: StoredToken) {
        self.notes().login = Some(first.sound());
    }

    /// The token of the login, or what has followed it.
    pub(super) fn first(&self) -> Option<Arc<StoredToken>> {
        let login = self.notes().login.clone().map(Arc::new);
        login.or_else(|| self.current())
    }

    /// Makes the login the current token. The first call does so, and then compares it with the token in the store.
    pub(super) fn take_login(&self) {
        let mut notes = self.notes();
        if let Some(first) = notes.login.take() {
            self.set(first);
        }
    }

    pub(super) fn current(&self) -> Option<Arc<StoredToken>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The current token, if it is the one wanted.
    pub(super) fn young(&self, wanted: Wanted<'_>) -> Option<Secret<String>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        let current = current.as_deref().filter(|token| wanted.is_met_by(token));
        current.map(|current| current.token.clone())
    }

    pub(super) fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records what the store holds, and returns the token that was issued last: the store's or the one in memory.
    pub(super) fn compare(
        &self,
        stored: Option<StoredToken>,
        wanted: Wanted<'_>,
    ) -> Option<Arc<StoredToken>> {
        let mut notes = self.notes();
        let seen = mem::replace(&mut notes.seen, stored.clone());
        let current = self.current();
        let is_later = |stored: &StoredToken, current: &StoredToken| match seen {
            // Unchanged since the one in memory replaced it, whatever any clock says.
            Some(seen) if seen == *stored => false,
            // The one in memory was in the store, was refused, and another process has replaced it.
            Some(seen) if seen == *current && !wanted.is_other(current) => true,
            _ => time_of_issue(stored) >= time_of_issue(current),
        };
        match (stored, current) {
            (Some(stored), None) => Some(self.set(stored)),
            (Some(stored), Some(current)) if is_later(&stored, &current) => Some(self.set(stored)),
            (_, current) => current,
        }
    }

    /// Keeps a token that was fetched.
    pub(super) fn keep(&self, token: StoredToken) -> Arc<StoredToken> {
        let _notes = self.notes();
        self.set(token)
    }

    fn set(&self, token: StoredToken) -> Arc<StoredToken> {
        let token = Arc::new(token);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Some(Arc::clone(&token));
        token
    }

    /// The current token, if the store has another or none.
    pub(super) fn unsaved(&self) -> Option<Arc<StoredToken>> {
        let notes = self.notes();
        self.current().filter(|token| notes.seen.as_ref() != Some(token))
    }

    pub(super) fn saved(&self, token: &StoredToken) {
        self.notes().seen = Some(token.clone());
    }

    /// The right to retry saving, held by one task at a time until it drops it.
    pub(super) fn saver(&self) -> Option<Arc<()>> {
        let mut notes = self.notes();
        if notes.saver.strong_count() > 0 {
            return None;
        }
        let saver = Arc::default();
        notes.saver = Arc::downgrade(&saver);
        Some(saver)
    }
}

/// Later is greater. A token from the future was dated by a wrong clock, so it sorts before all others.
fn time_of_issue(token: &StoredToken) -> (bool, i64) {
    (token.is_plausible(UnixMillis::now()), token.issued_at.0)
}
