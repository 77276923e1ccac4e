//! Options that the developer signs: the text is taken from them, the authorization put in, and none goes out without.

use apiscribe::js_api::SignedJsApi;
use apiscribe::meta::Method;
use apiscribe::signature::{AppKey, SigningError};
use apiscribe::time::UnixSeconds;
use apiscribe::validate::Settings;
use apiscribe::wire::JsonText;
use apiscribe::{JsApi, Secret, serde_json};

use super::api::demo::{CreateOrderOptions, CreateOrderOptionsRequired, OrderData, OrderDataRequired, RequestOrderOptions, RequestOrderOptionsRequired};
use super::api::platform::REQUEST;
use crate::signature::PKCS8;

fn app_key() -> AppKey {
    AppKey::new(&REQUEST, "shop-1", "1", Secret::from(PKCS8)).unwrap()
}

fn options() -> RequestOrderOptions {
    RequestOrderOptions::new(RequestOrderOptionsRequired { data: JsonText(OrderData::new(OrderDataRequired { out_order_no: "订\"单".into() })) })
}

#[test]
fn the_very_text_of_the_option_is_signed() {
    let mut options = options();
    let text = options.signed_text().unwrap();
    assert_eq!(text, r#"{"outOrderNo":"订\"单"}"#);
    options.set_authorization("SHA256-RSA2048 appid=1".to_owned());
    let json = options.to_json(&Settings::new()).unwrap();
    let sent: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(sent["data"], text.as_str());
    assert_eq!(sent["byteAuthorization"], "SHA256-RSA2048 appid=1");
}

#[test]
fn without_a_signature_nothing_goes_out() {
    let violations = options().to_json(&Settings::new()).unwrap_err();
    assert_eq!(violations.to_string(), "byteAuthorization: required, but missing or empty");
}

#[test]
fn how_to_sign_is_a_constant() {
    let signature = RequestOrderOptions::SIGNATURE;
    assert_eq!((signature.method, signature.uri), ("POST", "/requestOrder"));
    assert!(!signature.quotes && CreateOrderOptions::SIGNATURE.quotes);
    assert_eq!(signature.scheme, &REQUEST);
}

#[test]
fn an_authorization_may_be_a_secret() {
    let mut options = CreateOrderOptions::new(CreateOrderOptionsRequired { data: JsonText(vec!["a".to_owned()]) });
    options.set_authorization("token".to_owned());
    assert!(!format!("{options:?}").contains("token"));
    assert!(options.to_json(&Settings::new()).unwrap().contains("token"));
}

#[test]
fn the_key_of_the_app_signs_in_the_form_that_the_function_takes() {
    let (key, at, nonce) = (app_key(), UnixSeconds(1_700_000_000), "n1");
    let mut order = options();
    key.sign_options_at(&mut order, at, nonce).unwrap();
    let body = r#"{"outOrderNo":"订\"单"}"#.as_bytes();
    let signed = key.authorize_at(Method::Post, "/requestOrder", body, at, nonce).unwrap();
    assert_eq!(order.byte_authorization, signed.bare().to_string());

    let mut create = CreateOrderOptions::new(CreateOrderOptionsRequired { data: JsonText(vec!["a".to_owned()]) });
    key.sign_options_at(&mut create, at, nonce).unwrap();
    let signed = key.authorize_at(Method::Get, "/create", br#"["a"]"#, at, nonce).unwrap();
    let json = create.to_json(&Settings::new()).unwrap();
    let sent: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(sent["authorization"], signed.quoted().to_string());
}

#[test]
fn each_signing_has_a_nonce_of_its_own() {
    let key = app_key();
    let (mut one, mut other) = (options(), options());
    key.sign_options(&mut one).unwrap();
    key.sign_options(&mut other).unwrap();
    assert_ne!(one.byte_authorization, other.byte_authorization);
}

#[test]
fn a_key_for_another_scheme_signs_no_options() {
    let other = crate::signature::app_key();
    let refused = other.sign_options(&mut options()).unwrap_err();
    assert_eq!(refused, SigningError::OtherScheme { expected: "request" });
    assert_eq!(refused.to_string(), "the key is for another scheme: make one for `request`");
}
