use apiscribe::Validate;
use apiscribe::validate::Report;

#[derive(Validate)]
#[validate(custom(check_text))]
struct Order {
    #[validate(custom(check_text))]
    number: i64,
    #[validate(custom(check_nothing))]
    text: String,
    #[validate(custom(missing))]
    other: String,
    #[validate(same_as(number))]
    twin: String,
    #[validate(keys(bytes(max = 1)))]
    list: Vec<String>,
}

fn check_text(_: &str, _: &mut Report<'_>) {}

fn check_nothing() {}

fn main() {}
