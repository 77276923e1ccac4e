//! What derived and generated code stands on: checked requests, lenient responses, typed errors, and a client.
//!
//! The attributes of the derives are told on one page, that of the crate [`apiscribe_macros`].

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

// What the platform offers: errors, HTTP calls both ways, JS APIs.
#[doc(hidden)]
pub mod error_code;
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

pub use apiscribe_macros::{
    Decode, Encode, Endpoint, ErrorCode, Events, JsApi, Money, Request, Responses, Validate,
    WireEnum, WireText,
};

#[cfg(feature = "callbacks")]
pub use callback::{
    Acknowledgement, CallbackVerifier, Callbacks, Claim, Claimed, DeadLetter, DeadLetterAction,
    EventInfo, EventStore, MemoryEvents, ReceiveError,
};
pub use callback::{
    Callback, CallbackEnvelope, CallbackFault, CallbackMeta, Event, Events, RawCallback,
    Undelivered, UnknownEvent,
};
#[cfg(feature = "axum")]
pub use callback::{InFlight, Refused, VerifiedEvent};
#[cfg(feature = "client")]
pub use client::*;
pub use code::{Code, RawCode};
#[cfg(feature = "decimals")]
pub use decimals::{DecimalNumber, DecimalText, decimal};
pub use endpoint::*;
pub use envelope::{Binary, Reply};
pub use error::*;
pub use error_code::{
    ErrorCase, ErrorCode, ErrorRow, ResponseCode, Retry, UndocumentedError, UndocumentedPair,
    UndocumentedText, WireCode,
};
pub use js_api::{JsApi, OptionsSignature, Requirement, SignedJsApi, SupportPaths};
pub use json_text::*;
pub use lenient::*;
pub use meta::*;
pub use money::*;
pub use secret::*;
#[cfg(feature = "signature")]
pub use signature::*;
pub use time::*;
pub use validate::field::*;
pub use validate::*;
pub use version::*;
pub use wire::{DocumentedValue, EnumValue, Responses, UnknownResponse, UnknownVariant, WireEnum};

// What `Endpoint` makes requests of, and responses from.
pub use http;

// For derived code.
#[doc(hidden)]
pub use {serde, serde_json};

/// Any JSON.
pub type Json = serde_json::Value;
