//! `lenient` is for whole numbers and strings.

use apiscribe::Decode;

#[derive(Decode)]
struct Order {
    #[wire(lenient)]
    paid: bool,
}

fn main() {}
