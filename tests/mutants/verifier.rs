//! What tries `runtime/src/callback/receive/verifier.rs` and `runtime/src/signature/response_verifier.rs`.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in the tests themselves, not in what they share"
)]
#![allow(dead_code, unused_imports, reason = "the rest of the tests use more of what is shared")]

#[path = "../it/callbacks"]
mod callbacks {
    mod beliefs;
    mod bodies;
    mod ecpay;
    mod hang_ups;
    mod raw;
    mod secondary;
    mod verify_only;

    pub(crate) mod events;
    pub(crate) mod server;
}

#[path = "../it/client"]
mod client {
    mod verified;

    pub(crate) mod server;
    mod types;
}

#[path = "../it/signature"]
mod signature {
    mod app;

    pub(crate) use self::app::{OTHER_PUBLIC, PKCS8, PUBLIC, platform_key};
}

#[path = "../it/log.rs"]
mod log;

#[allow(unreachable_pub, reason = "a client has more than its tests use")]
mod clients {
    include!(concat!(env!("OUT_DIR"), "/clients.rs"));
}
