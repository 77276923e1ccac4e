//! The tests of the generator, in one binary that is built in seconds: nothing in it compiles what is generated.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in the tests themselves, not in what they share"
)]

// One module per case folder.
mod accept;
mod reject;
mod typos;
mod features;

// What the real spec says and makes, and what changes it.
mod documents;
mod snapshots;
mod renew;
mod prose;
mod synthetic;
mod stability;
mod kept;
mod mutation;
mod hostile;

// The entry points to the generator, and the folder they write.
mod cli;
mod sources;
mod table;
mod output;

// The source tree itself.
mod tidy;
mod words;

// The command, files and folders.
#[path = "../../it/command.rs"]
mod command;
mod specs;
#[allow(dead_code, reason = "the other tests use more of it")]
#[path = "../../it/support.rs"]
mod support;
