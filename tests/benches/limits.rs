//! What a call costs apart from the network, in instructions: with a token that was fetched, against one that was given; and under
//! a rate limit with 100,000 keys, against one with 10.

mod figure;
mod rounds;

use apiscribe::client::{BoxFuture, ClientBuilder, Transport};
use apiscribe::endpoint::{IssuedToken, IssuesToken};
use apiscribe::error::TransportFault;
use apiscribe::meta::{Auth, Code, Envelope, Host};
use apiscribe::time::Seconds;
use apiscribe::{Client, Decode, Encode, Endpoint, Secret, Tokens, Validate};
use bytes::Bytes;

use crate::figure::print;
use crate::rounds::{instructions, run_or_compare};

const ROUNDS: u32 = 2_000;

const OPEN: Host =
    Host { name: "open", production: "https://open.example.com", sandbox: None, development: None };
const TOKEN: Auth = Auth::new("client_token", "access-token");
const BASIC: Envelope = Envelope::new("basic").code(&["err_no"]).success(Code::Int(0)).data("data");

#[derive(Debug, Encode, Validate, Endpoint)]
#[endpoint(POST "/", name = "withdraw", host = OPEN, envelope = BASIC, auth = TOKEN)]
#[endpoint(rate_limit(calls = 1000000, per = 3600, by(shop), counts = all))]
struct Withdraw {
    shop: i64,
}

#[derive(Debug, Encode, Validate, Endpoint)]
#[endpoint(POST "/token", name = "issue", host = OPEN, envelope = BASIC, response = Issued)]
struct Issue {}

#[derive(Debug, Decode)]
struct Issued {
    access_token: Secret<String>,
}

impl IssuesToken for Issue {
    const AUTH: &'static Auth = &TOKEN;

    fn issued(response: &Issued) -> IssuedToken {
        let mut issued = IssuedToken::new(response.access_token.clone());
        issued.expires_in = Some(Seconds(7200));
        issued
    }
}

/// Answers at once.
#[derive(Debug)]
struct Instant;

impl Transport for Instant {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportFault>> {
        let body = br#"{"err_no":0,"data":{"access_token":"clt.1"}}"#;
        Box::pin(async { Ok(http::Response::new(Bytes::from_static(body))) })
    }
}

fn main() {
    run_or_compare(run, compare);
}

fn compare() {
    let given = instructions("given", ROUNDS);
    let name = format!("call with a token that was fetched: instructions, {given} if it was given");
    print(&name, instructions("fetched", ROUNDS), Some(given * 1.10));
    let few = instructions("few", ROUNDS);
    let name = format!("call under a limit, 100,000 keys: instructions, {few} with 10 keys");
    print(&name, instructions("many", ROUNDS), Some(few * 1.10));
}

fn run(case: &str, rounds: usize) {
    let builder = Client::builder().transport(Instant);
    let (builder, keys): (ClientBuilder, i64) = match case {
        "given" => (builder.access_token("clt.1"), 1),
        "fetched" => (builder.tokens(Tokens::new(Issue {})), 1),
        "few" => (builder.access_token("clt.1").keep_rate_limits(), 10),
        _ => (builder.access_token("clt.1").keep_rate_limits(), 100_000),
    };
    let client = builder.build().expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        for shop in 0..keys {
            client.call(&Withdraw { shop }).await.expect("a success");
        }
        for round in 0..rounds {
            let shop = (round as i64 * 7919) % keys;
            client.call(&Withdraw { shop }).await.expect("a success");
        }
    });
}
