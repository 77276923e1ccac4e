//! Calls of guaranteed payment, whose signature is in the body.

use apiscribe::Secret;
use apiscribe::callback::{CallbackVerifier, Callbacks};
use apiscribe::serde_json::{Value, json};
use apiscribe::signature::{PlatformKeys, SignatureError};
use generated_client::platform_schemes::ecpay;
use http::Request;

use super::events::{NOW, Trade, accept, parts, refusal, verifier, verifier_of};
use crate::signature::platform_key;

/// `printf 17000000007tok{"settle_id":"s1"} | sha1sum`, as it is sorted.
const SIGNATURE: &str = "d3c29afc37deb0660daf58d03603559559ede002";

fn body() -> Value {
    json!({
        "timestamp": NOW.to_string(), "nonce": "7", "msg": r#"{"settle_id":"s1"}"#, "type": "settle",
        "msg_signature": SIGNATURE,
    })
}

fn with_token(token: &str) -> CallbackVerifier {
    verifier_of(PlatformKeys::from(platform_key()).and(ecpay::token(Secret::from(token))))
}

async fn answer(body: Value) -> (u16, String) {
    let callbacks = Callbacks::<Trade>::new(with_token("tok"));
    let request = Request::post("/").body(body.to_string().into_bytes()).unwrap();
    parts(callbacks.receive(request, accept).await)
}

#[tokio::test]
async fn a_body_with_its_own_signature_is_believed_if_the_token_is_given() {
    assert_eq!(answer(body()).await.0, 200);
    let request = Request::post("/").body(body().to_string().into_bytes()).unwrap();
    let without = Callbacks::<Trade>::new(verifier()).receive(request, accept).await;
    assert_eq!(parts(without), refusal(400, "the header `Byte-Timestamp` is missing"));
}

#[tokio::test]
async fn a_body_that_was_changed_is_not_believed() {
    let mut changed = body();
    changed["msg"] = json!(r#"{"settle_id":"s2"}"#);
    assert_eq!(answer(changed).await, refusal(401, "the signature does not match"));
}

#[tokio::test]
async fn a_body_of_the_newer_kind_needs_the_newer_signature() {
    let mut newer = body();
    newer["version"] = json!("3.0");
    assert_eq!(answer(newer).await, refusal(400, "the header `Byte-Timestamp` is missing"));
}

/// As anyone can make it who knows no token: `printf 17000000007{"settle_id":"s1"} | sha1sum`.
#[tokio::test]
async fn with_an_empty_token_no_such_call_is_believed() {
    for (token, signature) in [
        ("", "94497f09f418dd7dfadf9b58a2620e86d7826b25"),
        (" ", "bc11a0a23065c9e861bfd91d127937b048e79b68"),
    ] {
        let mut forged = body();
        forged["msg_signature"] = json!(signature);
        let Value::Object(fields) = &forged else { panic!("an object: {forged}") };
        let verified = ecpay::verify_callback(fields, &Secret::from(token));
        assert_eq!(verified, Err(SignatureError::EmptyKey));
        let callbacks = Callbacks::<Trade>::new(with_token(token));
        let request = Request::post("/").body(forged.to_string().into_bytes()).unwrap();
        let refused = parts(callbacks.receive(request, accept).await);
        assert_eq!(refused, refusal(400, "the header `Byte-Timestamp` is missing"));
    }
}

#[tokio::test]
async fn a_call_with_the_header_of_the_newer_signature_needs_that_signature() {
    let callbacks = Callbacks::<Trade>::new(with_token("tok"));
    let request = |headers: &[(&str, &str)]| {
        let mut request = Request::post("/").header("Byte-Signature", "AAAA");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(body().to_string().into_bytes()).unwrap()
    };
    let response = callbacks.receive(request(&[]), accept).await;
    assert_eq!(parts(response), refusal(400, "the header `Byte-Timestamp` is missing"));
    let now = NOW.to_string();
    let signed = request(&[("Byte-Timestamp", &now), ("Byte-Nonce-Str", "7")]);
    let response = callbacks.receive(signed, accept).await;
    assert_eq!(parts(response), refusal(401, "the signature does not match"));
}
