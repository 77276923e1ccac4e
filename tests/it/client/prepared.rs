//! A call that is stored, and sent by another client after a restart: to the letter, and under the same key.

use std::fs;
use std::time::Duration;

use apiscribe::client::{CallOptions, Prepared, RetryPolicy};
use apiscribe::endpoint::File;
use apiscribe::error::RequestError;
use apiscribe::{Client, Encode, Endpoint, Error, Json, Validate, blocking};
use generated_client::platform::Fen;
use serde_json::json;

use super::server::{Answer, Server, response};
use super::types::{BASIC, Issue, List, OPEN, Pay, PayError, React};

const PAID: &str = r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#;
const BUSY: &str = r#"{"err_no":23000,"err_msg":"system error"}"#;

fn close(status: u16, body: &str) -> Answer {
    Answer::Close(response(status, body))
}

fn quick(server: &Server) -> Client {
    let pauses = RetryPolicy::new().pauses(Duration::from_millis(1), Duration::from_millis(2));
    server.builder().retry(pauses).build().unwrap()
}

/// A client that is configured and never asked to send: what prepares need not reach the server.
fn stored<R: Endpoint>(request: &R) -> String
where
    R::Error: 'static,
{
    let client = Client::builder().build().unwrap();
    serde_json::to_string(&client.prepare(request).unwrap()).unwrap()
}

fn refusal(stored: &str) -> String {
    serde_json::from_str::<Prepared<Pay>>(stored).unwrap_err().to_string()
}

#[tokio::test]
async fn it_survives_a_restart_and_is_sent_as_an_ordinary_call_would_be() {
    let server = Server::json(200, PAID);
    server.client().call(&Pay::new("订单\"1")).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("outbox.json");
    fs::write(&path, stored(&Pay::new("订单\"1"))).unwrap();

    let read: Prepared<Pay> = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(read.idempotency_key(), Some("订单\"1"));
    assert_eq!(read.body(), r#"{"pay_no":"订单\"1"}"#.as_bytes());
    let reply = server.client().send_prepared(&read).await.unwrap();
    assert_eq!(reply.amount, Fen(5));
    let requests = server.requests();
    assert!(requests.len() == 2 && requests[0] == requests[1], "{requests:?}");
}

#[test]
fn the_blocking_client_sends_the_same() {
    let server = Server::json(200, PAID);
    let client = blocking::Client::new(server.builder()).unwrap();
    client.call(&Pay::new("p1")).unwrap();
    let prepared = serde_json::to_string(&client.prepare(&Pay::new("p1")).unwrap()).unwrap();
    let prepared: Prepared<Pay> = serde_json::from_str(&prepared).unwrap();
    assert_eq!(client.send_prepared(&prepared).unwrap().amount, Fen(5));
    let options = CallOptions::new().token("clt.of-a-user");
    client.send_prepared_with(&prepared, options).unwrap();
    let requests = server.requests();
    assert!(requests.len() == 3 && requests[0] == requests[1], "{requests:?}");
    assert!(requests[2].contains("clt.of-a-user"), "{requests:?}");
}

fn restored() -> Prepared<Pay> {
    serde_json::from_str(&stored(&Pay::new("p1"))).unwrap()
}

#[tokio::test]
async fn after_a_failure_that_leaves_it_open_it_is_sent_again_with_the_same_bytes() {
    for failure in [Answer::Close(Vec::new()), close(502, ""), close(200, BUSY)] {
        // The first process gives up after one attempt, the second one retries by itself.
        let server = Server::series(&[failure.clone(), failure, close(200, PAID)]);
        let once = CallOptions::new().retry(RetryPolicy::never());
        let error = quick(&server).send_prepared_with(&restored(), once).await.unwrap_err();
        assert!(error.may_have_taken_effect(), "{error}");
        quick(&server).send_prepared(&restored()).await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), 3);
        assert!(requests.iter().all(|request| *request == requests[0]), "{requests:?}");
    }
}

#[tokio::test]
async fn without_an_idempotency_key_it_is_not_sent_again() {
    let key_is_complete = |message| React { channel: "c".to_owned(), message };
    for (message, attempts) in [(None, 1), (Some(7), 3)] {
        let server = Server::json(502, "");
        let prepared = stored(&key_is_complete(message));
        let prepared: Prepared<React> = serde_json::from_str(&prepared).unwrap();
        quick(&server).send_prepared(&prepared).await.unwrap_err();
        assert_eq!(server.requests().len(), attempts);
    }
}

