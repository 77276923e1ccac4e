//! A file that is no file.

use apiscribe::endpoint::File;
use apiscribe::meta::{Envelope, Host, Code};
use apiscribe::{Encode, Endpoint, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope = Envelope::new("e").code(&["c"]).success(Code::Int(0)).message(&["m"]).data("d");

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/a", name = "a", host = HOST, envelope = PLAIN, body = multipart)]
struct Upload {
    #[wire(skip)]
    #[endpoint(file)]
    image: File,
    #[wire(skip)]
    #[endpoint(file)]
    back: String,
}

fn main() {}
