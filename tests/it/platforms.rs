//! `platforms/<name>/spec/*.yaml` makes a client, `test.rs` beside it calls it, and `responses/` has what the platform
//! sends: no line of the core knows of any of them.

// A client and its tests for each folder, made by build.rs.
#[allow(dead_code, unreachable_pub, reason = "a client has more than its tests use")]
pub(crate) mod cases {
    include!(concat!(env!("OUT_DIR"), "/platforms.rs"));
}