#[tokio::test]
async fn errors_are_the_endpoints_own() {
    let body = r#"{"err_no":23111,"err_msg":"pay_no has existed"}"#;
    let server = Server::json(400, body);
    let error = server.client().send_prepared(&restored()).await.unwrap_err();
    let Error::Api(error) = error else { panic!("{error}") };
    assert!(error.duplicate);
    assert_eq!(error.code, PayError::PayNoExists);
}

#[tokio::test]
async fn the_token_is_that_of_whoever_sends() {
    let server = Server::json(200, PAID);
    let client = server.builder().access_token("clt.first").build().unwrap();
    let prepared = client.prepare(&Pay::new("p1")).unwrap();
    assert!(!serde_json::to_string(&prepared).unwrap().contains("clt."));
    let options = CallOptions::new().token("clt.of-a-user");
    client.send_prepared_with(&prepared, options).await.unwrap();
    let (_, headers, _) = server.only_request();
    assert!(headers.contains(&"access-token: clt.of-a-user".to_owned()), "{headers:?}");
}

#[tokio::test]
async fn path_and_query_are_stored_too() {
    let server = Server::json(200, r#"{"err_no":0}"#);
    let request = List { day: Some("1 & 2".to_owned()), ..List::of("a/b") };
    server.client().call(&request).await.unwrap();
    let prepared: Prepared<List> = serde_json::from_str(&stored(&request)).unwrap();
    server.client().send_prepared(&prepared).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0], requests[1]);
}

/// Sends a file, with a header of its own.
#[derive(Debug, Clone, PartialEq, Encode, Validate, Endpoint)]
#[endpoint(POST "/upload", name = "upload", host = OPEN, envelope = BASIC, body = multipart)]
struct Upload {
    #[wire(skip, name = "X-Batch")]
    #[endpoint(header)]
    batch: String,
    #[wire(skip)]
    #[endpoint(file)]
    scan: File,
}

#[tokio::test]
async fn files_are_stored_whole_and_headers_as_well() {
    let server = Server::json(200, r#"{"err_no":0}"#);
    let scan = File::new("scan.png", "image/png", vec![0x89, b'P', 0xff, 0]);
    let request = Upload { batch: "b7".to_owned(), scan };
    server.client().call(&request).await.unwrap();
    let json = stored(&request);
    let prepared: Prepared<Upload> = serde_json::from_str(&json).unwrap();
    let client = Client::builder().build().unwrap();
    assert_eq!(prepared.body(), client.prepare(&request).unwrap().body());
    assert!(json.contains("body_base64"), "{json}");
    server.client().send_prepared(&prepared).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0], requests[1]);
    assert!(requests[1].contains("x-batch: b7"), "{requests:?}");
}

/// Once in an hour for each shop.
#[derive(Debug, Encode, Validate, Endpoint)]
#[endpoint(POST "/", name = "withdraw", host = OPEN, envelope = BASIC)]
#[endpoint(rate_limit(calls = 1, per = 3600, by(shop), counts = all))]
struct Withdraw {
    shop: &'static str,
}

#[tokio::test]
async fn it_counts_with_ordinary_calls_under_rate_limits() {
    let server = Server::json(200, r#"{"err_no":0}"#);
    let client = server.builder().keep_rate_limits().build().unwrap();
    let of =
        |shop| serde_json::from_str::<Prepared<Withdraw>>(&stored(&Withdraw { shop })).unwrap();
    client.call(&Withdraw { shop: "a" }).await.unwrap();
    let error = client.send_prepared(&of("a")).await.unwrap_err();
    assert!(matches!(error, Error::RateLimited(_)), "{error}");
    client.send_prepared(&of("b")).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

/// Goes where the platform said.
#[derive(Debug, Encode, Validate, Endpoint)]
#[endpoint(POST "{upload_url}", name = "put", host = OPEN, envelope = BASIC)]
#[endpoint(url_hosts("files.example.com"))]
struct Put {
    #[wire(skip)]
    #[endpoint(path)]
    upload_url: &'static str,
}

#[test]
fn what_goes_to_a_given_url_cannot_be_prepared() {
    let client = Client::builder().build().unwrap();
    let upload = Put { upload_url: "https://files.example.com/u?signature=s3cret" };
    let error = client.prepare(&upload).unwrap_err();
    let is_url = matches!(error, Error::Request(RequestError::PreparedUrl { name: "upload_url" }));
    assert!(is_url && !error.to_string().contains("s3cret"), "{error}");
}

#[test]
fn what_is_invalid_or_secret_cannot_be_prepared() {
    let client = Client::builder().build().unwrap();
    let error = client.prepare(&Pay::new("a long pay_no")).unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error}");
    let error = client.prepare(&Issue::new()).unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::PreparedSecret)), "{error}");
    let lenient = Client::builder().without_validation().build().unwrap();
    lenient.prepare(&Pay::new("a long pay_no")).unwrap();
}

