//! Pictures come in forms.

use douyin_emulator::Emulator;
use serde_json::Value;

use super::raw::{Raw, token_of};

const UPLOAD: &str = "/api/apps/ecpay/v3/saas/image_upload/";

fn upload(platform: &Emulator, body: &str) -> Value {
    let (token, length) = (token_of(platform), body.len());
    let mut raw = Raw::connect(platform);
    let head = format!(
        "POST {UPLOAD} HTTP/1.1\r\nhost: x\r\n{token}content-type: multipart/form-data; boundary=b\r\n\
         content-length: {length}\r\n\r\n"
    );
    raw.write(format!("{head}{body}").as_bytes());
    raw.read().unwrap().json()
}

const KIND: &str = "--b\r\ncontent-disposition: form-data; name=\"image_type\"\r\n\r\nid_card\r\n";
const PICTURE: &str = "--b\r\nContent-Disposition: form-data; name=\"image_content\"; filename=\"a;b.png\"\r\n\
    Content-Type: image/png\r\n\r\n\u{89}PNG\r\n--\r\n";

#[test]
fn a_picture_is_taken_as_it_is() {
    let platform = Emulator::start().unwrap();
    let answer = upload(&platform, &format!("{KIND}{PICTURE}--b--\r\n"));
    assert!(answer["data"]["image_id"].is_string(), "{answer}");
    let picture = ("id_card".to_owned(), "a;b.png".to_owned(), "\u{89}PNG\r\n--".into());
    assert_eq!(platform.pictures(), [picture]);
}

#[test]
fn a_form_that_is_not_exact_is_refused() {
    let platform = Emulator::start().unwrap();
    for body in [
        String::new(),
        format!("{KIND}{PICTURE}--b\r\n"),
        format!("{KIND}{PICTURE}"),
        format!("{KIND}--b--\r\n"),
        format!("{KIND}{PICTURE}{KIND}--b--\r\n"),
        format!("{KIND}{PICTURE}--b--\r\n").replace("form-data; name", "attachment; name"),
        format!("{KIND}{PICTURE}--b--\r\n").replace("; filename=\"a;b.png\"", ""),
    ] {
        assert_eq!(upload(&platform, &body)["err_no"], 10000, "{body}");
    }
}
