use apiscribe::Validate;

#[derive(Validate)]
struct Order {
    #[validate(bytes(min = 65, max = 64))]
    over: String,
    #[validate(chars(max = -1))]
    negative: String,
    #[validate(items(max = 99999999999999999999))]
    huge: Vec<i64>,
    #[validate(each(items(min = 2, max = 1)))]
    within: Vec<Vec<i64>>,
}

fn main() {}
