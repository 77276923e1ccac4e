//! Spellings of lists and objects that there are not, and where nothing is spelled.

use runtime::{Encode, Endpoint, Envelope, Host, Key, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope =
    Envelope { name: "e", code: Key::new("c"), success: 0, message: &[Key::new("m")], log_id: None, data: "d" };

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/a/{id}", name = "a", host = HOST, envelope = PLAIN, lists = comma, objects = dots)]
struct Misspelt {
    #[wire(skip)]
    #[endpoint(path, lists = commas)]
    id: Vec<i64>,
    #[endpoint(lists = commas)]
    in_json: Vec<i64>,
    #[wire(skip)]
    #[endpoint(query, lists = commas, lists = brackets)]
    twice: Vec<i64>,
}

fn main() {}
