//! The struct is used everywhere; only the mistake is reported.
use apiscribe::{Validate, WireText};

#[derive(Validate)]
struct Order {
    #[validate(reqired)]
    id: Id,
}

#[derive(WireText)]
#[validate(byts(max = 64))]
struct Id(String);

#[derive(Validate)]
struct Batch {
    #[validate(required, nested)]
    order: Order,
    #[validate(required, nested, chars(max = 1))]
    id: Id,
}

fn main() {
    let id = || Id("1".to_owned());
    let batch = Batch { order: Order { id: id() }, id: id() };
    println!("{:?}", batch.validate());
}
