//! The stand-in for the platform, over plain TCP: what it says is what the documents say, and it fails as it is told to.
//! Tests of the client take it from here.

#[path = "../../../generated-client/examples/stand_in/mod.rs"]
pub(crate) mod platform;

mod connection;
mod fault;
mod token;
mod order;
mod refund;
mod settle;
mod withdraw;
mod bill;
mod merchant;

mod notified;
mod raw;
