//! Bills: how they are read, what is refused, what is summed and matched.

mod files;
mod mapping;
mod reading;
mod cells;
mod refused;
mod chunks;
mod matching;
mod scenarios;
mod rules;
mod models;
