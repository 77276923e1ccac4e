use apiscribe::WireText;

#[derive(WireText)]
#[validate(items(max = 1), range(min = 1))]
#[validate(required_if(present(other)), secret)]
struct Id(String);

#[derive(WireText)]
#[validate(byte(max = 1))]
struct Typo(String);

#[derive(WireText)]
struct Inside(#[validate(bytes(max = 1))] String);

fn main() {}