#[test]
fn the_stored_form_is_as_documented() {
    let stored: Json = serde_json::from_str(&stored(&Pay::new("p1"))).unwrap();
    let expected = json!({
        "version": 1,
        "endpoint": "pay",
        "method": "POST",
        "target": "/api/pay/",
        "headers": [],
        "content_type": "application/json",
        "body": "{\"pay_no\":\"p1\"}",
        "idempotency_key": "p1",
        "rate_keys": [],
        "sha256": stored["sha256"],
    });
    assert_eq!(stored, expected);
    // What one release has stored, later ones must read.
    assert_eq!(stored["sha256"], SHA_OF_P1);
    assert_eq!(Prepared::<Pay>::ENDPOINT, "pay");
}

const SHA_OF_P1: &str = "33814eade255b425bc65bb4d84d923c22a7188147bb3891a7a28aa1d576dbd0c";

#[test]
fn debug_shows_no_body() {
    let text = format!("{:?}", restored());
    let expected = r#"Prepared { endpoint: "pay", idempotency_key: Some("p1"), bytes: 15, .. }"#;
    assert_eq!(text, expected);
}

#[test]
fn what_was_stored_for_something_else_is_refused() {
    let whole = stored(&Pay::new("p1"));
    let with = |from: &str, to: &str| {
        assert!(whole.contains(from), "{whole}");
        refusal(&whole.replacen(from, to, 1))
    };
    let other = refusal(&stored(&React { channel: "c".to_owned(), message: None }));
    assert!(other.contains("a prepared call of `react`, expected one of `pay`"), "{other}");
    let newer = with(r#""version":1"#, r#""version":2"#);
    assert!(newer.contains("version 2, but this release reads version 1"), "{newer}");
    let method = with(r#""method":"POST""#, r#""method":"PUT""#);
    assert!(method.contains("the method PUT, but the endpoint has POST"), "{method}");
    for (from, to) in [("\\\"p1\\\"", "\\\"p2\\\""), ("/api/pay/", "/api/pay"), ("p1\"", "p2\"")] {
        let error = with(from, to);
        assert!(error.contains("not as it was stored"), "{error}");
    }
    let unknown = with(r#""headers""#, r#""more":1,"headers""#);
    assert!(unknown.contains("unknown member `more`"), "{unknown}");
    assert!(refusal("[]").contains("expected a map"), "{}", refusal("[]"));
}

#[test]
fn what_is_cut_or_incomplete_is_refused() {
    let whole = stored(&Pay::new("p1"));
    for length in 0..whole.len() {
        refusal(&whole[..length]);
    }
    let members: serde_json::Map<String, Json> = serde_json::from_str(&whole).unwrap();
    for name in members.keys() {
        let mut rest = members.clone();
        rest.remove(name);
        let error = refusal(&serde_json::to_string(&rest).unwrap());
        let is_optional = ["content_type", "idempotency_key"].contains(&name.as_str());
        let expected = match is_optional {
            true => "not as it was stored".to_owned(),
            false => format!("`{name}` is missing or malformed"),
        };
        assert!(error.contains(&expected), "{name}: {error}");
        let mut wrong = members.clone();
        wrong.insert(name.clone(), json!(true));
        let error = refusal(&serde_json::to_string(&wrong).unwrap());
        assert!(error.contains(&format!("`{name}` is missing or malformed")), "{name}: {error}");
    }
}
