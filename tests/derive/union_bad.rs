//! Enums of kinds of objects that cannot be told apart, or hold none.

use apiscribe::wire::UnknownVariant;
use apiscribe::{Decode, Encode};

#[derive(Encode)]
enum Untagged {
    #[wire("card")]
    Card(Card),
    #[wire(unknown)]
    Unknown(UnknownVariant),
}

#[derive(Decode)]
#[wire(tag = "")]
enum Empty {
    #[wire("card")]
    Card(Card),
}

#[derive(Decode)]
#[wire(tag = "type", key = "card")]
enum Kinds {
    #[wire("card")]
    Card(Card),
    #[wire("card")]
    Again(Card),
    #[wire("1", "2")]
    Twice(Card),
    Nameless(Card),
    #[wire("pair")]
    Pair(Card, Card),
    #[wire("struct")]
    Struct { card: Card },
    #[wire("itself")]
    Itself(#[wire(name = "type")] Card),
    #[wire("slip")]
    Slip(#[wire(nmae = "slip")] Card),
    #[wire(unknwon)]
    Misspelt(UnknownVariant),
    #[wire(unknown)]
    Unknown(String),
    #[wire(unknown)]
    Other(UnknownVariant),
}

struct Card;

fn main() {}
