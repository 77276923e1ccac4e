//! `accept/<case>/use.rs` compiles and runs against the client that the case's spec makes. What that is, is tested in `tests/generator`.

// A client and its user for each folder, made by build.rs.
#[allow(dead_code, unreachable_pub, reason = "a client has more than its user uses")]
mod cases {
    include!(concat!(env!("OUT_DIR"), "/accept.rs"));
}
