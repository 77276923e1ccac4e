//! An enum without parameters, and nothing else.

use apiscribe::{ErrorCode, WireEnum};

#[derive(WireEnum)]
struct Currency {
    code: String,
}

#[derive(WireEnum)]
enum Generic<T> {
    #[wire(unknown)]
    Unknown(T),
}

#[derive(Debug, ErrorCode)]
struct Failure(i64);

fn main() {}
