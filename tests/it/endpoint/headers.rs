//! Headers of requests: fields, constants, keys that travel in them, and media types.

use apiscribe::error::RequestError;
use apiscribe::{Encode, Endpoint, Secret, Validate};

use super::{OPEN, PLAIN, TOKEN, sent};

const VERSION: &str = "2022-11-28";

#[derive(Encode, Validate, Endpoint)]
#[endpoint(PATCH "/issues", name = "issue", host = OPEN, auth = TOKEN, envelope = PLAIN)]
#[endpoint(header("Accept" = "application/vnd.github+json", "X-Api-Version" = VERSION))]
#[endpoint(query("v" = "2"), content_type = "application/merge-patch+json")]
#[endpoint(idempotency_key = key)]
struct Change {
    #[wire(name = "Idempotency-Key", skip)]
    #[endpoint(header)]
    key: String,
    #[wire(name = "If-Match", skip)]
    #[endpoint(header)]
    tags: Option<Vec<&'static str>>,
    #[wire(name = "X-Pin", skip)]
    #[endpoint(header)]
    pin: Option<Secret<String>>,
    #[wire(name = "X-Level", skip)]
    #[endpoint(header)]
    level: Option<u64>,
    title: &'static str,
}

fn change() -> Change {
    Change { key: "k1".to_owned(), tags: None, pin: None, level: None, title: "x" }
}

/// Names and values of the headers of a request with a token, in their order.
fn headers(change: &Change) -> Vec<String> {
    let request = change.to_http(OPEN.production, Some(&Secret::from("t"))).unwrap();
    let headers = request.headers().iter();
    headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect()
}

#[test]
fn constants_and_fields_travel_in_headers() {
    let all = Change { tags: Some(vec!["a", "b"]), level: Some(u64::MAX), ..change() };
    let expected = [
        "accept: application/vnd.github+json",
        "x-api-version: 2022-11-28",
        "idempotency-key: k1",
        "if-match: a, b",
        "x-level: 18446744073709551615",
        "content-type: application/merge-patch+json",
        "access-token: t",
    ];
    assert_eq!(headers(&all), expected);
    assert_eq!(headers(&change()).len(), 5);
}

#[test]
fn a_constant_is_in_the_query_and_no_header_in_the_body() {
    #[derive(Encode, Validate, Endpoint)]
    #[endpoint(POST "/x", name = "x", host = OPEN, envelope = PLAIN, query("v" = "2 3"))]
    struct Ask {
        #[wire(skip)]
        #[endpoint(query)]
        page: i64,
        #[wire(skip)]
        #[endpoint(header)]
        trace: &'static str,
    }
    let (line, _, body) = sent(&Ask { page: 1, trace: "t" });
    assert_eq!((line.as_str(), body.as_str()), ("POST /x?v=2%203&page=1", "{}"));
}

#[test]
fn a_key_in_a_header_is_the_idempotency_key() {
    assert_eq!(change().idempotency_key().as_deref(), Some("k1"));
}

#[test]
fn a_secret_in_a_header_is_not_shown() {
    let secret = Change { pin: Some("hunter2".into()), ..change() };
    let request = secret.to_http(OPEN.production, Some(&Secret::from("t"))).unwrap();
    assert_eq!(request.headers()["x-pin"], "hunter2");
    assert!(!format!("{request:?}").contains("hunter2"), "{request:?}");
}

#[test]
fn what_no_header_can_carry_is_refused_and_not_shown() {
    for key in ["a\r\nX-Evil: 1", "订单"] {
        let error = Change { key: key.to_owned(), ..change() };
        let error = error.to_http(OPEN.production, Some(&Secret::from("t"))).unwrap_err();
        let name = "Idempotency-Key";
        assert!(matches!(error, RequestError::HeaderField { name: found } if found == name));
        let shown = "Idempotency-Key: not a header value; it is made of visible ASCII characters and spaces";
        assert_eq!(error.to_string(), shown);
    }
}
