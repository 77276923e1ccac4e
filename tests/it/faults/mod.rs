//! The client against a platform that fails in every way that networks and platforms do.

mod matrix;
mod ledger;
mod tokens;

// The client's side of the platform.
mod shop;
