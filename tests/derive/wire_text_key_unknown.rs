//! A text has one key of the wire.

use runtime::WireText;

#[derive(WireText)]
#[wire(numeric)]
struct OrderId(String);

fn main() {}
