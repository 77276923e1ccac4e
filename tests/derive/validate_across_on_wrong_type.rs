//! Rules between a list and its struct on fields that are no list, no number, or not there.

use apiscribe::{Money, Validate};

#[derive(Clone, Copy, Money)]
#[money(name = "cents", one = "cent")]
struct Cents(i64);

#[derive(Validate)]
struct Order {
    #[validate(each_if(lines == 1, count == 1))]
    currency: String,
    #[validate(each_if(currency == "DIAMOND", cuont == 1))]
    lines: Vec<Line>,
    #[validate(sum(lines.amuont))]
    total: Cents,
    #[validate(sum(currency.amount))]
    other: Cents,
}

#[derive(Validate)]
struct Line {
    count: i64,
    amount: Cents,
}

fn main() {}
