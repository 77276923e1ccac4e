//! Calls by the platform over plain HTTP messages: believed or not, handed over once, answered; and the same on axum.

mod beliefs;
mod bodies;
mod ecpay;
mod once;
mod server;
mod store;

pub(crate) mod events;
