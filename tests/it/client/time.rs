//! Times of any length, and tries without pauses.

use std::time::Duration;

use apiscribe::client::token::FileStore;
use apiscribe::client::{CallOptions, RetryPolicy};
use apiscribe::error::{TokenFault, TransportFault};
use apiscribe::{Client, Error, Tokens, blocking};

use super::server::{Answer, Server, response, response_with};
use super::types::{Issue, Pay, Tell};

const PAID: &str = r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#;

/// Longer than a clock goes, in one way or another.
const ENDLESS: [Duration; 4] = [
    Duration::MAX,
    Duration::from_secs(u64::MAX),
    Duration::from_secs(i64::MAX as u64),
    Duration::from_secs(i64::MAX as u64 / 1000),
];

fn paid() -> Server {
    Server::json(200, PAID)
}

fn later(status: u16, retry_after: &str) -> Answer {
    Answer::Close(response_with(status, &format!("retry-after: {retry_after}\r\n"), "<html>"))
}

fn endless() -> CallOptions {
    CallOptions::new().timeout(Duration::MAX)
}

#[tokio::test]
async fn a_call_may_take_for_ever() {
    let server = paid();
    for time in ENDLESS {
        let options = CallOptions::new().timeout(time);
        server.client().call_with(&Pay::new("p1"), options).await.unwrap();
        let client = server.builder().timeout(time).build().unwrap();
        client.call(&Pay::new("p1")).await.unwrap();
    }
}

#[tokio::test]
async fn a_try_and_a_connection_may_take_for_ever() {
    let server = paid();
    for time in ENDLESS {
        let client = server.builder().try_timeout(time).connect_timeout(time).build().unwrap();
        client.call(&Pay::new("p1")).await.unwrap();
    }
}

#[test]
fn a_blocking_call_may_take_for_ever() {
    for time in ENDLESS {
        let builder = paid().builder().timeout(time).try_timeout(time);
        blocking::Client::new(builder).unwrap().call(&Pay::new("p1")).unwrap();
    }
}

#[tokio::test]
async fn a_token_and_its_store_may_be_waited_for_for_ever() {
    let issued =
        r#"{"err_no":0,"data":{"access_token":"clt.1","expires_in":7200,"amount":5,"items":[]}}"#;
    let server = Server::json(200, issued);
    for time in ENDLESS {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::new(folder.path().join("token.json")).patience(time);
        let tokens = Tokens::new(Issue::new()).store(store);
        let builder = server.anonymous().tokens(tokens).timeout(time).try_timeout(time);
        builder.build().unwrap().call(&Pay::new("p1")).await.unwrap();
    }
}

#[tokio::test]
async fn a_pause_that_does_not_end_in_time_is_not_begun() {
    let server = Server::json(503, "");
    for time in ENDLESS {
        let policy = RetryPolicy::new().pauses(time, time).tries(u32::MAX);
        let client = server.builder().retry(policy).build().unwrap();
        let error = client.call(&Pay::new("p1")).await.unwrap_err();
        assert!(error.attempts().is_empty(), "{error}");
    }
    assert_eq!(server.requests().len(), ENDLESS.len());
}

#[tokio::test]
async fn a_server_that_wants_to_be_left_alone_for_too_long_is_not_asked_again() {
    let values = [
        "31",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ];
    for value in values {
        for status in [429, 503] {
            let server = Server::start(later(status, value));
            let error = server.client().call(&Pay::new("p1")).await.unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), status, "{value}");
            assert_eq!(server.requests().len(), 1, "{value}");
        }
    }
}

