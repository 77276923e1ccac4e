//! Statuses of no success, twice and left out; data of the wrong form; nothing that keeps other successes.

use apiscribe::Responses;
use apiscribe::wire::UnknownResponse;

#[derive(Responses)]
enum Merge {
    #[responses(200)]
    Merged(String),
    #[responses(200)]
    Again,
    #[responses(404)]
    Missing,
    #[responses(202, 203)]
    Two,
    Queued,
    #[responses(204)]
    Named { id: String },
    #[responses(unknwn)]
    Misspelt(UnknownResponse),
}

#[derive(Responses)]
enum Unkept {
    #[responses(200)]
    Merged(String),
}

#[derive(Responses)]
enum Keepers {
    #[responses(unknown)]
    First(UnknownResponse),
    #[responses(unknown)]
    Second(String),
}

#[derive(Responses)]
struct NotAnEnum;

fn main() {}
