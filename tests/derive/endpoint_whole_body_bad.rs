//! Bodies that are one value, and yet have another, or lack the one.

use apiscribe::endpoint::File;
use apiscribe::meta::{Envelope, Host};
use apiscribe::{Decode, Encode, Endpoint, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const BARE: Envelope = Envelope::new("e");

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/a", name = "a", host = HOST, envelope = BARE)]
#[wire(constant("kind" = "a"))]
struct WithMore {
    #[wire(body)]
    items: Vec<i64>,
    more: i64,
    #[wire(body)]
    second: i64,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/b", name = "b", host = HOST, envelope = BARE)]
struct Absent {
    #[wire(body, optional)]
    items: Option<Vec<i64>>,
}

#[derive(Decode)]
struct Read {
    #[wire(body)]
    items: Vec<i64>,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/c", name = "c", host = HOST, envelope = BARE, body = form)]
struct InForm {
    #[wire(body)]
    items: Vec<i64>,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/d", name = "d", host = HOST, envelope = BARE, body = text)]
struct NoText {
    text: String,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/e", name = "e", host = HOST, envelope = BARE, body = binary)]
struct NoFile {
    title: String,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/f", name = "f", host = HOST, envelope = BARE, body = binary)]
struct TwoFiles {
    #[wire(skip)]
    #[endpoint(file)]
    first: File,
    #[wire(skip)]
    #[endpoint(file)]
    second: File,
}

fn main() {}
