//! Nothing keeps what the documents do not say.

use apiscribe::WireEnum;

#[derive(WireEnum)]
enum Currency {
    #[wire("DIAMOND")]
    Diamond,
}

#[derive(WireEnum)]
enum GoodType {
    #[wire(0)]
    Coins,
}

fn main() {}
