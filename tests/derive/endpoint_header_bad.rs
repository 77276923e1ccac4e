//! Headers that there cannot be, that are there twice, and constants of another type.

use apiscribe::meta::{Envelope, Host, Code};
use apiscribe::{Encode, Endpoint, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope =
    Envelope::new("e").code(&["c"]).success(Code::Int(0)).message(&["m"]).data("d");

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/a", name = "a", host = HOST, envelope = PLAIN, body = form)]
#[endpoint(header("X Y" = "1", "Content-Type" = "a/b", "Host" = "h", "X-A" = "订", "x-a" = "2"))]
#[endpoint(header(accept = "x"), header, query("page" = "1"), content_type = "订")]
struct Names {
    #[wire(name = "content-length", skip)]
    #[endpoint(header)]
    length: u64,
    #[wire(name = "X-A")]
    #[endpoint(header)]
    a: String,
    #[wire(name = "x-A", skip)]
    #[endpoint(header)]
    twice: String,
    #[wire(skip)]
    #[endpoint(query)]
    page: i64,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(GET "/b", name = "b", host = HOST, envelope = PLAIN, content_type = "a/b")]
struct NoBody {}

const NUMBER: i64 = 5;

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/c", name = "c", host = HOST, envelope = PLAIN, header("X-Number" = NUMBER))]
struct OfNumber {}

fn main() {}
