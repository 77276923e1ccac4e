use apiscribe::{Money, Validate};

#[derive(Clone, Copy, Money)]
#[money(name = "cents", one = "cent")]
struct Cents(i64);

#[derive(Clone, Copy, Money)]
#[money(name = "points", one = "point")]
struct Points(i64);

const TEXT: &str = "5";
const WIDE: u64 = 5;

#[derive(Validate)]
struct Order {
    kind: i64,
    #[validate(range(max = 5))]
    whole_for_float: f64,
    #[validate(range(max = 5.5))]
    float_for_whole: i64,
    #[validate(range(min = -1))]
    negative: u64,
    #[validate(range(max = "5"))]
    decimal_for_whole: i64,
    #[validate(range(max = TEXT))]
    text: i64,
    #[validate(range(max = WIDE))]
    wide: i64,
    #[validate(range(max = MISSING))]
    missing: i64,
    #[validate(bytes(max = WIDE))]
    length: String,
    #[validate(range_if(kind == 1, max = 5, unit = Points))]
    cents: Cents,
    #[validate(sum(parts.rate))]
    sum: f64,
    parts: Vec<Part>,
}

struct Part {
    rate: f64,
}

fn main() {}
