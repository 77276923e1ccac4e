//! Rules between a list and its struct that name no field, or are not put as they are to be.

use apiscribe::{Money, Validate};

#[derive(Clone, Copy, Money)]
#[money(name = "cents", one = "cent")]
struct Cents(i64);

#[derive(Validate)]
struct Order {
    currency: String,
    #[validate(each_if(curency == "DIAMOND", count == 1))]
    #[validate(each_if(currency == "DIAMOND"))]
    #[validate(each_if(lines == 1, count in [1, "2"]))]
    #[validate(each_if(currency == "DIAMOND", count == 1, key = "count"))]
    lines: Vec<Line>,
    #[validate(sum(line.amount), sum(lines))]
    total: Cents,
    #[validate(each(sum(lines.amount)))]
    totals: Vec<Cents>,
}

#[derive(Validate)]
struct Line {
    count: i64,
    amount: Cents,
}

fn main() {}
