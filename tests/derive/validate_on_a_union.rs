use apiscribe::Validate;

#[derive(Validate)]
union Number {
    int: i64,
    float: f64,
}

fn main() {
    fn valid<T: Validate>() {}
    valid::<Number>();
}
