//! What every area works with: settings, the clock, numbers of the platform's, and callbacks to be sent.

use crate::callback::Callback;
use crate::clock::Clock;
use crate::settings::Settings;

/// Handed to every function of an area beside the area itself.
pub(crate) struct Context {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    /// The emulator's own address.
    pub(crate) url: String,
    /// Sent as soon as the areas are let go.
    pub(crate) outbox: Vec<Callback>,
    ids: u64,
}

impl Context {
    pub(crate) fn new(settings: Settings, clock: Clock, url: String) -> Self {
        Self { settings, clock, url, outbox: Vec::new(), ids: 0 }
    }

    /// A number of the platform's with the prefix of its kind.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        self.ids += 1;
        format!("{prefix}{}", 7_291_862_380_517_000_000 + self.ids)
    }

    pub(crate) fn log_id(&mut self) -> String {
        self.ids += 1;
        format!("{}{:019X}", self.clock.now_ms(), self.ids)
    }
}
