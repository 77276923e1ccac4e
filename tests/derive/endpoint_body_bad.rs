//! A body that is none, and files where there can be none.

use apiscribe::endpoint::File;
use apiscribe::meta::{Envelope, Host, Code};
use apiscribe::{Encode, Endpoint, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope = Envelope::new("e").code(&["c"]).success(Code::Int(0)).message(&["m"]).data("d");

#[derive(Encode, Validate, Endpoint)]
#[endpoint(GET "/a", name = "a", host = HOST, envelope = PLAIN, body = form)]
struct OfGet {}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/b", name = "b", host = HOST, envelope = PLAIN, body = multipat)]
struct Misspelt {}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/c", name = "c", host = HOST, envelope = PLAIN, body = form)]
struct InForm {
    #[wire(skip)]
    #[endpoint(file)]
    file: File,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/d", name = "d", host = HOST, envelope = PLAIN, body = multipart)]
struct InObject {
    #[endpoint(file)]
    file: String,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(HEAD "/e", name = "e", host = HOST, envelope = PLAIN)]
struct OfHead {
    title: String,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/f", name = "f", host = HOST, envelope = PLAIN, body = none)]
struct OfNone {
    title: String,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(GET "/r", name = "r", host = HOST, envelope = PLAIN, response_body = text)]
struct OfNothing {}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(GET "/s", name = "s", host = HOST, envelope = PLAIN, response = String, response_body = txt)]
struct OfAnotherKind {}

fn main() {}
