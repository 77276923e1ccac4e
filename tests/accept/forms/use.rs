//! A body of pairs, as HTML forms have it.

use apiscribe::Endpoint;
use apiscribe::time::Seconds;
use apiscribe::wire::JsonText;

use super::api::demo::{GetTokenRequest, GetTokenRequired, Grant};

const BASE: &str = "https://api.example.com";

fn request() -> GetTokenRequest {
    GetTokenRequest::new(GetTokenRequired { grant_type: Grant::ClientCredential, client_key: "a b&c=订".to_owned() })
}

#[test]
fn fields_are_pairs_in_the_order_of_the_document() {
    let request = request().to_http(BASE, None).unwrap();
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    let body = "grant_type=client_credential&client_key=a%20b%26c%3D%E8%AE%A2";
    assert_eq!(request.body(), body.as_bytes());
}

#[test]
fn numbers_and_json_are_text_and_the_query_is_elsewhere() {
    let more = Some(JsonText(vec![1, 2]));
    let trace = Some("t".to_owned());
    let request = GetTokenRequest { age: Some(Seconds(5)), more, trace, ..request() };
    let request = request.to_http(BASE, None).unwrap();
    assert!(request.body().ends_with(b"&age=5&more=%5B1%2C2%5D"));
    assert_eq!(request.uri().query(), Some("trace=t"));
}
