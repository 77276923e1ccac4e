use runtime::Validate;

#[derive(Validate)]
struct Order {
    #[validate(bytes(min = 65, max = 64))]
    over: String,
    #[validate(chars(max = -1))]
    negative: String,
    #[validate(range(min = 1, max = 99999999999999999999))]
    huge: i64,
    #[validate(each(items(min = 2, max = 1)))]
    within: Vec<Vec<i64>>,
}

fn main() {}
