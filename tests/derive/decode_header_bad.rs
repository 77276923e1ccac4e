//! A header that must be there, and one that is more than a header.

use apiscribe::Decode;

#[derive(Decode)]
struct Issue {
    #[wire(name = "Location", header)]
    location: String,
    #[wire(header, lenient, skip)]
    remaining: Option<i64>,
}

fn main() {}
