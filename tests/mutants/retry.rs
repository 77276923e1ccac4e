//! What tries `runtime/src/client/retry.rs`.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in the tests themselves, not in what they share"
)]
#![allow(dead_code, unused_imports, reason = "the rest of the tests use more of what is shared")]

#[path = "../it/client"]
mod client {
    mod answers;
    mod empty;
    mod errors;
    mod foreign;
    mod rate_limits;
    mod retries;
    mod time;
    mod tokens;
    mod verified;

    pub(crate) mod server;
    mod platform;
    mod types;
}

#[path = "../it/signature"]
mod signature {
    mod app;

    pub(crate) use self::app::{OTHER_PUBLIC, PKCS8, PUBLIC};
}

#[path = "../it/log.rs"]
mod log;
