use apiscribe::WireText;

#[derive(WireText)]
#[validate(bytes(max = 64))]
struct Id(i64);

fn main() {}
