use apiscribe::Validate;

#[derive(Validate)]
struct Order {
    #[validate(bytes(max = 64), required, bytes(max = 32))]
    at_once: String,
    #[validate(required)]
    #[validate(required)]
    in_two: String,
    #[validate(chars(max = 1, max = 2))]
    limit: String,
}

fn main() {}
