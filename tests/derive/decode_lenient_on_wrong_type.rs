//! `lenient` is for whole numbers.

use runtime::Decode;

#[derive(Decode)]
struct Order {
    #[wire(lenient)]
    name: String,
}

fn main() {}
