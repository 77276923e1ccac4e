//! A field has one answer to a value that is missing.

use apiscribe::Decode;

#[derive(Decode)]
struct Order {
    #[wire(default)]
    remark: Option<String>,
    #[wire(essential, default)]
    amount: i64,
    #[wire(default, default)]
    count: i64,
    #[wire(esential)]
    lines: Vec<String>,
}

fn main() {
    let _: Order = serde_json::from_str("{}").unwrap();
}
