//! Values twice, of two kinds, two to a variant, none, too large; a payload; two defaults.

use apiscribe::WireEnum;

#[derive(WireEnum)]
enum GoodType {
    #[wire(0, default)]
    Coins,
    #[wire(1, alias = 0)]
    MoreCoins,
    #[wire("2")]
    Item,
    #[wire(3, 4)]
    Skin,
    Nothing,
    #[wire(9223372036854775808)]
    Much,
    #[wire(5, default)]
    Payload(i64),
    #[wire(unknown)]
    Unknown(i64),
}

fn main() {
    let _ = GoodType::from_value(&1);
    let _: GoodType = "1".parse().unwrap();
    let _ = GoodType::default();
}
