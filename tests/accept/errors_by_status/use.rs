//! The HTTP status tells errors of one code apart, or is the code.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use apiscribe::client::{BoxFuture, RetryPolicy, Transport};
use apiscribe::error::{Retry, TransportFault};
use apiscribe::{Client, Endpoint, ErrorCode, http};
use bytes::Bytes;

use super::api::demo::{
    CardError, ChargeRequest, GetIssueRequest, IssueError, PayError, PayRequest, PayRequired,
};

fn error<R: Endpoint>(status: u16, body: &str) -> apiscribe::error::ApiError<R::Error>
where
    R::Error: Clone,
{
    let response = http::Response::builder().status(status).body(body.as_bytes()).unwrap();
    let error = R::from_http(response).map(|reply| reply.http_status()).unwrap_err();
    error.api().unwrap().clone()
}

#[test]
fn the_status_tells_errors_of_one_code_apart() {
    let body = r#"{"code":"INVALID_REQUEST","message":"m"}"#;
    let bad = error::<PayRequest>(400, body);
    assert_eq!((&bad.code, bad.retry()), (&PayError::BadRequest, Some(Retry::Changed)));
    assert_eq!(bad.advice(), Some("Correct it."));
    let none = error::<PayRequest>(404, body);
    assert_eq!((&none.code, none.retry()), (&PayError::NoOrder, Some(Retry::Never)));
    assert_eq!(error::<PayRequest>(409, body).code, PayError::Busy);
    let other = error::<PayRequest>(422, body);
    assert_eq!(other.code, PayError::Unknown("INVALID_REQUEST".to_owned()));
    assert_eq!(other.retry(), None);
}

#[test]
fn the_first_code_that_is_there_counts() {
    let body = r#"{"error":{"type":"card_error","code":"card_declined","message":"no"}}"#;
    assert_eq!(error::<ChargeRequest>(402, body).code, CardError::Declined);
    let body = r#"{"error":{"message":"no such customer","type":"invalid_request_error"}}"#;
    let error = error::<ChargeRequest>(404, body);
    assert_eq!((error.code, error.message.as_str()), (CardError::Invalid, "no such customer"));
}

#[test]
fn the_status_may_be_the_code() {
    let error = error::<GetIssueRequest>(404, r#"{"message":"Not Found"}"#);
    assert_eq!((&error.code, error.retry()), (&IssueError::NotFound, Some(Retry::Never)));
    assert_eq!(IssueError::from_code(503).retry(), Some(Retry::Same));
}

/// Refuses, each time with the next status, and says yes in the end.
#[derive(Debug, Clone)]
struct Refusing(&'static [(u16, &'static str)], Arc<AtomicUsize>);

impl Refusing {
    fn new(refusals: &'static [(u16, &'static str)]) -> Self {
        Self(refusals, Arc::new(AtomicUsize::new(0)))
    }

    fn requests(&self) -> usize {
        self.1.load(Ordering::SeqCst)
    }
}

impl Transport for Refusing {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportFault>> {
        let request = self.1.fetch_add(1, Ordering::SeqCst);
        let (status, body) = self.0.get(request).copied().unwrap_or((200, "{}"));
        let response = http::Response::builder().status(status).body(Bytes::from(body)).unwrap();
        Box::pin(async { Ok(response) })
    }
}

fn client(server: &Refusing) -> Client {
    let retries = RetryPolicy::new().pauses(Duration::from_millis(1), Duration::from_millis(1));
    Client::builder().retry(retries).transport(server.clone()).build().unwrap()
}

#[tokio::test]
async fn a_call_is_retried_by_the_row_of_its_code_and_status() {
    let server = Refusing::new(&[
        (500, r#"{"code":"SYSTEM_ERROR"}"#),
        (409, r#"{"code":"INVALID_REQUEST"}"#),
    ]);
    client(&server).call(&PayRequest::new(PayRequired { out_trade_no: "o-1".into() })).await.unwrap();
    assert_eq!(server.requests(), 3);
    let server = Refusing::new(&[(404, r#"{"code":"INVALID_REQUEST"}"#)]);
    let error = client(&server).call(&PayRequest::new(PayRequired { out_trade_no: "o-1".into() })).await.unwrap_err();
    assert_eq!((server.requests(), error.may_have_taken_effect()), (1, false));
    let server = Refusing::new(&[(503, r#"{"message":"down"}"#)]);
    client(&server).call(&GetIssueRequest::new()).await.unwrap();
    assert_eq!(server.requests(), 2);
}
