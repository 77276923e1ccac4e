//! Limits of how often that limit nothing, and what is safe and yet has a key.

use apiscribe::meta::{Envelope, Host, Code};
use apiscribe::{Encode, Endpoint, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope = Envelope::new("e").code(&["c"]).success(Code::Int(0)).message(&["m"]).data("d");

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/a", name = "a", host = HOST, envelope = PLAIN)]
#[endpoint(rate_limit(calls = 0, per = 300), rate_limit(calls = 5))]
#[endpoint(rate_limit(calls = 5, per = 1, by(shop, id, id), counts = failures, of = 7))]
#[endpoint(rate_limit(calls = 5, per = 1, by(shop, id, id)))]
#[endpoint(safe, idempotency_key = id)]
struct Limited {
    id: String,
}

fn main() {}
