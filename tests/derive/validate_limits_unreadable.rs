use apiscribe::Validate;

#[derive(Validate)]
struct Order {
    #[validate(bytes)]
    bare: String,
    #[validate(bytes())]
    empty: String,
    #[validate(bytes = 64)]
    assigned: String,
    #[validate(bytes(64))]
    unnamed: String,
    #[validate(bytes(max = "64"))]
    quoted: String,
    #[validate(bytes(max = 1.5))]
    broken: String,
}

fn main() {}
