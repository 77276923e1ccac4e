use apiscribe::Validate;
use apiscribe::validate::Report;

#[derive(Validate)]
#[validate(custom)]
struct Malformed {
    #[validate(custom("path"))]
    quoted: String,
    #[validate(custom = check_text)]
    assigned: String,
    #[validate(custom(check_text, check_text))]
    two: String,
    #[validate(same_as(same))]
    same: String,
    #[validate(same_as(othr))]
    twin: String,
    #[validate(each(same_as(twin)))]
    other: Vec<String>,
}

fn check_text(_: &str, _: &mut Report<'_>) {}

fn main() {}
