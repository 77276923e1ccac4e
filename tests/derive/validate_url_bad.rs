use apiscribe::Validate;

#[derive(Validate)]
struct Order {
    #[validate(url)]
    bare: String,
    #[validate(url())]
    empty: String,
    #[validate(url(https))]
    unquoted: String,
    #[validate(url("https://"))]
    not_a_scheme: String,
}

fn main() {}