#[tokio::test]
async fn an_error_says_that_the_server_asks_for_too_long_a_wait() {
    const SAID: &str = "the server asks to wait";
    for (value, said) in [("7200", "2 h"), ("5400", "90 min"), ("45", "45 s")] {
        let asked = Some(Duration::from_secs(value.parse().unwrap()));
        for status in [429, 503] {
            let server = Server::start(later(status, value));
            let error = server.client().call(&Pay::new("p1")).await.unwrap_err();
            let shown = error.to_string();
            let said = format!("; {SAID} {said}, so no further attempt was made");
            assert!(shown.ends_with(&said), "{shown}");
            assert_eq!(error.retry_after(), asked, "{shown}");
            // Here it is not the reason.
            let once = CallOptions::new().retry(RetryPolicy::never());
            let error = server.client().call_with(&Pay::new("p1"), once).await.unwrap_err();
            assert!(!error.to_string().contains(SAID), "{error}");
            assert_eq!((error.retry_after(), server.requests().len()), (asked, 2), "{error}");
        }
        let server = Server::start(later(503, value));
        let error = server.client().call(&Tell {}).await.unwrap_err();
        assert!(!error.to_string().contains(SAID), "never repeated: {error}");
    }
    let server = Server::start(later(429, "7200"));
    let client = server.anonymous().tokens(Tokens::new(Issue::new())).build().unwrap();
    for _ in 0..2 {
        let error = client.call(&Pay::new("p1")).await.unwrap_err();
        assert!(error.to_string().contains("; the server asks to wait 2 h, "), "{error}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7200)), "{error}");
    }
    let error = Server::json(503, "").client().call(&Tell {}).await.unwrap_err();
    assert_eq!(error.retry_after(), None);
}

#[tokio::test]
async fn a_call_that_may_take_for_ever_does_not_wait_for_ever_all_the_same() {
    for value in ["3601", "18446744073709551615", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let server = Server::start(later(429, value));
        server.client().call_with(&Pay::new("p1"), endless()).await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{value}");
    }
}

#[tokio::test]
async fn a_fetch_of_a_token_waits_no_longer_either() {
    let server = Server::start(later(429, "18446744073709551615"));
    let client = server.anonymous().tokens(Tokens::new(Issue::new())).build().unwrap();
    let error = client.call_with(&Pay::new("p1"), endless()).await.unwrap_err();
    let is_issue =
        matches!(&error, Error::Token(error) if matches!(error.fault, TokenFault::Issue(_)));
    assert!(is_issue, "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_wait_that_is_no_number_and_no_date_is_passed_over() {
    for value in ["", "-1", "+1", "1e400", "1.5", "soon", "Fri, 31 Dec 99999 23:59:59 GMT", "0"] {
        let server = Server::series(&[later(503, value), Answer::Close(response(200, PAID))]);
        quick(&server).call(&Pay::new("p1")).await.unwrap();
        assert_eq!(server.requests().len(), 2, "{value}");
    }
}

fn quick(server: &Server) -> Client {
    let pauses = RetryPolicy::new().pauses(Duration::ZERO, Duration::ZERO);
    server.builder().retry(pauses).build().unwrap()
}

/// The pauses of a call whose tries all fail.
async fn pauses(policy: RetryPolicy) -> Vec<Duration> {
    let server = Server::json(503, "");
    let options = CallOptions::new().retry(policy);
    let error = server.client().call_with(&Pay::new("p1"), options).await.unwrap_err();
    error.attempts().iter().map(|attempt| attempt.pause).collect()
}

#[tokio::test]
async fn no_pause_is_longer_than_the_longest() {
    let millis = Duration::from_millis;
    let longest = millis(8);
    for first in [Duration::ZERO, millis(1), millis(6), millis(8), millis(9), Duration::MAX] {
        for pause in pauses(RetryPolicy::new().pauses(first, longest)).await {
            assert!((first.min(longest)..=longest).contains(&pause), "{first:?}: {pause:?}");
        }
    }
}

#[tokio::test]
async fn each_pause_may_be_twice_as_long_as_the_one_before() {
    let millis = Duration::from_millis;
    let pauses = pauses(RetryPolicy::new().pauses(millis(4), millis(100))).await;
    assert!((millis(4)..=millis(8)).contains(&pauses[0]), "{pauses:?}");
    assert!((millis(8)..=millis(16)).contains(&pauses[1]), "{pauses:?}");
}

#[tokio::test]
async fn many_tries_without_pauses_are_no_storm() {
    let millis = Duration::from_millis;
    let policy = RetryPolicy::new().pauses(Duration::ZERO, Duration::ZERO).tries(9);
    let expected = [0, 0, 10, 20, 40, 80, 160, 320].map(millis);
    assert_eq!(pauses(policy).await, expected);
}

#[tokio::test]
async fn tries_without_number_end_with_the_calls_time() {
    let server = Server::json(503, "");
    let policy = RetryPolicy::new().pauses(Duration::ZERO, Duration::ZERO).tries(u32::MAX);
    let options = CallOptions::new().retry(policy).timeout(Duration::from_millis(200));
    server.client().call_with(&Pay::new("p1"), options).await.unwrap_err();
    assert!((1..9).contains(&server.requests().len()), "{}", server.requests().len());
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_asked_for_again() {
    let server = paid();
    let client = server.builder().max_body(5).build().unwrap();
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    let is_refused = matches!(
        &error,
        Error::Transport(error) if matches!(error.fault, TransportFault::BodyTooLarge { .. })
    );
    assert!(is_refused, "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn without_any_time_nothing_is_sent() {
    let server = paid();
    let options = CallOptions::new().timeout(Duration::ZERO);
    let error = server.client().call_with(&Pay::new("p1"), options).await.unwrap_err();
    assert!(!error.may_have_taken_effect());
    let shown = error.to_string();
    assert!(
        shown.contains("the time allowed for the call, 0ns, was up before it was sent"),
        "{shown}"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_error_says_which_time_was_allowed() {
    let server = Server::start(Answer::Stay(Vec::new()));
    let (short, long) = (Duration::from_millis(30), Duration::from_secs(60));
    for (call, attempt) in
        [(long, short), (short, long), (short, Duration::MAX), (Duration::MAX, short)]
    {
        let client = server.builder().timeout(call).try_timeout(attempt).build().unwrap();
        let error = client.call(&Tell {}).await.unwrap_err().to_string();
        assert!(error.starts_with("tell: no response within 30ms; "), "{error}");
    }
}
