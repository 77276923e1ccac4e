//! The client over real HTTP on loopback, and what is under it without any network.

mod answers;
mod errors;
mod readable;
mod foreign;
mod booleans;
mod fault;
mod limits;
mod pages;
mod requests;
mod places;
mod safety;
mod verified;
mod trace;

// What a call does beyond one request.
mod tokens;
mod renewals;
mod stores;
mod faulty_stores;
mod token_files;
mod empty;
mod retries;
mod time;
mod rate_limits;
mod download;
mod download_whole;
mod download_limits;
mod download_addresses;

// Other ways to call.
mod blocking;
mod prepared;
mod transport;
mod metrics;

pub(crate) mod server;
mod platform;
mod types;
