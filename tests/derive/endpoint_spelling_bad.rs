//! Spellings of lists and objects that there are not, and where nothing is spelled.

use apiscribe::meta::{Envelope, Host, Code};
use apiscribe::{Encode, Endpoint, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope =
    Envelope::new("e").code(&["c"]).success(Code::Int(0)).message(&["m"]).data("d");

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
