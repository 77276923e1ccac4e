use apiscribe::Validate;

#[derive(Validate)]
struct Payment {
    good_type: Option<i64>,
    channel: String,
    list: Vec<i64>,
    #[validate(required_if(good_type == "2"))]
    text: Option<i64>,
    #[validate(required_if(channel in [1, 2]))]
    number: Option<i64>,
    #[validate(forbidden_if(list != true))]
    bool: Option<i64>,
}

fn main() {}
