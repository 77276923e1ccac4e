//! A key that is no text.

use apiscribe::meta::{Envelope, Host, Code};
use apiscribe::{Encode, Endpoint, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope =
    Envelope::new("e").code(&["c"]).success(Code::Int(0)).message(&["m"]).data("d");

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/orders", name = "a", host = HOST, envelope = PLAIN, idempotency_key = count)]
struct Order {
    count: i64,
}

fn main() {}
