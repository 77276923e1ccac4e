use apiscribe::Validate;

#[derive(Validate)]
#[validate(exactly_one_of(a, b))]
enum Payment {
    #[validate(nested)]
    Cash,
    Card(#[validate(byte(max = 1))] String),
    Pair(#[validate(required_if(other == 1))] String, i64),
    Transfer {
        #[validate(required_if(notes == "x"), range(max = 1))]
        bank: String,
        note: Option<String>,
    },
}

fn main() {}
