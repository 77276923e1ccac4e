//! What a process knows of its token, and of the fetch under way.

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

/// What only those who need a new token ask for.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The token of a login, until the first call takes it.
    login: Option<StoredToken>,
    /// What was last seen in the store, or put there.
    seen: Option<StoredToken>,
    pub(super) guard: Guard,
    /// The fetch under way, or the last one.
    pub(super) renewal: Option<Outcome>,
    /// Alive while a task is trying to bring the current token into the store.
    saver: Weak<()>,
}

/// How a token is chosen and whether it may be used.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// Another than this one.
    pub(super) refused: Option<&'a Secret<String>>,
    /// How long before its end a token is replaced.
    pub(super) margin_ms: i64,
}

impl Wanted<'_> {
    fn is_other(&self, token: &StoredToken) -> bool {
        self.refused != Some(&token.token)
    }

    /// Whether the token needs no successor yet.
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

    /// The login becomes the current token with the first call, which also compares it with the one in the store.
    pub(super) fn take_login(&self) {
        let mut notes = self.notes();
        if let Some(first) = notes.login.take() {
            self.set(first);
        }
    }

    pub(super) fn current(&self) -> Option<Arc<StoredToken>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of what is in the store, and returns the token that counts, the store's or the one in memory: the one that
    /// was issued last.
    pub(super) fn compare(
        &self,
        stored: Option<StoredToken>,
        wanted: Wanted<'_>,
    ) -> Option<Arc<StoredToken>> {
        let mut notes = self.notes();
        let seen = mem::replace(&mut notes.seen, stored.clone());
        let current = self.current();
        let is_later = |stored: &StoredToken, current: &StoredToken| match seen {
            // The one in memory is of after that, whatever any clock says.
            Some(seen) if seen == *stored => false,
            // Somebody has replaced the one in memory, and no wonder.
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

    /// The right to save later, which one task at a time has until it drops it.
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

/// Later is greater. One from the future was issued by a clock that was wrong, nobody knows when.
fn time_of_issue(token: &StoredToken) -> (bool, i64) {
    (token.is_plausible(UnixMillis::now()), token.issued_at.0)
}
