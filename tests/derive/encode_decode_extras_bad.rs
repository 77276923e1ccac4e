//! Constants that are keys already, and a rest that cannot hold it.

use std::collections::{BTreeMap, HashMap};

use apiscribe::{Decode, Encode};

#[derive(Encode)]
#[wire(constant("version" = "2", "version" = 3, "" = true, "orderId" = 1, "rate" = 0.5, name = "x"))]
#[wire(constant, constants("a" = 1))]
struct Constants {
    #[wire(name = "orderId")]
    order_id: i64,
}

#[derive(Encode, Decode)]
struct Rests {
    #[wire(rest)]
    hashed: HashMap<String, i64>,
    #[wire(rest, name = "more", optional)]
    second: BTreeMap<String, i64>,
}

#[derive(Encode, Decode)]
struct Keys {
    #[wire(rest)]
    by_number: BTreeMap<i64, String>,
}

fn main() {}
