use apiscribe::Validate;

#[derive(Validate)]
struct Payment {
    good_type: Option<i64>,
    #[validate(required_if)]
    bare: Option<i64>,
    #[validate(required_if(good_type = 2))]
    single: Option<i64>,
    #[validate(required_if(good_type == Item))]
    variant: Option<i64>,
    #[validate(required_if(good_type in []))]
    nothing: Option<i64>,
    #[validate(required_if(good_type in [2, "2", 2]))]
    mixed: Option<i64>,
    #[validate(required_if(presnt(good_type)))]
    typo: Option<i64>,
    #[validate(required_if(good_type == 2 || good_type == 3))]
    either: Option<i64>,
}

fn main() {}
