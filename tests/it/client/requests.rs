//! What is sent, and what is refused before it is.

use apiscribe::client::CallOptions;
use apiscribe::error::RequestError;
use apiscribe::meta::Envelope;
use apiscribe::{Client, Encode, Endpoint, Error, Validate};

use super::server::{Answer, Server};
use super::types::{List, OPEN, Pay, Tell};
use generated_client::platform::Fen;

const PAID: &str =
    r#"{"err_no":0,"err_msg":"success","log_id":"L1","data":{"amount":5,"items":[]}}"#;

#[tokio::test]
async fn a_post_carries_token_and_json() {
    let server = Server::json(200, PAID);
    server.client().call(&Pay::new("p1")).await.unwrap();
    let requests = server.requests();
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /api/pay/ HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("\r\naccess-token: clt.secret"), "{head}");
    assert!(head.contains("\r\ncontent-type: application/json"), "{head}");
    assert!(head.contains("\r\nuser-agent: apiscribe/"), "{head}");
    assert_eq!(body, r#"{"pay_no":"p1"}"#);
}

#[tokio::test]
async fn a_get_carries_its_fields_in_path_and_query() {
    let server = Server::json(200, r#"{"err_no":0}"#);
    let tags = vec!["a b".to_owned(), "x&y=z".to_owned()];
    let list = List { shop: "北/1".to_owned(), day: Some("+".to_owned()), tags };
    server.client().call(&list).await.unwrap();
    let request = &server.requests()[0];
    let line =
        "GET /api/shops/%E5%8C%97%2F1/payments?day=%2B&tags=a%20b&tags=x%26y%3Dz HTTP/1.1\r\n";
    assert!(request.starts_with(line), "{request}");
    assert!(!request.contains("access-token") && request.ends_with("\r\n\r\n"), "{request}");
}

/// The HTTP status says what is a success.
const BARE: Envelope = Envelope::new("bare");

#[derive(Encode, Validate, Endpoint)]
#[endpoint(HEAD "/exports/1", name = "look", host = OPEN, envelope = BARE)]
struct Look {}

/// The length is that of the body that a GET would have, here one longer than the client would read.
#[tokio::test]
async fn a_head_is_answered_by_headers_alone() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 99000000000\r\netag: \"e1\"\r\n\r\n";
    let server = Server::start(Answer::Stay(head.as_bytes().to_vec()));
    let reply = server.client().call(&Look {}).await.unwrap();
    assert_eq!((reply.headers()["etag"].to_str().unwrap(), reply.raw_body().len()), ("\"e1\"", 0));
    let request = &server.requests()[0];
    assert!(request.starts_with("HEAD /exports/1 HTTP/1.1\r\n"), "{request}");
    let missing = Server::json(404, "");
    let error = missing.client().call(&Look {}).await.unwrap_err();
    let Error::Api(error) = error else { panic!("{error}") };
    assert_eq!((error.status.as_u16(), error.body.len()), (404, 0));
}

#[tokio::test]
async fn a_base_url_may_have_a_path() {
    let server = Server::json(200, r#"{"err_no":0}"#);
    let builder = Client::builder().base_url(&OPEN, &format!("{}/mirror/", server.url));
    builder.build().unwrap().call(&Tell {}).await.unwrap();
    assert!(server.requests()[0].starts_with("POST /mirror/api/tell/ HTTP/1.1\r\n"));
}

#[test]
fn a_path_is_added_to_a_base_url() {
    for (base, address) in [
        ("https://a.cn", "https://a.cn/api/tell/"),
        ("https://a.cn/", "https://a.cn/api/tell/"),
        ("https://a.cn:8443//", "https://a.cn:8443/api/tell/"),
        ("https://a.cn/mirror/of/", "https://a.cn/mirror/of/api/tell/"),
        ("http://[::1]:1/x", "http://[::1]:1/x/api/tell/"),
    ] {
        assert_eq!(*Tell {}.to_http(base, None).unwrap().uri(), *address, "{base}");
    }
}

#[tokio::test]
async fn requests_of_one_client_go_each_to_its_own_address() {
    let server = Server::json(200, r#"{"err_no":0}"#);
    let client = server.client();
    for shop in ["1", "2", "1"] {
        client.call(&List::of(shop)).await.unwrap();
        client.call(&Tell {}).await.unwrap();
    }
    let requests = server.requests();
    let paths: Vec<_> = requests.iter().filter_map(|request| request.split(' ').nth(1)).collect();
    let (list, tell) = (|shop| format!("/api/shops/{shop}/payments"), "/api/tell/");
    assert_eq!(paths, [&*list(1), tell, &*list(2), tell, &*list(1), tell]);
}

#[tokio::test]
async fn the_last_base_url_counts() {
    let server = Server::json(200, r#"{"err_no":0}"#);
    let builder = Client::builder().base_url(&OPEN, "https://other.example.com");
    let client = builder.base_url(&OPEN, &server.url).build().unwrap();
    client.call(&Tell {}).await.unwrap();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_invalid_request_is_not_sent() {
    let server = Server::json(200, PAID);
    let error = server.client().call(&Pay::new("a long pay_no")).await.unwrap_err();
    assert!(matches!(&error, Error::Invalid(violations) if violations.len() == 1), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn validation_is_switched_for_one_call() {
    let server = Server::json(200, PAID);
    let (client, pay) = (server.client(), Pay::new("a long pay_no"));
    client.call_with(&pay, CallOptions::new().without_validation()).await.unwrap();
    client.call(&pay).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn validation_is_switched_for_a_client() {
    let server = Server::json(200, PAID);
    let client = server.builder().without_validation().build().unwrap();
    let pay = Pay::new("a long pay_no");
    client.call(&pay).await.unwrap();
    client.call_with(&pay, CallOptions::new().with_validation()).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_token_is_asked_for_before_anything_is_sent() {
    let server = Server::json(200, PAID);
    let client = Client::builder().base_url(&OPEN, &server.url).build().unwrap();
    let error = client.call(&Pay::new("p1")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "not sent: no client_token was given; give the client its access token"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_call_may_go_to_another_thread() {
    let server = Server::json(200, PAID);
    let client = server.client();
    let call =
        tokio::spawn(
            async move { client.call(&Pay::new("p1")).await.map(|reply| reply.into_data()) },
        );
    assert_eq!(call.await.unwrap().unwrap().amount, Fen(5));
}

#[test]
fn a_field_cannot_lead_to_another_path() {
    for shop in ["", ".", ".."] {
        let error = List::of(shop).to_http("https://open.example.com", None).unwrap_err();
        assert!(matches!(error, RequestError::PathField { name: "shop", .. }), "{error}");
    }
}

#[test]
fn a_field_that_looks_like_a_place_is_text() {
    let request = List::of("{shop}").to_http("https://open.example.com", None).unwrap();
    assert_eq!(request.uri().path(), "/api/shops/%7Bshop%7D/payments");
}

#[test]
fn what_makes_a_second_request_harmless_is_known() {
    assert_eq!(Pay::new("p1").idempotency_key().as_deref(), Some("p1"));
    assert_eq!(Tell {}.idempotency_key(), None);
}
