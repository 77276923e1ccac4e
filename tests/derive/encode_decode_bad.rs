//! Both derives read one attribute; what is wrong with it is said once.

use apiscribe::{Decode, Encode};

#[derive(Encode, Decode)]
#[wire(rename = "snake_case")]
struct Order {
    #[wire(nmae = "goodType")]
    good_type: i64,
    #[wire(optional)]
    remark: String,
    #[wire(name = "remark")]
    note: String,
    #[wire(name = "a", name = "b", lenient = true)]
    count: i64,
    #[wire(name = "")]
    empty: String,
    #[wire(name = 5)]
    number: i64,
    #[wire = "skip"]
    skipped: i64,
}

fn main() {
    let order: Order = serde_json::from_str("{}").unwrap();
    serde_json::to_string(&order).unwrap();
}
