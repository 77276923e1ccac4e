//! The path and the fields in it do not agree.

use apiscribe::meta::{Envelope, Host, Code};
use apiscribe::{Encode, Endpoint, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope =
    Envelope::new("e").code(&["c"]).success(Code::Int(0)).message(&["m"]).data("d");

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/orders/{order_id}/{orderId}/{orderId}", name = "a", host = HOST, envelope = PLAIN)]
struct Names {
    order_id: String,
    #[wire(name = "orderId", skip)]
    #[endpoint(path)]
    order: String,
    #[wire(skip)]
    #[endpoint(path)]
    shop: String,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "orders/{order_id", name = "b", host = HOST, envelope = PLAIN)]
struct Braces {}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(GET "/orders list?page=1", name = "q", host = HOST, envelope = PLAIN)]
struct Query {}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(GET "/orders", name = "c", host = HOST, envelope = PLAIN)]
struct Body {
    #[endpoint(query)]
    page: i64,
    remark: String,
    #[wire(skip)]
    #[endpoint(query, path)]
    both: i64,
    #[wire(skip)]
    #[endpoint(quary)]
    misspelt: i64,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/u/{url}", name = "u", host = HOST, envelope = PLAIN)]
#[endpoint(url_hosts("https://files.example.com", "*.example.com", "a b", ""))]
struct Given {
    #[wire(skip)]
    #[endpoint(path)]
    url: String,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "{url}", name = "v", host = HOST, envelope = PLAIN, url_hosts())]
struct GivenNowhere {
    #[wire(skip)]
    #[endpoint(path)]
    url: String,
}

fn main() {}
