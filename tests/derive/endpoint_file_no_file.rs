//! A file that is no file.

use runtime::{Encode, Endpoint, Envelope, File, Host, Key, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope = Envelope {
    name: "e",
    code: Key::new("c"),
    success: 0,
    message: &[Key::new("m")],
    log_id: None,
    data: "d",
};

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
