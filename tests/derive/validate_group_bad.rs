use apiscribe::Validate;

#[derive(Validate)]
#[validate(exactly_one_of())]
#[validate(exactly_one_of(settle_id))]
#[validate(at_least_one_of(settle_id, order_idd, settle_id))]
#[validate(exactly_one_off(settle_id, order_id), at_least_one_of)]
#[validate(bytes(max = 64))]
struct Query {
    settle_id: Option<String>,
    order_id: Option<String>,
}

fn main() {}
