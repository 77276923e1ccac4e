use apiscribe::Validate;

#[derive(Validate)]
struct Order {
    #[validate(pattern = "[0-9")]
    open: String,
    #[validate(pattern = "(?x) a # commented out")]
    swallowed: String,
    #[validate(pattern)]
    bare: String,
    #[validate(pattern(".*"))]
    called: String,
}

fn main() {}
