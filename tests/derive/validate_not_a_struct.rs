use runtime::Validate;

#[derive(Validate)]
enum Kind {
    Coins,
}

#[derive(Validate)]
union Number {
    int: i64,
    float: f64,
}

#[derive(Validate)]
struct Pair(String, String);

fn main() {
    fn valid<T: Validate>() {}
    valid::<Kind>();
}
