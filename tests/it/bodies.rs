//! Bodies of hand-written requests that are no JSON.

use apiscribe::endpoint::File;
use apiscribe::meta::{Code, Envelope, Host};
use apiscribe::{Encode, Endpoint, Validate};

const OPEN: Host =
    Host { name: "open", production: "https://open.example.com", sandbox: None, development: None };
const PLAIN: Envelope =
    Envelope::new("plain").code(&["code"]).success(Code::Int(0)).message(&["message"]).data("data");

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/up", name = "up", host = OPEN, envelope = PLAIN, body = multipart)]
struct Upload {
    #[wire(name = "a\"b\r\nc")]
    text: String,
    tags: Vec<i64>,
    none: Option<bool>,
    #[wire(skip)]
    #[endpoint(file)]
    file: File,
}

#[derive(Encode, Validate, Endpoint)]
#[endpoint(POST "/form", name = "form", host = OPEN, envelope = PLAIN, body = form)]
struct Form {
    z: u64,
    tags: Vec<String>,
    none: Option<bool>,
    a: bool,
}

/// The body, and the boundary that its head names.
fn sent(upload: &Upload) -> (Vec<u8>, String) {
    let request = upload.to_http("https://open.example.com", None).unwrap();
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let (_, boundary) = content_type.split_once("boundary=").unwrap();
    (request.body().clone(), boundary.to_owned())
}

fn upload(text: &str, content: &[u8]) -> Upload {
    let file = File::new("f", "text/plain", content);
    Upload { text: text.to_owned(), tags: vec![1, 2], none: None, file }
}

fn count(body: &[u8], boundary: &str) -> usize {
    body.windows(boundary.len()).filter(|window| *window == boundary.as_bytes()).count()
}

#[test]
fn a_boundary_is_in_no_part() {
    let (first, boundary) = sent(&upload("x", b"y"));
    // The text, two tags, the file, the end.
    assert_eq!(count(&first, &boundary), 5);
    let (_, next) = sent(&upload(&boundary, b""));
    let content = format!("--{boundary}{next}").into_bytes();
    let (last, third) = sent(&upload("x", &content));
    assert!(third != boundary && third != next);
    assert_eq!(count(&last, &third), 5);
    let file = File { name: third.clone(), ..upload("", b"").file };
    let named = Upload { file, ..upload(&boundary, next.as_bytes()) };
    assert_eq!(count(&sent(&named).0, &sent(&named).1), 5);
}

#[test]
fn the_same_parts_are_the_same_body() {
    assert_eq!(sent(&upload("x", b"\0\xff")), sent(&upload("x", b"\0\xff")));
}

#[test]
fn names_cannot_end_their_line() {
    let file = File::new("a\"b\r\nX: y", "", *b"z");
    let (body, _) = sent(&Upload { file, ..upload("x", b"") });
    let body = String::from_utf8(body).unwrap();
    assert!(body.contains("form-data; name=\"a%22b%0D%0Ac\"\r\n\r\nx\r\n"), "{body}");
    let head = "filename=\"a%22b%0D%0AX: y\"\r\nContent-Type: application/octet-stream\r\n\r\nz";
    assert!(body.contains(head), "{body}");
}

#[test]
fn a_list_is_a_pair_for_each_item_and_what_is_absent_none() {
    let tags = vec!["x".to_owned(), "y&".to_owned()];
    let form = Form { z: u64::MAX, tags, none: None, a: true };
    let request = form.to_http("https://open.example.com", None).unwrap();
    assert_eq!(request.body(), b"z=18446744073709551615&tags=x&tags=y%26&a=true");
}
