//! Where the token of a call comes from, how often one is fetched, and what follows when one is refused.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use apiscribe::client::CallOptions;
use apiscribe::client::token::StoredToken;
use apiscribe::error::{Outcome, TokenFault};
use apiscribe::time::UnixMillis;
use apiscribe::{Client, Error, ErrorCode, Secret, Tokens};

use super::server::{Answer, Server, response};
use super::types::{Issue, Pay};
use generated_client::platform::Fen;

const PAID: &str = r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#;

/// A platform that issues `clt.1`, `clt.2`, … living for so many seconds, and takes those whose number is not refused.
fn platform(life: i64, is_refused: fn(usize) -> bool) -> Server {
    let issued = AtomicUsize::new(0);
    Server::by(move |_, request| {
        if request.starts_with("POST /token/") {
            // Long enough that all who call at once wait together.
            std::thread::sleep(Duration::from_millis(20));
            let number = issued.fetch_add(1, Ordering::SeqCst) + 1;
            return Answer::Close(response(200, &issue(number, life)));
        }
        let token = request.split("access-token: clt.").nth(1).unwrap();
        let number = token.split("\r\n").next().unwrap().parse().unwrap();
        Answer::Close(match is_refused(number) {
            true => response(200, r#"{"err_no":28001008,"err_msg":"expired"}"#),
            false => response(200, PAID),
        })
    })
}

fn issue(number: usize, life: i64) -> String {
    format!(
        r#"{{"err_no":0,"data":{{"access_token":"clt.{number}","expires_in":{life},"refresh_token":"r{number}"}}}}"#
    )
}

fn client(server: &Server) -> Client {
    server.anonymous().tokens(Tokens::new(Issue::new())).build().unwrap()
}

fn fetches(server: &Server) -> usize {
    server.requests().iter().filter(|request| request.starts_with("POST /token/")).count()
}

#[tokio::test]
async fn a_token_is_fetched_once_and_kept() {
    let server = platform(7200, |_| false);
    let client = client(&server);
    for _ in 0..3 {
        assert_eq!(client.call(&Pay::new("p1")).await.unwrap().amount, Fen(5));
    }
    assert_eq!(fetches(&server), 1);
    assert!(server.requests().last().unwrap().contains("access-token: clt.1\r\n"));
}

#[tokio::test]
async fn a_thousand_callers_wait_for_one_fetch() {
    let server = platform(7200, |_| false);
    let client = client(&server);
    let calls = (0..1000).map(|_| {
        let client = client.clone();
        tokio::spawn(
            async move { client.call(&Pay::new("p1")).await.map(|reply| reply.into_data()) },
        )
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(fetches(&server), 1);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_and_the_call_repeated_once() {
    let server = platform(7200, |number| number == 1);
    let client = client(&server);
    client.call(&Pay::new("p1")).await.unwrap();
    let sent: Vec<String> =
        server.requests().into_iter().filter(|request| request.contains("/api/pay/")).collect();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].replace("clt.1", "clt.2"), sent[1], "the same but for the token");
    assert_eq!(fetches(&server), 2);
}

#[tokio::test]
async fn many_callers_of_a_refused_token_fetch_one() {
    let server = platform(7200, |number| number == 1);
    let client = client(&server);
    let calls = (0..100).map(|_| {
        let client = client.clone();
        tokio::spawn(
            async move { client.call(&Pay::new("p1")).await.map(|reply| reply.into_data()) },
        )
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(fetches(&server), 2);
}

#[tokio::test]
async fn fresh_tokens_that_are_refused_are_not_replaced_without_end() {
    let server = platform(7200, |_| true);
    let client = client(&server);
    for _ in 0..2 {
        let error = client.call(&Pay::new("p1")).await.unwrap_err();
        assert_eq!(error.api().unwrap().code.code(), 28001008);
        assert_eq!(error.attempts()[0].outcome, Outcome::TokenRefused { code: 28001008.into() });
    }
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    let Error::Token(error) = error else { panic!("{error}") };
    assert!(matches!(error.fault, TokenFault::RefusedWhenFresh { .. }), "{error}");
    assert!(error.to_string().contains("another system fetches tokens with the same key"));
    assert_eq!(fetches(&server), 3, "more would run into the platform's limit");
}

#[tokio::test]
async fn a_token_is_replaced_before_it_ends() {
    // It is old after three quarters of its second.
    let server = platform(1, |_| false);
    let client = client(&server);
    client.call(&Pay::new("p1")).await.unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    assert_eq!(fetches(&server), 1);
    tokio::time::sleep(Duration::from_millis(1100)).await;
    client.call(&Pay::new("p1")).await.unwrap();
    assert_eq!(fetches(&server), 2);
}

#[tokio::test]
async fn a_token_that_still_lives_serves_while_the_next_cannot_be_fetched() {
    let server = Server::json(200, PAID);
    let old = StoredToken {
        token: "clt.0".into(),
        issued_at: UnixMillis(UnixMillis::now().0 - 7_100_000),
        expires_at: Some(UnixMillis(UnixMillis::now().0 + 100_000)),
        refresh_token: None,
    };
    let tokens =
        Tokens::refreshing(old, |refresh: &Secret<String>| Issue { secret: refresh.clone() });
    let client = server.anonymous().tokens(tokens).build().unwrap();
    client.call(&Pay::new("p1")).await.unwrap();
    assert!(server.requests()[0].contains("access-token: clt.0\r\n"), "there is no refresh token");
}

#[tokio::test]
async fn a_failure_to_fetch_says_why_and_is_not_repeated_at_once() {
    let server = Server::json(200, r#"{"err_no":10013,"err_msg":"client key or secret error"}"#);
    let client = client(&server);
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    assert!(!error.may_have_taken_effect());
    let shown = error.to_string();
    let expected = "not sent: could not obtain client_token: issue: 10013 client key or secret error (HTTP 200)";
    assert!(shown.starts_with(expected), "{shown}");
    let again = client.call(&Pay::new("p1")).await.unwrap_err().to_string();
    assert!(again.contains("a moment ago; fetched again in "), "{again}");
    assert_eq!(server.requests().len(), 1);
    assert!(!format!("{error:?} {client:?}").contains("app-secret"));
}

#[tokio::test]
async fn a_token_that_is_fetched_too_slowly_costs_no_more_than_the_call_may() {
    let server = Server::start(Answer::Stay(Vec::new()));
    let options = CallOptions::new().timeout(Duration::from_millis(50));
    let error = client(&server).call_with(&Pay::new("p1"), options).await.unwrap_err();
    assert!(
        matches!(&error, Error::Token(error) if matches!(error.fault, TokenFault::Timeout { .. })),
        "{error}"
    );
}

#[tokio::test]
async fn a_token_of_one_call_is_not_replaced() {
    let server = platform(7200, |_| true);
    let options = CallOptions::new().token("clt.7");
    let error = client(&server).call_with(&Pay::new("p1"), options).await.unwrap_err();
    assert_eq!(error.api().unwrap().code.code(), 28001008);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_token_that_the_caller_keeps_fresh_is_not_replaced() {
    let server = platform(7200, |_| true);
    let client = server.anonymous().access_token("clt.7").build().unwrap();
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    assert_eq!(error.api().unwrap().code.code(), 28001008);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_users_token_is_fetched_with_the_refresh_token_of_the_last() {
    let server = platform(7200, |number| number < 2);
    let first = StoredToken {
        token: "clt.0".into(),
        issued_at: UnixMillis::now(),
        expires_at: None,
        refresh_token: Some("r0".into()),
    };
    let tokens =
        Tokens::refreshing(first, |refresh: &Secret<String>| Issue { secret: refresh.clone() });
    let client = server.anonymous().tokens(tokens).build().unwrap();
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    assert_eq!(error.api().unwrap().code.code(), 28001008, "clt.1 is refused too");
    client.call(&Pay::new("p1")).await.unwrap();
    let requests = server.requests();
    let bodies: Vec<&str> = requests
        .iter()
        .filter(|request| request.starts_with("POST /token/"))
        .map(|request| request.split("\r\n\r\n").nth(1).unwrap())
        .collect();
    assert_eq!(bodies, [r#"{"secret":"r0"}"#, r#"{"secret":"r1"}"#]);
}
