//! Rules between a list and its struct on fields that are no list, no number, or not there.

use apiscribe::{Fen, Validate};

#[derive(Validate)]
struct Order {
    #[validate(each_if(lines == 1, count == 1))]
    currency: String,
    #[validate(each_if(currency == "DIAMOND", cuont == 1))]
    lines: Vec<Line>,
    #[validate(sum(lines.amuont))]
    total: Fen,
    #[validate(sum(currency.amount))]
    other: Fen,
}

#[derive(Validate)]
struct Line {
    count: i64,
    amount: Fen,
}

fn main() {}
