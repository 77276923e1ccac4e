//! A key that is no text.

use runtime::{Encode, Endpoint, Envelope, Host, Key, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope =
    Envelope { name: "e", code: Key::new("c"), success: 0, message: &[Key::new("m")], log_id: None, data: "d" };

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/orders", name = "a", host = HOST, envelope = PLAIN, idempotency_key = count)]
struct Order {
    count: i64,
}

fn main() {}
