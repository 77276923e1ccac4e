use apiscribe::Validate;

#[derive(Validate)]
#[validate]
#[validate(crate = "::apiscribe", crate = "::apiscribe")]
struct Order {
    #[validate = "required"]
    assigned: String,
    #[validate(required required)]
    comma: String,
    #[validate("required")]
    quoted: String,
    #[validate(required(true))]
    called: String,
}

#[derive(Validate)]
#[validate(crate = apiscribe)]
struct Unquoted {}

fn main() {}
