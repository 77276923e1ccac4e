use apiscribe::Validate;
use apiscribe::decimals::DecimalText;

#[derive(Validate)]
struct Order {
    kind: i64,
    #[validate(range(min = 1, above = 0))]
    both: i64,
    #[validate(range(above = 1, below = 1))]
    empty: i64,
    #[validate(range(above = 1, below = 2))]
    between: i64,
    #[validate(range(min = 1.5, max = 0.5))]
    floats: f64,
    #[validate(range(max = "1e5"))]
    quoted: DecimalText,
    #[validate(range(min = "0.5", max = "0.49"))]
    decimals: DecimalText,
    #[validate(bytes(below = 1))]
    length: String,
    #[validate(bytes(max = 1.5))]
    fraction: String,
    #[validate(range_if(kind == 1))]
    unlimited: i64,
    #[validate(range_if(max = 1))]
    unconditional: i64,
    #[validate(range_if(kind == 1, unit = fen))]
    no_limit: i64,
    #[validate(range_if(kind == 1, max = 1, unit = "points"))]
    slip: i64,
    #[validate(range_if(knid == 1, max = 1))]
    unknown: i64,
    #[validate(each(range_if(kind == 1, max = 1)))]
    within: Vec<i64>,
}

fn main() {}
