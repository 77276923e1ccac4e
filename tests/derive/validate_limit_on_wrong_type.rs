use apiscribe::Validate;
use apiscribe::wire::JsonText;

#[derive(Validate)]
struct Order {
    #[validate(bytes(max = 64))]
    number: i64,
    #[validate(chars(max = 64))]
    list: Option<Vec<String>>,
    #[validate(items(max = 64))]
    text: String,
    #[validate(range(max = 64))]
    json: JsonText<i64>,
    #[validate(pattern = "[0-9]+")]
    float: f64,
    #[validate(each(url("https")))]
    alone: String,
}

fn main() {}
