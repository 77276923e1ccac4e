//! Structs with named fields, and nothing else.

use apiscribe::{Decode, Encode};

#[derive(Encode)]
enum Choice {
    A,
}

#[derive(Decode)]
struct Pair(i64, i64);

#[derive(Encode)]
struct Unit;

fn main() {}
