//! A typed, validated client of the Douyin open platform.
//!
//! What is here is generated when this crate is built, from the spec in the crate `douyin-spec`, which cites the platform's
//! documents for each fact. Each domain is a module and a cargo feature; tables of all
//! that can be called are at the end of this page.
//!
//! ```no_run
//! use generated_client::credential::{ClientGrantType, ClientTokenRequest, ClientTokenRequired};
//! use generated_client::apiscribe::{Client, Error, Secret, Tokens};
//! use generated_client::settle::{SettleCreateError, SettleCreateRequest, SettleCreateRequired};
//!
//! # async fn settle(secret: Secret<String>) -> Result<(), Box<dyn std::error::Error>> {
//! let app = ClientTokenRequest::new(ClientTokenRequired {
//!     client_key: "tt0123456789".into(),
//!     client_secret: secret,
//!     grant_type: ClientGrantType::ClientCredential,
//! });
//! let client = Client::builder().tokens(Tokens::new(app)).build()?;
//! let request = SettleCreateRequest::new(SettleCreateRequired {
//!     out_order_no: "order-1".into(),
//!     out_settle_no: "settle-1".into(),
//!     settle_desc: "June".into(),
//!     app_id: "tt0123456789".into(),
//! });
//! match client.call(&request).await {
//!     Ok(reply) => println!("settled as {}", reply.settle_id),
//!     Err(Error::Invalid(violations)) => println!("not sent:\n{violations}"),
//!     Err(Error::Api(error)) if error.code == SettleCreateError::AutomaticSettlement => {
//!         println!("nothing to do");
//!     }
//!     // Made before, perhaps by an earlier attempt of this call: ask `settle_query`.
//!     Err(Error::Api(error)) if error.duplicate => println!("settled before: {error}"),
//!     // What to do next is in its `Display`, not in the `Debug` that `main` would print.
//!     Err(error) => eprintln!("{error}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A request is checked against every documented rule before it is sent; a response is read leniently; an error is of
//! the endpoint's own type and says what to do. The examples `settle`, `order`,
//! `refund` and `bills` show all of it.
//!
//! # Everything that can be called
//!
//! *Rules* is how many documented limits and conditions a request is checked for before it is sent, *errors* the endpoint's own enum and how
//! many codes it names, *sources* the documents cited, by the names in `douyin-spec`. A second table has the functions that are made of the
//! documents' rules, each proven by so many worked *examples*.
//!
#![cfg_attr(doc, doc = include_str!(concat!(env!("OUT_DIR"), "/table.md")))]

#[doc(inline)]
pub use apiscribe;

pub mod platform_schemes;

// Modules `platform`, and one for each domain whose feature is on.
include!(concat!(env!("OUT_DIR"), "/mod.rs"));
