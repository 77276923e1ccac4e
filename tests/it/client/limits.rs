//! Limits of size and time.

use std::net::TcpListener;
use std::time::Duration;

use apiscribe::error::{Outcome, TransportError, TransportFault};
use apiscribe::{Client, Error};

use super::server::{Answer, Server, response};
use super::types::{OPEN, Tell};

fn transport<E: std::fmt::Debug>(error: Error<E>) -> TransportError {
    match error {
        Error::Transport(error) => error,
        other => panic!("{other:?}"),
    }
}

async fn tell(server: &Server, max_body: usize) -> Result<(), TransportError> {
    let client = server.builder().max_body(max_body).build().unwrap();
    client.call(&Tell {}).await.map(|reply| reply.into_data()).map_err(transport)
}

#[tokio::test]
async fn a_body_of_just_the_limit_is_read() {
    let body = r#"{"err_no":0}"#;
    tell(&Server::json(200, body), body.len()).await.unwrap();
}

#[tokio::test]
async fn a_body_declared_over_the_limit_is_not_read() {
    // Only the head comes: whoever waits for the body waits for ever.
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n".to_vec();
    let error = tell(&Server::start(Answer::Stay(head)), 12).await.unwrap_err();
    let is_refused =
        matches!(error.fault, TransportFault::BodyTooLarge { limit: 12, declared: Some(13), .. });
    assert!(is_refused && error.may_have_arrived(), "{error}");
}

#[tokio::test]
async fn a_body_that_runs_over_the_limit_is_not_read_on() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let stream = head.to_owned() + &"8\r\n{\"a\":[1,\r\n".repeat(4);
    let error = tell(&Server::start(Answer::Stay(stream.into_bytes())), 20).await.unwrap_err();
    assert!(
        matches!(error.fault, TransportFault::BodyTooLarge { limit: 20, declared: None, .. }),
        "{error}"
    );
}

#[tokio::test]
async fn a_body_in_pieces_is_read_whole() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    for pieces in ["c\r\n{\"err_no\":0}\r\n", "1\r\n{\r\n8\r\n\"err_no\"\r\n3\r\n:0}\r\n"] {
        let answer = format!("{head}{pieces}0\r\n\r\n");
        tell(&Server::start(Answer::Stay(answer.into_bytes())), 12).await.unwrap();
    }
}

#[tokio::test]
async fn a_server_that_stays_silent_is_given_up() {
    for start in [Vec::new(), response(200, r#"{"err_no":0}"#)[..40].to_vec()] {
        let server = Server::start(Answer::Stay(start));
        let client = server.builder().timeout(Duration::from_secs(1)).build().unwrap();
        let error = transport(client.call(&Tell {}).await.unwrap_err());
        assert!(
            matches!(error.fault, TransportFault::Timeout { .. }) && error.may_have_arrived(),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_server_that_hangs_up_may_have_acted() {
    let server = Server::start(Answer::Close(Vec::new()));
    let error = transport(server.client().call(&Tell {}).await.unwrap_err());
    assert!(
        matches!(error.fault, TransportFault::Broken(_)) && error.may_have_arrived(),
        "{error}"
    );
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let builder = Client::builder().base_url(&OPEN, &format!("http://127.0.0.1:{port}")).unwrap();
    let error = transport(builder.build().unwrap().call(&Tell {}).await.unwrap_err());
    assert!(matches!(error.fault, TransportFault::Connect(_)), "{error}");
    assert!(!error.may_have_arrived(), "{error}");
    let tried: Vec<Outcome> =
        error.attempts.iter().map(|attempt| attempt.outcome.clone()).collect();
    assert_eq!(tried, [Outcome::NotSent, Outcome::NotSent]);
    let shown = error.to_string();
    let advice =
        "; nothing was sent, so it is safe to try again; earlier attempts: no connection after ";
    assert!(shown.contains(advice), "{shown}");
}
