//! What is asked of a unit and is none.

use apiscribe::validate::{Levels, Setting, Settings};
use apiscribe::{Money, Validate};

#[derive(Clone, Copy, Money)]
#[money(name = "cents", one = "cent")]
struct Cents(i64);

#[derive(Clone, Copy, Money)]
#[money(name = "points", one = "point")]
struct Points(i64);

#[derive(Clone, Copy, Money)]
#[money(name = "cents_or_points", many = "cents or points", either(Cents, Points))]
struct Amount(i64);

const PRICES: Levels = Levels::of::<i64>(&[1, 6]);
const PRICE: Setting<Amount> = Setting::new("price");

#[derive(Validate)]
struct Order {
    kind: i64,
    #[validate(range_if(kind == 1, max = 5, unit = Order))]
    amount: Amount,
}

fn main() {
    let _ = Cents(1).checked_add(Points(1));
    let _ = Settings::new().with(PRICE, Amount(1));
    let _: Cents = Amount(1).to_points();
}
