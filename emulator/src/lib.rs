//! An emulator of the Douyin open platform on loopback: it behaves as the platform's documents say, keeps what was done,
//! and fails on demand.
//!
//! ```
//! use std::time::Duration;
//!
//! use douyin_emulator::{Emulator, Fault};
//!
//! # fn main() -> std::io::Result<()> {
//! let emulator = Emulator::start()?;
//! // For every host of the platform: the client's base URL.
//! assert!(emulator.url().starts_with("http://127.0.0.1:"));
//! // What a front end, a user or the platform itself would do.
//! let order_id = emulator.paid_order("order-1", 10_000);
//! assert_eq!(emulator.items_of(&order_id).len(), 1);
//! // The next request to this path is reset after it took effect.
//! emulator.inject(
//!     "/api/trade_basic/v1/developer/settle_create/",
//!     Fault::Reset(douyin_emulator::Effect::Taken),
//! );
//! // Tokens, bills and signatures age at once.
//! emulator.advance(Duration::from_secs(7200));
//! # Ok(())
//! # }
//! ```
//!
//! It shares no code with the client that it is there to test, so that a fact misread in one is not misread in the other.
//! Where the documents name no code (a second withdrawal of the day, say) it refuses with 10000.

#![warn(missing_docs)]

// What a test holds and says.
mod emulator;
mod settings;
mod fault;
mod journal;

// The same for other languages and processes.
#[cfg(feature = "cli")]
pub mod cli;
mod control;

// From bytes to requests, and back.
mod listener;
mod connection;
mod wire;
mod exchange;
mod route;
mod form;
mod fields;
mod envelope;

// What the platform knows, area by area.
mod platform;
mod context;
mod client_token;
mod user_token;
mod business_token;
mod apps_v2;
mod order;
mod refund;
mod settlement;
mod withdrawal;
mod fulfillment;
mod tag;
mod bill;
mod bill_file;
mod merchant;

// What the platform sends of itself.
mod callback;
mod delivery;

// Time and keys.
mod clock;
mod keys;

pub use self::{
    callback::Delivery,
    emulator::Emulator,
    envelope::Refusal,
    fault::{Content, Effect, Fault, RetryAfter},
    journal::Received,
    keys::SignedHeaders,
    settings::{Settings, SettlesAfter},
    settlement::{AUTOMATIC_ORDER, Settlement},
};
