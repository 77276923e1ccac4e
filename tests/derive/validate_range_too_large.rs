use apiscribe::Validate;

#[derive(Validate)]
struct Order {
    #[validate(range(max = 99999999999999999999))]
    huge: i64,
    #[validate(range(min = 18446744073709551616))]
    beyond: u64,
    #[validate(range(min = -9223372036854775809))]
    below: i64,
}

fn main() {}
