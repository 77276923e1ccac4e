use apiscribe::Validate;

#[derive(Validate)]
struct Order {
    #[validate(each)]
    bare: Vec<String>,
    #[validate(each())]
    empty: Vec<String>,
    #[validate(each(byts(max = 1)))]
    typo: Vec<String>,
    #[validate(each(secret, required_if(present(bare))))]
    of_the_field: Vec<String>,
    #[validate(each(bytes(max = 1), bytes(max = 1)))]
    twice: Vec<String>,
}

fn main() {}
