//! A token that is not in the response.

use apiscribe::meta::{Auth, Envelope, Host, Code};
use apiscribe::{Decode, Encode, Endpoint, Validate};

const HOST: Host = Host { name: "h", production: "https://h", sandbox: None, development: None };
const PLAIN: Envelope = Envelope::new("e").code(&["c"]).success(Code::Int(0)).message(&["m"]).data("d");
const USER: Auth = Auth::new("user", "user-token");

#[derive(Decode)]
struct Answer {
    token: i64,
    until: String,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/a", name = "a", host = HOST, envelope = PLAIN)]
#[endpoint(issues(auth = USER), response = Answer)]
struct Untold {}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/b", name = "b", host = HOST, envelope = PLAIN, response = Answer)]
#[endpoint(issues(auth = USER, token = token, expires_in = until, refresh_token = refresh))]
struct OtherTypes {}

fn main() {}
