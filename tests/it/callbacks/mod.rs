//! Calls by the platform over plain HTTP messages: believed or not, handed over once, answered; and the same on axum.

mod beliefs;
mod bodies;
mod dead_letters;
mod delivery;
mod ecpay;
mod handlers;
mod hang_ups;
mod once;
mod raw;
mod secondary;
pub(crate) mod server;
mod store;
mod verify_only;

pub(crate) mod events;
