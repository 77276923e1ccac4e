//! Stores of events and tokens: those that are shipped keep the rules, and who breaks a rule is found out.

mod databases;
mod conformance;
mod flawed_events;
mod flawed_tokens;
mod clock;
mod tables;
mod trouble;
mod two_processes;
