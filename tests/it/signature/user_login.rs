//! The signature of a user's session, against the published vector.

use apiscribe::Secret;
use apiscribe::signature::SignatureError;
use generated_client::platform_schemes::{sign_user_login, verify_user_login};

/// From the page user-login-sign.
const SIGNATURE: &str = "44b5092fa1c9adba03803239934d4958b8a1840adf0cee8d5e95c1cf5d495e0e";

#[test]
fn the_published_vector_is_made_and_verified() {
    let key = Secret::from("724edcafc423d167724edcbe");
    assert_eq!(sign_user_login(&key, br#"{"foo":"bar"}"#), SIGNATURE);
    assert_eq!(verify_user_login(&key, br#"{"foo":"bar"}"#, SIGNATURE), Ok(()));
}

#[test]
fn another_key_body_or_signature_does_not_verify() {
    let (key, mismatch) = (Secret::from("724edcafc423d167724edcbe"), Err(SignatureError::Mismatch));
    assert_eq!(verify_user_login(&Secret::from("7"), br#"{"foo":"bar"}"#, SIGNATURE), mismatch);
    assert_eq!(verify_user_login(&key, br#"{"foo":"baz"}"#, SIGNATURE), mismatch);
    assert_eq!(verify_user_login(&key, br#"{"foo":"bar"}"#, &SIGNATURE[1..]), mismatch);
    assert_eq!(verify_user_login(&key, br#"{"foo":"bar"}"#, ""), mismatch);
}

#[test]
fn what_is_signed_with_an_empty_key_is_not_believed() {
    for key in ["", " ", "\n"].map(Secret::from) {
        let forged = sign_user_login(&key, b"{}");
        assert_eq!(verify_user_login(&key, b"{}", &forged), Err(SignatureError::EmptyKey));
    }
}
