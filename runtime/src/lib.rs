//! What derived and generated code stands on: checked requests, lenient responses, typed errors, and a client.
//!
//! The root has the derives with their traits, and what nearly every program names: `Client` and `Tokens`, [`Reply`],
//! [`Error`], [`Secret`], [`Json`]. Everything else is in the module of its subject:
//!
//! | module | for whom it is |
//! |---|---|
//! | `client` | who builds a `Client` or chooses how a call goes: options, retries, pages, tokens, downloads |
//! | `blocking` | programs that are not asynchronous |
//! | [`error`] | who handles what went wrong: who must act, what was tried, what the documents say of a code |
//! | [`validate`] | who reads violations, or writes a rule; [`validate::field`] for types of their own |
//! | [`callback`] | who receives the platform's calls |
//! | `signature`, [`scheme`] | who signs and verifies; how a platform does it, as data |
//! | `stores`, `store_tests` | who keeps events and tokens in a database, or writes a store |
//! | [`endpoint`] | who sends requests by another HTTP library, or uploads files |
//! | [`js_api`] | who makes the options of functions of a platform's JavaScript interface |
//! | [`money`], [`time`], `decimals`, [`wire`] | the types of fields |
//! | `rules` | who calls what is generated from the rules of documents |
//! | [`meta`] | generated code, and tables of it |
//!
//! Those without a link here need a feature: `client`, `blocking`, `signature`, `decimals`, `rules`, `store-tests`, or that of
//! a database.
//!
//! The attributes of the derives are documented on one page, that of the crate [`apiscribe_macros`].

// The example of README.md compiles and runs.
#![cfg_attr(doctest, doc = include_str!("../README.md"))]
// `+`, `-` and `*` on instants and durations panic where the result does not fit. See `clippy.toml` for the types left out.
#![warn(clippy::arithmetic_side_effects)]

// Derived code says `::apiscribe`, here also.
extern crate self as apiscribe;

// Values on the wire.
pub mod wire;
mod lenient;
mod json;
mod json_text;
mod code;
mod secret;
#[cfg(feature = "decimals")]
pub mod decimals;
mod version;
pub mod money;
mod newtype;
pub mod time;

// What is checked before anything is sent.
pub mod validate;
mod derived;

// What the platform offers: errors, HTTP calls both ways, JS APIs.
mod error_code;
pub mod meta;
pub mod scheme;
pub mod error;
mod envelope;
pub mod endpoint;
mod fault;
pub mod callback;
pub mod js_api;

// Who signed it.
#[cfg(feature = "signature")]
pub mod signature;

#[cfg(feature = "client")]
pub mod client;

// Stores that outlive a process, and what every store must keep to.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub mod stores;
#[cfg(feature = "store-tests")]
pub mod store_tests;

// What documents say beside tables of fields.
#[cfg(feature = "rules")]
pub mod rules;

/// The client for programs that are not asynchronous: the same calls, each until it is done.
#[cfg(feature = "blocking")]
pub mod blocking {
    pub use crate::client::blocking::{Client, Items, Pages};
}

// The root: what nearly every program names. All else is found in the module of its subject.
pub use apiscribe_macros::{
    Decode, Encode, Endpoint, ErrorCode, Events, JsApi, Money, Request, Responses, Validate,
    WireEnum, WireText,
};

pub use callback::Events;
#[cfg(feature = "client")]
pub use client::{Client, token::Tokens};
pub use endpoint::{Endpoint, Reply};
pub use error::{Error, ErrorCode};
pub use js_api::JsApi;
pub use money::Money;
pub use secret::Secret;
pub use validate::Validate;
pub use wire::{Responses, WireEnum};

// What `Endpoint` makes requests of, and responses from.
pub use http;

// For derived code.
#[doc(hidden)]
pub use {serde, serde_json};

/// Any JSON.
pub type Json = serde_json::Value;
