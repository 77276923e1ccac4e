//! What is tried again, and what never is.

use std::time::Duration;

use apiscribe::client::{CallOptions, RetryPolicy};
use apiscribe::error::Outcome;
use apiscribe::meta::{Envelope, WaitUnit};
use apiscribe::{Client, Encode, Endpoint, Error, Validate};

use super::server::{Answer, Server, response, response_with};
use super::types::{List, OPEN, Pay, PayError, RaiseLimit, React, SetLimit, Tell};

const PAID: &str = r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#;
const BUSY: &str = r#"{"err_no":23000,"err_msg":"system error"}"#;

fn close(status: u16, body: &str) -> Answer {
    Answer::Close(response(status, body))
}

fn quick(server: &Server) -> Client {
    let pauses = RetryPolicy::new().pauses(Duration::from_millis(1), Duration::from_millis(2));
    server.builder().retry(pauses).build().unwrap()
}

#[tokio::test]
async fn a_request_with_an_idempotency_key_is_sent_again_to_the_letter() {
    for failure in [
        Answer::Close(Vec::new()),
        Answer::Close(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec()),
        close(500, "<html>"),
        close(502, ""),
        close(503, "{}"),
        close(200, "<html>of a captive portal</html>"),
        close(200, ""),
        close(200, BUSY),
        close(500, BUSY),
    ] {
        let server = Server::series(&[failure.clone(), failure, close(200, PAID)]);
        quick(&server).call(&Pay::new("p1")).await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), 3);
        assert!(requests.iter().all(|request| *request == requests[0]), "{requests:?}");
    }
}

