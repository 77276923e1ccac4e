//! Bills: how they are read, what is refused, what is summed and matched.

mod files;
mod mapping;
mod reading;
mod cells;
mod refused;
mod lost_rows;
mod short_rows;
mod layout;
mod spreadsheets;
mod packed;
mod channels;
mod chunks;
mod matching;
mod scenarios;
mod rules;
mod models;
mod exports;
