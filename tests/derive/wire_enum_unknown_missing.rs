//! Nothing keeps what the documents do not say.

use runtime::WireEnum;

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
