//! Types that cannot be written or read are underlined where they stand.

use apiscribe::{Decode, Encode};

struct Opaque;

#[derive(Encode)]
struct Written {
    name: String,
    #[wire(optional)]
    opaque: Option<Opaque>,
}

#[derive(Decode)]
struct Read {
    name: String,
    opaque: Vec<Opaque>,
}

fn main() {}
