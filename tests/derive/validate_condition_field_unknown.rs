use apiscribe::Validate;

#[derive(Validate)]
struct Payment {
    good_type: Option<i64>,
    #[validate(required_if(god_type == 2))]
    amount: Option<i64>,
    #[validate(forbidden_if(present(channel)))]
    name: Option<String>,
    #[validate(required_if(itself == 2))]
    itself: Option<i64>,
}

fn main() {}
