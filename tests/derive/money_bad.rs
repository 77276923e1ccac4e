//! Units of money that have no name, are worth nothing, or are of what is not a whole number.

use apiscribe::{Money, Validate};

#[derive(Clone, Copy, Money)]
struct Nameless(i64);

#[derive(Clone, Copy, Money)]
#[money(name = "cents", plural = "cents", one = "cent", one = "cent")]
struct Cents(i64);

#[derive(Clone, Copy, Money)]
#[money(name = "dollars", worth(1, Cents))]
struct Dollars(i64);

#[derive(Clone, Copy, Money)]
#[money(name = "amount", either(Cents), worth(100, Cents))]
struct Amount(i64);

#[derive(Clone, Copy, Money)]
#[money(name = "floats")]
struct Floats(f64);

#[derive(Clone, Copy, Money)]
#[money(name = "fields")]
struct Fields {
    cents: i64,
}

#[derive(Validate)]
struct Price {
    #[validate(range(min = 1))]
    cents: Cents,
}

fn main() {}
