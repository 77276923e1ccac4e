//! The client over real HTTP on loopback, and what is under it without any network.

mod answers;
mod readable;
mod fault;
mod limits;
mod requests;
mod safety;
mod trace;

// What a call does beyond one request.
mod tokens;
mod stores;
mod retries;
mod rate_limits;
mod download;

// Other ways to call.
mod blocking;
mod transport;
mod metrics;

mod server;
mod types;
