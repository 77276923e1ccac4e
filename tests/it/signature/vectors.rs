//! Signatures that the command `openssl` made once: this padding has no randomness, so the bytes are the same.

use apiscribe::meta::Method;
use apiscribe::signature::{PlatformKey, PlatformKeys, SignatureError, SigningError};
use apiscribe::time::UnixSeconds;
use generated_client::platform_schemes::BYTE_SIGNATURE;
use http::HeaderValue;

use super::{OTHER_PUBLIC, app_key, platform_key};

const REQUEST: &str = include_str!("../../keys/request.sig");
const OPTIONS: &str = include_str!("../../keys/options.sig");
const CALLBACK: &str = include_str!("../../keys/callback.sig");
const RAW: &str = include_str!("../../keys/raw.sig");

const AT: UnixSeconds = UnixSeconds(1_700_000_000);
const NONCE: &str = "DC10180A100073E7";
const URI: &str = "/api/apps/trade/v2/order/query_order?app=1";
const BODY: &[u8] = r#"{"order_id":"订单1"}"#.as_bytes();

#[test]
fn a_request_is_signed_as_openssl_signs_it() {
    let signed = app_key().authorize_at(Method::Post, URI, BODY, AT, NONCE).unwrap();
    assert_eq!(signed.signature(), REQUEST);
    assert_eq!(
        signed.to_string(),
        format!(
            "SHA256-RSA2048 appid=\"ttabc123\",nonce_str=\"{NONCE}\",timestamp=\"1700000000\",key_version=\"1\",\
             signature=\"{REQUEST}\""
        )
    );
}

#[test]
fn options_are_signed_as_openssl_signs_them_and_written_without_quotes() {
    let data = br#"{"skuList":[]}"#;
    let signed = app_key().authorize_at(Method::Post, "/requestOrder", data, AT, NONCE).unwrap();
    assert_eq!(
        signed.bare().to_string(),
        format!(
            "SHA256-RSA2048 appid=ttabc123,nonce_str={NONCE},timestamp=1700000000,key_version=1,signature={OPTIONS}"
        )
    );
}

#[test]
fn a_header_is_quoted_and_sensitive() {
    let signed = app_key().authorize_at(Method::Post, URI, BODY, AT, NONCE).unwrap();
    let value = signed.to_header_value();
    assert_eq!(value, HeaderValue::try_from(signed.quoted().to_string()).unwrap());
    assert!(value.is_sensitive());
    assert_eq!(signed.headers().unwrap()["Byte-Authorization"], value);
}

#[test]
fn each_request_has_a_nonce_of_its_own() {
    let sign = || app_key().authorize(Method::Get, "/", b"").unwrap();
    assert_ne!(sign(), sign());
}

#[test]
fn what_openssl_signed_verifies_and_nothing_else_does() {
    let body = br#"{"version":"3.0","type":"settle","msg":"{}"}"#;
    let key = platform_key();
    assert_eq!(key.verify("1700000000", "nonce1", body, CALLBACK), Ok(()));
    let mismatch = Err(SignatureError::Mismatch);
    assert_eq!(key.verify("1700000001", "nonce1", body, CALLBACK), mismatch);
    assert_eq!(key.verify("1700000000", "nonce2", body, CALLBACK), mismatch);
    assert_eq!(key.verify("1700000000", "nonce1", b"{}", CALLBACK), mismatch);
    assert_eq!(key.verify("1700000000", "nonce1", body, RAW), mismatch);
}

#[test]
fn bytes_that_are_no_text_are_verified_as_they_are() {
    let key = PlatformKey::new(&BYTE_SIGNATURE, OTHER_PUBLIC).unwrap();
    assert_eq!(key.verify("1700000000", "nonce1", b"\xff\x00raw", RAW), Ok(()));
}

#[test]
fn of_several_keys_any_may_fit() {
    let other = PlatformKey::new(&BYTE_SIGNATURE, OTHER_PUBLIC).unwrap();
    let keys = PlatformKeys::from(platform_key()).and(other);
    let body = br#"{"version":"3.0","type":"settle","msg":"{}"}"#;
    assert_eq!(keys.verify("1700000000", "nonce1", body, CALLBACK), Ok(()));
    assert_eq!(keys.verify("1700000000", "nonce1", b"\xff\x00raw", RAW), Ok(()));
    let neither = keys.verify("1700000000", "nonce1", b"", RAW);
    assert_eq!(neither, Err(SignatureError::Mismatch));
}

#[test]
fn a_line_break_cannot_move_a_part_of_the_body_into_the_nonce() {
    // Under the same signature: nonce `n`, body `a\nb`, and nonce `n\na`, body `b`.
    let fault = platform_key().verify("1700000000", "nonce1\n{}", b"", CALLBACK);
    assert_eq!(fault, Err(SignatureError::Separator));
    let fault = platform_key().verify("1700000000\nnonce1", "{}", b"", CALLBACK);
    assert_eq!(fault, Err(SignatureError::Separator));
}

#[test]
fn a_signature_that_is_no_base64_is_unreadable() {
    for text in ["", "=", "%%%%", &CALLBACK[1..], &format!("{CALLBACK}\n")] {
        let verified = platform_key().verify("1700000000", "nonce1", b"", text);
        let expected =
            if text.is_empty() { SignatureError::Mismatch } else { SignatureError::Unreadable };
        assert_eq!(verified, Err(expected), "{text}");
    }
}

#[test]
fn a_uri_is_a_path_without_host() {
    let unsent =
        ["", "api", "https://open.douyin.com/api", "//host/api", "/a b", "/a\n", "/a#b", "/订单"];
    for uri in unsent {
        let signed = app_key().authorize_at(Method::Post, uri, b"", AT, NONCE);
        assert_eq!(signed, Err(SigningError::Uri), "{uri}");
    }
}

#[test]
fn a_nonce_and_a_time_that_cannot_be_written_are_refused() {
    for nonce in ["", "a\nb", "a\"b", "a,b", "订"] {
        let signed = app_key().authorize_at(Method::Post, "/", b"", AT, nonce);
        assert_eq!(signed, Err(SigningError::Nonce), "{nonce}");
    }
    let signed = app_key().authorize_at(Method::Post, "/", b"", UnixSeconds(-1), NONCE);
    assert_eq!(signed, Err(SigningError::Clock));
}

#[test]
fn no_debug_shows_a_key_or_a_signature() {
    let key = app_key();
    assert_eq!(format!("{key:?}"), r#"AppKey { account: "ttabc123", key_id: "1", .. }"#);
    let signed = key.authorize_at(Method::Post, URI, BODY, AT, NONCE).unwrap();
    assert!(!format!("{signed:?}").contains(&REQUEST[..16]));
    assert_eq!(format!("{:?}", platform_key()), "PlatformKey");
}
