use apiscribe::validate::Levels;
use apiscribe::{Money, Validate};

#[derive(Clone, Copy, Money)]
#[money(name = "cents", one = "cent")]
struct Cents(i64);

const PRICES: Levels = Levels::of::<Cents>(&[1, 6]);

#[derive(Validate)]
struct Payment {
    #[validate(level)]
    bare: i64,
    #[validate(level())]
    empty: i64,
    #[validate(level(PRICES, time = PRICES))]
    typo: i64,
    #[validate(level(PRICES, PRICES))]
    twice: i64,
}

#[derive(Validate)]
struct Amount {
    #[validate(level(PRICES))]
    text: String,
    #[validate(level(PRICES, times = PRICES))]
    not_a_setting: i64,
}

fn main() {}
