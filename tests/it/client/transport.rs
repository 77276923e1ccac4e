//! Another HTTP library under the client: ureq, which is not asynchronous; and transports around the client's own.

use std::sync::{Arc, Mutex};

use apiscribe::client::{BoxFuture, ClientBuilder, HttpTransport, Transport};
use apiscribe::error::TransportFault;
use apiscribe::{Client, Endpoint, Error, Tokens};
use bytes::Bytes;
use http::{Request, Response};
use ureq::Agent;

use super::server::{Answer, Server, response};
use super::types::{Issue, OPEN, Pay};
use generated_client::platform::Fen;

#[derive(Debug, Clone)]
struct Ureq(Agent);

impl Ureq {
    fn new() -> Self {
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        Self(config.into())
    }

    fn run(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportFault> {
        let response = self.0.run(request.map(Vec::from)).map_err(|error| match error {
            ureq::Error::ConnectionFailed => TransportFault::Connect(error.into()),
            error => TransportFault::Broken(error.into()),
        })?;
        let (parts, mut body) = response.into_parts();
        let body = body.read_to_vec().map_err(|error| TransportFault::Broken(error.into()))?;
        Ok(Response::from_parts(parts, body.into()))
    }
}

impl Transport for Ureq {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportFault>> {
        let this = self.clone();
        Box::pin(async move {
            let sent = tokio::task::spawn_blocking(move || this.run(request)).await;
            sent.unwrap_or_else(|error| Err(TransportFault::Broken(error.into())))
        })
    }
}

#[tokio::test]
async fn another_library_sends_with_tokens_and_tries_again() {
    let server = Server::by(|count, request| {
        Answer::Close(match request.starts_with("POST /token/") {
            true => response(200, r#"{"err_no":0,"data":{"access_token":"clt.1","expires_in":9}}"#),
            false if count == 1 => response(503, ""),
            false => response(200, r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#),
        })
    });
    let builder = Client::builder().base_url(&OPEN, &server.url);
    let builder = builder.tokens(Tokens::new(Issue::new())).transport(Ureq::new());
    let reply = builder.build().unwrap().call(&Pay::new("p1")).await.unwrap();
    assert_eq!(reply.amount, Fen(5));
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests[2].contains("access-token: clt.1\r\n"), "{}", requests[2]);
    assert!(requests[2].ends_with(r#"{"pay_no":"p1"}"#), "{}", requests[2]);
}

#[test]
fn another_library_sends_without_the_client() {
    let server = Server::json(200, r#"{"err_no":23111}"#);
    let request = Pay::new("p1").to_http(&server.url, Some(&"clt.1".into())).unwrap();
    let response = Ureq::new().run(request.map(Bytes::from)).unwrap();
    let error = Pay::from_http(response).unwrap_err();
    assert!(matches!(error, Error::Api(api) if api.duplicate));
}

/// Adds a header, changes the address of some, and keeps what it saw.
#[derive(Debug, Clone)]
struct Around {
    http: HttpTransport,
    seen: Arc<Mutex<Vec<String>>>,
    to: Option<&'static str>,
}

impl Transport for Around {
    fn send(
        &self,
        mut request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportFault>> {
        request.headers_mut().insert("x-team", "payments".parse().unwrap());
        if let Some(to) = self.to {
            *request.uri_mut() = to.parse().unwrap();
        }
        let path = request.uri().path().to_owned();
        let sent = self.http.send(request);
        Box::pin(async move {
            let response = sent.await;
            let status = response.as_ref().ok().map(|response| response.status().as_u16());
            self.seen.lock().unwrap().push(format!("{path} {status:?}"));
            response
        })
    }
}

/// A busy server, a client with an [`Around`], and what that sees.
fn around(to: Option<&'static str>) -> (Server, ClientBuilder, Arc<Mutex<Vec<String>>>) {
    let server = Server::by(|count, request| {
        Answer::Close(match request.starts_with("POST /token/") {
            true => response(200, r#"{"err_no":0,"data":{"access_token":"clt.1","expires_in":9}}"#),
            false if count == 1 => response(503, ""),
            false => response(200, r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#),
        })
    });
    let seen = Arc::default();
    let around = |seen: &Arc<_>| {
        let seen = Arc::clone(seen);
        move |http| Around { http, seen, to }
    };
    let builder = Client::builder().base_url(&OPEN, &server.url);
    let builder = builder.tokens(Tokens::new(Issue::new())).user_agent("till/1");
    let builder = builder.transport(Ureq::new()).wrap_transport(around(&seen));
    (server, builder, seen)
}

const SEEN: [&str; 3] = ["/token/ Some(200)", "/api/pay/ Some(503)", "/api/pay/ Some(200)"];

#[tokio::test]
async fn a_transport_around_the_own_one_sees_every_attempt() {
    let (server, builder, seen) = around(None);
    assert!(format!("{builder:?}").contains("transport: Around"));
    let reply = builder.build().unwrap().call(&Pay::new("p1")).await.unwrap();
    assert_eq!(reply.amount, Fen(5));
    assert_eq!(*seen.lock().unwrap(), SEEN);
    // What the builder says of the network holds.
    for request in server.requests() {
        assert!(request.contains("x-team: payments\r\n"), "{request}");
        assert!(request.contains("user-agent: till/1\r\n"), "{request}");
    }
}

#[test]
fn the_blocking_client_takes_one_as_well() {
    let (_server, builder, seen) = around(None);
    let client = apiscribe::blocking::Client::new(builder).unwrap();
    assert_eq!(client.call(&Pay::new("p1")).unwrap().amount, Fen(5));
    assert_eq!(*seen.lock().unwrap(), SEEN);
}

#[tokio::test]
async fn of_two_transports_the_last_counts() {
    let (server, builder, seen) = around(None);
    let client = builder.transport(Ureq::new()).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    assert!(seen.lock().unwrap().is_empty() && server.requests().len() == 3);
}

/// Neither is a token, whatever a transport around it makes of a request.
#[tokio::test]
async fn the_own_transport_sends_nothing_in_the_clear() {
    for to in ["http://192.0.2.1/api/pay/", "http://example.com/api/pay/?a=1", "ftp://127.0.0.1/"] {
        let (server, builder, _) = around(Some(to));
        let client = builder.access_token("clt.1").build().unwrap();
        let error = client.call(&Pay::new("p1")).await.unwrap_err();
        let shown = error.to_string();
        assert!(shown.contains("plain http") || to.starts_with("ftp"), "{shown}");
        assert!(!error.may_have_taken_effect() && server.requests().is_empty(), "{shown}");
    }
}
