//! Misspelt, missing and wrong keys.

use apiscribe::meta::{Envelope, Host, Code};
use apiscribe::{Encode, Endpoint, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope =
    Envelope::new("e").code(&["c"]).success(Code::Int(0)).message(&["m"]).data("d");

#[derive(Encode, Validate, Endpoint)]
#[endpoint(post "/orders", name = order, hots = HOST, envelope = PLAIN)]
struct Misspelt {}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(OPTIONS "/orders", name = "a", host = HOST, envelope = PLAIN)]
struct Options {}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/orders", name = "b")]
struct Missing {}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST, POST "/orders", name = "c", host = HOST, envelope = PLAIN)]
#[endpoint(idempotency_key = out_settle_on)]
struct Keyed {
    out_settle_no: String,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/orders", name = "d", host = HOST, envelope = PLAIN, duplicate = 5)]
struct Duplicate {}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/orders", name = "e", host = HOST, envelope = PLAIN)]
#[endpoint(idempotency_key = (order_no, item_no, order_no))]
struct KeyedBySeveral {
    order_no: String,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/orders", name = "f", host = HOST, envelope = PLAIN, idempotency_key = ())]
struct KeyedByNothing {}

#[derive(Encode, Validate, Endpoint)]
enum Choice {}

fn main() {
    let _ = Missing {}.to_http("https://h", None);
}
