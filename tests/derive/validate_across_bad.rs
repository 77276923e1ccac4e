//! Rules between a list and its struct that name no field, or are not put as they are to be.

use apiscribe::{Fen, Validate};

#[derive(Validate)]
struct Order {
    currency: String,
    #[validate(each_if(curency == "DIAMOND", count == 1))]
    #[validate(each_if(currency == "DIAMOND"))]
    #[validate(each_if(lines == 1, count in [1, "2"]))]
    #[validate(each_if(currency == "DIAMOND", count == 1, key = "count"))]
    lines: Vec<Line>,
    #[validate(sum(line.amount), sum(lines))]
    total: Fen,
    #[validate(each(sum(lines.amount)))]
    totals: Vec<Fen>,
}

#[derive(Validate)]
struct Line {
    count: i64,
    amount: Fen,
}

fn main() {}
