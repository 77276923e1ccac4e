use apiscribe::Validate;

#[derive(Validate)]
struct Order {
    #[validate(byts(max = 64))]
    typo: String,
    #[validate(email)]
    elsewhere: String,
    #[validate(bytes(mx = 64))]
    limit: String,
    #[validate(exactly_one_of(typo, limit))]
    group: Option<String>,
}

fn main() {
    fn valid<T: Validate>() {}
    valid::<Order>();
}
