//! What keeps unknown values has another payload, a value of its own, or company.

use apiscribe::WireEnum;

#[derive(WireEnum)]
enum Number {
    #[wire(0)]
    Zero,
    #[wire(unknown)]
    Unknown(String),
}

#[derive(WireEnum)]
enum Text {
    #[wire("a")]
    A,
    #[wire(unknown)]
    Unknown,
    #[wire(unknown)]
    Other(String),
}

#[derive(WireEnum)]
enum Valued {
    #[wire("a")]
    A,
    #[wire("b", unknown)]
    Unknown(String),
}

#[derive(WireEnum)]
enum Named {
    #[wire("a")]
    A,
    #[wire(unknown)]
    Unknown { value: String },
}

fn main() {}
