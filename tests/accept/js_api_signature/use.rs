//! Options that the developer signs: the text is taken from them, the authorization put in, and none goes out without.

use runtime::{JsApi, JsonText, Settings, SignedJsApi, serde_json};

use super::api::demo::{CreateOrderOptions, OrderData, RequestOrderOptions};

fn options() -> RequestOrderOptions {
    RequestOrderOptions::new(JsonText(OrderData::new("订\"单")))
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
}

#[test]
fn an_authorization_may_be_a_secret() {
    let mut options = CreateOrderOptions::new(JsonText(vec!["a".to_owned()]));
    options.set_authorization("token".to_owned());
    assert!(!format!("{options:?}").contains("token"));
    assert!(options.to_json(&Settings::new()).unwrap().contains("token"));
}
