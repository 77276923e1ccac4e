//! The emulator, over plain TCP: what it says is what the documents say, and it fails as it is told to.

mod connection;
mod fault;
mod endpoints;
mod token;
mod oauth;
mod order;
mod refund;
mod settle;
mod withdraw;
mod bill;
mod merchant;
mod control;
mod command;

// The program of its README.
mod settles;
mod readme;

mod notified;
mod raw;
