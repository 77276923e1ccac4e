use apiscribe::WireText;

#[derive(WireText)]
struct Named {
    text: String,
}

#[derive(WireText)]
struct Pair(String, String);

#[derive(WireText)]
struct Unit;

#[derive(WireText)]
enum Kind {
    Coins,
}

fn main() {}
