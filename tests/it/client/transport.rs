//! Another HTTP library under the client: ureq, which is not asynchronous.

use apiscribe::client::{BoxFuture, Transport};
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
    let builder = Client::builder().base_url(&OPEN, &server.url).unwrap();
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
