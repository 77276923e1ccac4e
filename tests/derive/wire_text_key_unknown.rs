//! A text has one key of the wire.

use apiscribe::WireText;

#[derive(WireText)]
#[wire(numeric)]
struct OrderId(String);

fn main() {}
