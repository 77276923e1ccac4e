//! How a platform signs is data of its spec, which the engine executes.

use apiscribe::meta::Method;
use apiscribe::signature::{
    AppKey, ContentKey, Message, PlatformKey, PlatformKeys, SignatureError, sign_with_secret,
};
use apiscribe::time::UnixSeconds;
use apiscribe::{Secret, serde_json};
use http::HeaderMap;
use serde_json::{Map, Value, json};

use super::api::platform::{
    CALL, CONTENT, DATED, REQUEST, SESSION, SORTED_PAIRS, SORTED_VALUES, WEBHOOK,
};
use crate::signature::{PKCS8, PUBLIC};

const AT: UnixSeconds = UnixSeconds(1_700_000_000);

fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[test]
fn a_request_is_signed_line_by_line_and_read_back() {
    let key = AppKey::new(&REQUEST, "shop-1", "7", Secret::from(PKCS8)).unwrap();
    let signed = key.authorize_at(Method::Post, "/orders?a=1", b"{}", AT, "n1").unwrap();
    let expected = format!(
        "SHOP-SHA256 shop=\"shop-1\",nonce=\"n1\",time=\"1700000000\",key=\"7\",signature=\"{}\"",
        signed.signature()
    );
    let headers = signed.headers().unwrap();
    assert_eq!(headers["authorization"], expected);
    let ours = PlatformKey::new(&REQUEST, PUBLIC).unwrap();
    let mut message = Message::received(&headers, b"{}");
    (message.method, message.target) = ("POST", "/orders?a=1");
    assert_eq!(ours.verify_message(&message), Ok(()));
    message.target = "/orders?a=2";
    assert_eq!(ours.verify_message(&message), Err(SignatureError::Mismatch));
}

#[test]
fn a_call_brings_each_part_in_a_header_of_its_own() {
    let key = AppKey::new(&CALL, "", "", Secret::from(PKCS8)).unwrap();
    let headers = key.sign_at(&Message::body(b"{}"), AT, "n1").unwrap().headers().unwrap();
    assert_eq!((&headers["x-time"], &headers["x-nonce"]), (&"1700000000".parse().unwrap(), &"n1".parse().unwrap()));
    let ours = PlatformKey::new(&CALL, PUBLIC).unwrap();
    assert_eq!(ours.verify_message(&Message::received(&headers, b"{}")), Ok(()));
    let other = ours.verify_message(&Message::received(&headers, b"[]"));
    assert_eq!(other, Err(SignatureError::Mismatch));
    assert_eq!((CALL.window, REQUEST.window), (Some(300), None));
}

/// `printf '1700000000.{}' | openssl dgst -sha256 -hmac secret`.
const WEBHOOK_SIGNATURE: &str = "b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163";

#[test]
fn a_webhook_is_signed_with_a_shared_secret() {
    let mut headers = HeaderMap::new();
    let value = format!("t=1700000000,v1={WEBHOOK_SIGNATURE}");
    headers.insert("webhook-signature", value.parse().unwrap());
    let ours = PlatformKey::secret(&WEBHOOK, Secret::from("secret")).unwrap();
    assert_eq!(ours.verify_message(&Message::received(&headers, b"{}")), Ok(()));
}

#[test]
fn a_scheme_without_headers_is_the_signature_alone() {
    // `printf '{}' | openssl dgst -sha256 -hmac secret`.
    let signed = sign_with_secret(&SESSION, &Secret::from("secret"), &Message::body(b"{}"));
    assert_eq!(signed.unwrap(), "77325902caca812dc259733aacd046b73817372c777b8d95b402647474516e13");
}

#[test]
fn braces_written_twice_are_braces_and_a_header_is_signed_as_it_came() {
    let mut headers = HeaderMap::new();
    headers.insert("x-date", "monday".parse().unwrap());
    let key = AppKey::secret(&DATED, "", "", Secret::from("secret")).unwrap();
    let signed = key.sign_at(&Message::received(&headers, b"body"), AT, "").unwrap();
    // `printf '{monday}body' | openssl dgst -sha256 -hmac secret -binary | base64`.
    assert_eq!(signed.to_string(), "sha256=ghtSs9vI1ab6fUT9of52j6Qs0eRth3DrFqO5tjBoEEc=");
}

#[test]
fn fields_are_sorted_and_joined() {
    let order = object(json!({ "b": " x ", "a": 1, "c": "", "sign": "old" }));
    let signed = sign_with_secret(&SORTED_PAIRS, &Secret::from("secret"), &Message::fields(&order));
    // `printf 'a=1&b=x&key=secret' | md5sum`, in upper case.
    assert_eq!(signed.unwrap(), "45AD713E41B10050E370E4A9D9B3590F");
}

#[test]
fn a_message_with_the_mark_of_another_scheme_is_checked_by_that_one() {
    let mut body = object(json!({ "time": "1700000000", "text": "a", "type": "b" }));
    // `printf '1700000000asecret' | sha1sum`.
    body.insert("signature".to_owned(), json!("5b0272f6a3a65a2d5776d9b599539b80058fa59b"));
    let older = PlatformKey::secret(&SORTED_VALUES, Secret::from("secret")).unwrap();
    let keys = PlatformKeys::from(PlatformKey::new(&CALL, PUBLIC).unwrap()).and(older);
    let verify = |body: &Map<String, Value>| {
        let body = serde_json::to_vec(body).unwrap();
        keys.verify_message(&Message::received(&HeaderMap::new(), &body))
    };
    assert_eq!(verify(&body), Ok(()));
    body.insert("version".to_owned(), json!("2"));
    assert_eq!(verify(&body), Err(SignatureError::MissingHeader { name: "X-Time" }));
}

#[test]
fn content_is_decrypted_by_the_fields_of_its_cipher() {
    let key = ContentKey::new(&CONTENT, Secret::from("0123456789abcdef0123456789abcdef")).unwrap();
    let notification: Value =
        serde_json::from_str(include_str!("../../keys/wechat_notification.json")).unwrap();
    let text = key.open(&notification["resource"].to_string()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["trade_state"], "SUCCESS");
}
