//! The tests of all but the generator, in one binary; those of the generator are in `tests/generator`.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in the tests themselves, not in what they share"
)]

// One module per case folder that is compiled.
mod accept;
mod required;
mod derive;
mod deprecated;

// What is made of the real spec.
mod samples;
mod orders;
mod refunds;
mod merchants;
mod withdrawals;
mod credentials;
mod game_payment;
mod rules;
mod facts;
mod limits;
mod essentials;
mod names;
mod contract;
mod round_trips;

// The derives on hand-written types.
mod validate;

// Values on the wire.
mod scalars;
mod wire;
mod error_code;
mod endpoint;
mod envelopes;
mod bodies;
mod js_api;

// The client over HTTP on loopback.
mod client;
mod faults;
mod secrets;
mod log;

// Clients of other platforms.
mod platforms;

// The emulator of the platform.
mod emulator;

// What is signed, and what the platform tells of.
mod signature;
mod callbacks;

// Stores of events and tokens, in databases and elsewhere.
mod stores;

// Bills of trade and of funds.
mod bills;

// What the fuzz targets run.
mod fuzz;

// The entry points to the generator.
mod callable;
mod doors;
mod own_platform;
mod readmes;

// What goes to a registry.
mod packages;
mod pages;

// The source tree itself.
mod root;
mod footprint;

// The command, files and folders.
#[allow(dead_code, reason = "the other tests use more of it")]
mod command;
mod support;
