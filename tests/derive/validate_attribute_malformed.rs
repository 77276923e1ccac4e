use runtime::Validate;

#[derive(Validate)]
#[validate]
#[validate(crate = "::runtime", crate = "::runtime")]
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
#[validate(crate = runtime)]
struct Unquoted {}

fn main() {}
