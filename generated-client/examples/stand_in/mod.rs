//! A stand-in for the open platform on loopback: it plays the platform at wire level, keeps what it did, and fails as it
//! is told to.
//!
//! It shares no code with the client that it is there to try, so that a fact misread in one is not misread in the other.
//! What the sources leave open (which code refuses a second withdrawal of the day, say) it answers with 10000.

#![allow(dead_code, reason = "each example and each test uses a part of it")]

// What a test or an example holds and says.
mod handle;
mod settings;
mod fault;
mod journal;

// From bytes to requests, and back.
mod http;
mod door;
mod exchange;
mod route;
mod fields;
mod answer;

// What the platform knows, area by area.
mod state;
mod token;
mod login;
mod order;
mod refund;
mod settle;
mod withdraw;
mod fulfillment;
mod tag;
mod bill;
mod merchant;

// What the platform sends of itself.
mod callback;

// Time and keys.
mod clock;
mod keys;

// A test takes from here what an example has no need of.
#[allow(unused_imports, reason = "each example and each test uses a part of it")]
pub(crate) use self::{
    callback::Delivery,
    fault::{Content, Effect, Fault, RetryAfter},
    handle::StandIn,
    journal::Received,
    keys::SignedHeaders,
    settings::Settings,
    settle::{AUTOMATIC_ORDER, Settlement},
};