#[tokio::test]
async fn a_request_that_changes_nothing_is_sent_again() {
    let server = Server::series(&[Answer::Close(Vec::new()), close(200, r#"{"err_no":0}"#)]);
    quick(&server).call(&List::of("1")).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_method_that_is_idempotent_makes_its_requests_repeatable() {
    let server = || Server::series(&[Answer::Close(Vec::new()), close(200, r#"{"err_no":0}"#)]);
    let (put, patch) = (server(), server());
    quick(&put).call(&SetLimit { limit: 5 }).await.unwrap();
    let requests = put.requests();
    assert!(requests.len() == 2 && requests[0] == requests[1], "{requests:?}");
    let error = quick(&patch).call(&RaiseLimit { by: 5 }).await.unwrap_err();
    assert!(error.may_have_taken_effect() && patch.requests().len() == 1, "{error}");
}

#[tokio::test]
async fn a_request_that_several_fields_identify_is_sent_again_if_it_has_them_all() {
    let sent = async |message, channel: &str| {
        let server = Server::series(&[close(503, ""), close(200, r#"{"err_no":0}"#)]);
        let request = React { channel: channel.to_owned(), message };
        let result = quick(&server).call(&request).await;
        (result.is_ok(), server.requests().len())
    };
    assert_eq!(sent(Some(1), "C1").await, (true, 2));
    assert_eq!(sent(None, "C1").await, (false, 1));
    assert_eq!(sent(Some(1), "").await, (false, 1));
}

#[tokio::test]
async fn a_request_that_may_have_taken_effect_and_has_no_key_is_sent_once() {
    for failure in
        [Answer::Close(Vec::new()), close(503, ""), close(200, "<html>"), close(200, BUSY)]
    {
        let server = Server::series(&[failure, close(200, r#"{"err_no":0}"#)]);
        let error = quick(&server).call(&Tell {}).await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{error}");
        assert!(error.attempts().is_empty());
    }
}

#[tokio::test]
async fn what_the_server_did_not_take_is_sent_again_whatever_it_is() {
    for refusal in [response(429, ""), response(429, r#"{"err_no":1}"#)] {
        let server = Server::series(&[Answer::Close(refusal), close(200, r#"{"err_no":0}"#)]);
        quick(&server).call(&Tell {}).await.unwrap();
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn what_the_documents_say_of_a_code_wins_over_the_status_429() {
    let sent = async |code: i64| {
        let refusal = format!(r#"{{"err_no":{code},"err_msg":"refused"}}"#);
        let server = Server::start(close(429, &refusal));
        let error = quick(&server).call(&Pay::new("p1")).await.unwrap_err();
        (server.requests().len(), error.to_string())
    };
    for (code, advice) in [
        (60203, "; a retry cannot succeed"),
        (60204, "; change the request before sending it again"),
        (23111, "Ask for the result; an earlier request"),
    ] {
        let (requests, shown) = sent(code).await;
        assert_eq!(requests, 1, "{shown}");
        assert!(shown.contains(advice) && !shown.contains("call less often"), "{shown}");
        assert_eq!(shown.contains("taken effect"), code == 23111, "{shown}");
    }
    // Documented as one that passes, without a class, and not documented.
    for code in [23000, 22006, 424242] {
        let (requests, shown) = sent(code).await;
        assert_eq!(requests, 3, "{shown}");
        assert!(shown.contains("; too many requests, call less often"), "{shown}");
    }
}

#[tokio::test]
async fn what_will_not_change_is_not_asked_for_again() {
    for answer in [
        close(400, r#"{"err_no":10000,"err_msg":"param error"}"#),
        close(500, r#"{"err_no":10000,"err_msg":"param error"}"#),
        close(404, "<html>"),
        close(302, ""),
        close(200, r#"{"err_no":0,"data":{"amount":"x","items":[]}}"#),
        close(200, r#"{"err_no":0}"#),
    ] {
        let server = Server::start(answer);
        quick(&server).call(&Pay::new("p1")).await.unwrap_err();
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_call_ends_after_three_tries_and_tells_of_them() {
    let server = Server::series(&[Answer::Close(Vec::new()), close(503, ""), close(200, BUSY)]);
    let error = quick(&server).call(&Pay::new("p1")).await.unwrap_err();
    assert_eq!(server.requests().len(), 3);
    let outcomes: Vec<Outcome> =
        error.attempts().iter().map(|attempt| attempt.outcome.clone()).collect();
    let unreadable = Outcome::Unreadable { status: http::StatusCode::SERVICE_UNAVAILABLE };
    assert_eq!(outcomes, [Outcome::Lost, unreadable]);
    assert_eq!(error.api().map(|api| &api.code), Some(&PayError::Busy));
    assert!(error.may_have_taken_effect());
    let shown = error.to_string();
    assert!(shown.contains("; earlier attempts: no complete response after "), "{shown}");
    assert!(shown.contains(", unreadable (HTTP 503) after "), "{shown}");
}

#[tokio::test]
async fn a_repetition_of_what_took_effect_is_known_as_one() {
    let exists = r#"{"err_no":23111,"err_msg":"pay_no has existed"}"#;
    let server = Server::series(&[Answer::Close(Vec::new()), close(200, exists)]);
    let error = quick(&server).call(&Pay::new("p1")).await.unwrap_err();
    let api = error.api().unwrap();
    assert!(api.duplicate && error.may_have_taken_effect());
    assert_eq!(api.attempts[0].outcome, Outcome::Lost);
}

#[tokio::test]
async fn what_failed_to_connect_after_a_try_that_was_lost_may_have_taken_effect() {
    let server = Server::start(Answer::Close(Vec::new()));
    let error = quick(&server).call(&Pay::new("p1")).await.unwrap_err();
    let Error::Transport(mut error) = error else { panic!("{error}") };
    error.fault = apiscribe::error::TransportFault::Connect("refused".into());
    assert!(error.may_have_arrived());
    let said = "; nothing was sent in this attempt; the request may have taken effect, so ask for its result";
    assert!(error.to_string().contains(said), "{error}");
}

#[tokio::test]
async fn nothing_is_tried_again_where_the_caller_says_so() {
    let server = Server::start(close(503, ""));
    let once = CallOptions::new().retry(RetryPolicy::never());
    server.client().call_with(&Pay::new("p1"), once).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_server_says_when() {
    let later = Answer::Close(response_with(429, "retry-after: 1\r\n", ""));
    let server = Server::series(&[later, close(200, PAID)]);
    let start = std::time::Instant::now();
    quick(&server).call(&Pay::new("p1")).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
}

const PATIENT: Envelope =
    Envelope::new("patient").message(&["text"]).retry_after("error.wait", WaitUnit::Milliseconds);

/// An API whose errors say in the body how long to wait.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(GET "/api/news/", name = "news", host = OPEN, envelope = PATIENT, response = serde_json::Value)]
struct News {}

fn wait(milliseconds: &str) -> Answer {
    close(429, &format!(r#"{{"text":"Slow down.","error":{{"wait":{milliseconds}}}}}"#))
}

#[tokio::test]
async fn an_error_says_in_its_body_when() {
    let server = Server::series(&[wait("300"), wait(r#""300""#), close(200, "{}")]);
    let start = std::time::Instant::now();
    quick(&server).call(&News {}).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(600), "{:?}", start.elapsed());
    // Longer than any client waits.
    let server = Server::start(wait("7200000"));
    let error = quick(&server).call(&News {}).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7200)));
    let shown = error.to_string();
    assert!(
        shown.contains("the server asks to wait 2 h, so no further attempt was made"),
        "{shown}"
    );
}

#[tokio::test]
async fn the_server_says_when_by_a_date() {
    let date = httpdate::fmt_http_date(std::time::SystemTime::now() + Duration::from_secs(3600));
    let later = Answer::Close(response_with(503, &format!("retry-after: {date}\r\n"), ""));
    let server = Server::series(&[later, close(200, PAID)]);
    let error = quick(&server).call(&Pay::new("p1")).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(server.requests().len(), 1, "an hour is more than the call may take");
}

#[tokio::test]
async fn a_late_answer_is_given_up_and_asked_for_again_within_the_calls_time() {
    let late = Answer::Late(Duration::from_millis(400), response(200, PAID));
    let server = Server::series(&[late, close(200, PAID)]);
    let pauses = RetryPolicy::new().pauses(Duration::from_millis(1), Duration::from_millis(2));
    let builder = server.builder().retry(pauses).try_timeout(Duration::from_millis(100));
    builder.build().unwrap().call(&Pay::new("p1")).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn the_time_of_a_call_holds_for_all_its_tries() {
    let server = Server::start(Answer::Stay(Vec::new()));
    let pauses =
        RetryPolicy::new().tries(100).pauses(Duration::from_millis(10), Duration::from_millis(10));
    let builder = server.builder().retry(pauses).try_timeout(Duration::from_millis(20));
    let client = builder.timeout(Duration::from_millis(200)).build().unwrap();
    let start = std::time::Instant::now();
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert!((2..20).contains(&error.attempts().len()), "{error}");
    assert!(error.may_have_taken_effect());
}
