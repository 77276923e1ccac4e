//! Documented limits of frequency, where the client is told to keep them.

use std::time::{Duration, Instant};

use apiscribe::client::{BoxFuture, CallOptions, Transport};
use apiscribe::error::TransportFault;
use apiscribe::{Encode, Endpoint, Error, Validate};
use bytes::Bytes;

use super::server::{Answer, Server, response};
use super::types::{BASIC, OPEN};

/// Two in a second for each shop, and two that succeed in an hour.
#[derive(Debug, Encode, Validate, Endpoint)]
#[endpoint(POST "/", name = "withdraw", host = OPEN, envelope = BASIC)]
#[endpoint(rate_limit(calls = 2, per = 1, by(shop), counts = all))]
#[endpoint(rate_limit(calls = 2, per = 3600, by(shop), counts = successes))]
struct Withdraw {
    shop: String,
}

fn from(shop: &str) -> Withdraw {
    Withdraw { shop: shop.to_owned() }
}

fn at_once() -> CallOptions {
    CallOptions::new().timeout(Duration::from_millis(500))
}

#[tokio::test]
async fn without_being_told_the_client_keeps_none() {
    let server = Server::json(200, r#"{"err_no":0}"#);
    let client = server.client();
    for _ in 0..5 {
        client.call(&from("a")).await.unwrap();
    }
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_call_over_a_limit_waits_if_it_has_the_time() {
    let server = Server::json(400, r#"{"err_no":7}"#);
    let client = server.builder().keep_rate_limits().build().unwrap();
    let start = Instant::now();
    for _ in 0..3 {
        client.call(&from("a")).await.unwrap_err();
    }
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_call_over_a_limit_that_has_no_time_is_not_sent() {
    let server = Server::json(400, r#"{"err_no":7}"#);
    let client = server.builder().keep_rate_limits().build().unwrap();
    for _ in 0..2 {
        client.call(&from("a")).await.unwrap_err();
    }
    let clone = client.clone();
    let error = clone.call_with(&from("a"), at_once()).await.unwrap_err();
    assert!(matches!(&error, Error::RateLimited(limited) if limited.calls == 2), "{error}");
    assert!(!error.may_have_taken_effect());
    let shown = error.to_string();
    let expected = "not sent: withdraw may be called 2 times in 1s; the next call is possible in ";
    assert!(shown.starts_with(expected), "{shown}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn values_are_counted_apart() {
    let server = Server::json(400, r#"{"err_no":7}"#);
    let client = server.builder().keep_rate_limits().build().unwrap();
    for shop in ["a", "a", "b", "b"] {
        client.call_with(&from(shop), at_once()).await.unwrap_err();
    }
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn of_calls_that_must_succeed_to_count_failures_are_given_back() {
    let refused = Answer::Close(response(400, r#"{"err_no":7}"#));
    let done = Answer::Close(response(200, r#"{"err_no":0}"#));
    let server = Server::series(&[refused.clone(), refused, done]);
    let client = server.builder().keep_rate_limits().build().unwrap();
    for _ in 0..2 {
        client.call(&from("a")).await.unwrap_err();
    }
    for _ in 0..2 {
        client.call(&from("a")).await.unwrap();
    }
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let error = client.call_with(&from("a"), at_once()).await.unwrap_err();
    let Error::RateLimited(limited) = error else { panic!("{error}") };
    assert_eq!(limited.per, Duration::from_secs(3600));
    assert_eq!(server.requests().len(), 4);
}

/// No response came, or one whose code no document knows.
#[tokio::test]
async fn a_call_that_may_have_succeeded_counts() {
    for answer in [Vec::new(), response(200, r#"{"err_no":7}"#)] {
        let server = Server::start(Answer::Close(answer));
        let client = server.builder().keep_rate_limits().build().unwrap();
        for _ in 0..2 {
            client.call(&from("a")).await.unwrap_err();
        }
        tokio::time::sleep(Duration::from_millis(1100)).await;
        let error = client.call_with(&from("a"), at_once()).await.unwrap_err();
        assert!(matches!(error, Error::RateLimited(_)), "{error}");
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_before_it_is_sent_does_not_count() {
    let server = Server::json(400, r#"{"err_no":7}"#);
    let client = server.builder().keep_rate_limits().build().unwrap();
    for _ in 0..2 {
        client.call(&from("c")).await.unwrap_err();
    }
    for _ in 0..5 {
        let request = from("c");
        let call = client.call(&request);
        let waited = tokio::time::timeout(Duration::from_millis(10), call).await;
        assert!(waited.is_err(), "the calls of this second are used up");
    }
    tokio::time::sleep(Duration::from_millis(1100)).await;
    // Had those that were dropped counted among the two in an hour, this one would not be sent.
    client.call_with(&from("c"), at_once()).await.unwrap_err();
    assert_eq!(server.requests().len(), 3);
}

/// Answers each request at once, without a network.
#[derive(Debug)]
struct Refusing;

impl Transport for Refusing {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportFault>> {
        let mut response = http::Response::new(Bytes::from_static(br#"{"err_no":7}"#));
        *response.status_mut() = http::StatusCode::BAD_REQUEST;
        Box::pin(async { Ok(response) })
    }
}

#[tokio::test]
async fn windows_that_have_ended_are_forgotten() {
    let server = Server::json(200, "{}");
    let builder = server.builder().keep_rate_limits().transport(Refusing);
    let client = builder.build().unwrap();
    let call_as = async |shops: std::ops::Range<usize>| {
        for shop in shops {
            client.call(&from(&shop.to_string())).await.unwrap_err();
        }
        let shown = format!("{client:?}");
        let (_, windows) = shown.split_once("windows: ").unwrap();
        windows.split([' ', ',', '\n']).next().unwrap().parse::<usize>().unwrap()
    };
    // A failure is given back to the limit that counts successes, so each shop has one window.
    assert_eq!(call_as(0..100).await, 100);
    tokio::time::sleep(Duration::from_millis(1001)).await;
    let windows = call_as(100..150).await;
    assert_eq!(windows, 50, "100 have ended, and each call forgets some");
}
