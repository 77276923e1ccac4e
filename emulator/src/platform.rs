//! What all connections share, each part behind a lock of its own.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::callback::Delivery;
use crate::clock::Clock;
use crate::context::Context;
use crate::delivery::deliver;
use crate::fault::Faults;
use crate::journal::Journal;
use crate::keys::Keys;
use crate::listener::Door;
use crate::route::Areas;
use crate::settings::Settings;

pub(crate) struct Platform {
    pub(crate) keys: &'static Keys,
    pub(crate) clock: Clock,
    pub(crate) handle: Handle,
    pub(crate) door: Door,
    /// How many callbacks are in flight.
    pub(crate) in_flight: watch::Sender<usize>,
    areas: Mutex<Areas>,
    faults: Mutex<Faults>,
    journal: Mutex<Journal>,
    deliveries: Mutex<Vec<Delivery>>,
}

impl Platform {
    pub(crate) fn new(
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
            in_flight: watch::Sender::new(0),
            areas: Mutex::new(Areas::new(Context::new(settings, clock, url))),
            faults: Mutex::default(),
            journal: Mutex::default(),
            deliveries: Mutex::default(),
        }
    }

    /// Does something with the areas, and sends the callbacks that come of it.
    pub(crate) fn with<T>(self: &Arc<Self>, act: impl FnOnce(&mut Areas) -> T) -> T {
        let mut areas = lock(&self.areas);
        let result = act(&mut areas);
        for callback in areas.context.outbox.drain(..) {
            self.in_flight.send_modify(|number| *number += 1);
            self.handle.spawn(deliver(Arc::clone(self), callback));
        }
        result
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    pub(crate) fn deliveries(&self) -> MutexGuard<'_, Vec<Delivery>> {
        lock(&self.deliveries)
    }
}

/// A thread that panicked has left nothing half done that a test would not notice.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
