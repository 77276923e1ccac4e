//! Misspelt keys, a key twice, and what is no version.

use apiscribe::WireEnum;

#[derive(WireEnum)]
#[wire(krate = "apiscribe")]
enum Currency {
    #[wire("DIAMOND", aliass = "D", since = "3.47")]
    Diamond,
    #[wire("CNY", since = "3.47.0", since = "3.48.0", dflt)]
    Yuan,
    #[wire("USD" alias = "usd")]
    Dollar,
    #[wire]
    Euro,
    #[wire(unknwon)]
    Unknown(String),
}

fn main() {}
