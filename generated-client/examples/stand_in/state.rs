//! The one door to all that the platform knows.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::bill::Bills;
use super::callback::{Callback, Delivery, deliver};
use super::clock::Clock;
use super::door::Door;
use super::fault::Faults;
use super::fulfillment::Fulfillments;
use super::journal::Journal;
use super::keys::Keys;
use super::login::Logins;
use super::merchant::Merchants;
use super::order::Orders;
use super::refund::Refunds;
use super::settings::Settings;
use super::settle::Ledger;
use super::token::Tokens;
use super::withdraw::Withdrawals;

/// What every connection shares.
pub(super) struct Platform {
    pub(super) keys: &'static Keys,
    pub(super) clock: Clock,
    pub(super) handle: Handle,
    pub(super) door: Door,
    /// How many callbacks are under way.
    pub(super) under_way: watch::Sender<usize>,
    state: Mutex<State>,
    faults: Mutex<Faults>,
    journal: Mutex<Journal>,
}

/// What the platform knows.
pub(super) struct State {
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    pub(super) url: String,
    pub(super) tokens: Tokens,
    pub(super) logins: Logins,
    pub(super) orders: Orders,
    pub(super) refunds: Refunds,
    pub(super) ledger: Ledger,
    pub(super) withdrawals: Withdrawals,
    pub(super) fulfillments: Fulfillments,
    pub(super) bills: Bills,
    pub(super) merchants: Merchants,
    /// Callbacks that are to be sent when the state is let go.
    pub(super) outbox: Vec<Callback>,
    pub(super) deliveries: Vec<Delivery>,
    ids: u64,
}

impl Platform {
    pub(super) fn new(
        settings: Settings,
        keys: &'static Keys,
        url: String,
        handle: Handle,
    ) -> Self {
        let clock = Clock::default();
        Self {
            keys,
            clock: clock.clone(),
            handle,
            door: Door::new(),
            under_way: watch::Sender::new(0),
            state: Mutex::new(State::new(settings, clock, url)),
            faults: Mutex::default(),
            journal: Mutex::default(),
        }
    }

    /// Does something with the state, and sends the callbacks that come of it.
    pub(super) fn with<T>(self: &Arc<Self>, act: impl FnOnce(&mut State) -> T) -> T {
        let mut state = lock(&self.state);
        let result = act(&mut state);
        for callback in state.outbox.drain(..) {
            self.under_way.send_modify(|number| *number += 1);
            self.handle.spawn(deliver(Arc::clone(self), callback));
        }
        result
    }

    pub(super) fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    pub(super) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }
}

impl State {
    fn new(settings: Settings, clock: Clock, url: String) -> Self {
        Self {
            settings,
            clock,
            url,
            tokens: Tokens::default(),
            logins: Logins::default(),
            orders: Orders::default(),
            refunds: Refunds::default(),
            ledger: Ledger::default(),
            withdrawals: Withdrawals::default(),
            fulfillments: Fulfillments::default(),
            bills: Bills::default(),
            merchants: Merchants::default(),
            outbox: Vec::new(),
            deliveries: Vec::new(),
            ids: 0,
        }
    }

    /// A number of the platform's with the prefix of its kind.
    pub(super) fn id(&mut self, prefix: &str) -> String {
        self.ids += 1;
        format!("{prefix}{}", 7_291_862_380_517_000_000 + self.ids)
    }

    pub(super) fn log_id(&mut self) -> String {
        self.ids += 1;
        format!("{}{:019X}", self.clock.now_ms(), self.ids)
    }
}

/// A thread that panicked has left nothing half done that a test would not notice.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
