//! A body in parts, of which some are files.

use apiscribe::endpoint::File;
use apiscribe::error::RequestError;
use apiscribe::{Endpoint, Validate};

use super::api::demo::{UploadRequest, UploadRequired};

const BASE: &str = "https://api.example.com";

fn image(content: &[u8]) -> File {
    File::new("a.png", "image/png", content)
}

#[test]
fn each_field_is_a_part() {
    let request = UploadRequest::new(UploadRequired { image: image(b"PNG!"), kind: 2 }).to_http(BASE, None).unwrap();
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let lines = [
        "--B",
        "Content-Disposition: form-data; name=\"kind\"",
        "",
        "2",
        "--B",
        "Content-Disposition: form-data; name=\"image\"; filename=\"a.png\"",
        "Content-Type: image/png",
        "",
        "PNG!",
        "--B--",
        "",
    ];
    assert_eq!(request.body(), lines.join("\r\n").replace("--B", &format!("--{boundary}")).as_bytes());
}

#[test]
fn a_file_that_may_be_left_out_is_a_part_if_it_is_given() {
    let request = UploadRequest { back: Some(image(b"b")), ..UploadRequest::new(UploadRequired { image: image(b"a"), kind: 2 }) };
    let body = String::from_utf8(request.to_http(BASE, None).unwrap().into_body()).unwrap();
    assert_eq!(body.matches("name=\"back\"; filename=\"a.png\"").count(), 1);
}

#[test]
fn a_file_is_limited_by_its_content_and_shown_without_it() {
    let request = UploadRequest { back: Some(image(b"12345")), ..UploadRequest::new(UploadRequired { image: image(b"1234"), kind: 2 }) };
    let violations = request.validate().unwrap_err().to_string();
    assert_eq!(violations, "back: 5 bytes, at most 4 allowed");
    assert!(!format!("{request:?}").contains("12345"));
}

#[test]
fn a_media_type_cannot_bring_a_header_of_its_own() {
    let image = File::new("a", "image/png\r\nX: y", *b"");
    let error = UploadRequest::new(UploadRequired { image, kind: 2 }).to_http(BASE, None).unwrap_err();
    assert!(matches!(error, RequestError::ContentType { name: "image" }), "{error}");
}
