//! The client over real HTTP on loopback, and what is under it without any network.

mod answers;
mod fault;
mod limits;
mod requests;
mod safety;
mod trace;

mod server;
mod types;
