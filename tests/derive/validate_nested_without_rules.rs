use apiscribe::Validate;

struct Receiver;

#[derive(Validate)]
struct Order {
    #[validate(nested)]
    receiver: Receiver,
    #[validate(nested)]
    receivers: Option<Vec<Receiver>>,
    #[validate(documented)]
    kind: i64,
    #[validate(required)]
    other: Receiver,
}

fn main() {}
