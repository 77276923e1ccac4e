//! All tests of the workspace, in one binary.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in the tests themselves, not in what they share"
)]

// One module per case folder.
mod accept;
mod reject;
mod required;
mod features;
mod derive;
mod deprecated;

// What the real spec says and makes, and what changes it.
mod documents;
mod snapshots;
mod synthetic;
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
mod stability;
mod contract;
mod kept;
mod round_trips;
mod mutation;
mod hostile;

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

// The doors to the generator, and the folder they write.
mod cli;
mod sources;
mod callable;
mod table;
mod output;
mod doors;
mod own_platform;
mod readmes;

// What goes to a registry.
mod packages;
mod pages;

// The source tree itself.
mod tidy;
mod root;
mod words;
mod footprint;

// Folders of cases.
mod support;
