//! A function of the platform's JavaScript: the server builds its options, and reads what it gave.

use apiscribe::js_api::Version;
use apiscribe::validate::Settings;
use apiscribe::{ErrorCode, JsApi, serde_json};

use super::api::demo::{Close, OpenPayFail, OpenPayOptions, OpenPayOptionsRequired, PayError};

#[test]
fn options_are_checked_and_written() {
    let options = OpenPayOptions { zone_id: Some("1".to_owned()), ..OpenPayOptions::new(OpenPayOptionsRequired { custom_id: "c1".into() }) };
    let json = options.to_json(&Settings::new()).unwrap();
    assert_eq!(json, r#"{"customId":"c1","zoneId":"1"}"#);
    let violations = OpenPayOptions::new(OpenPayOptionsRequired { custom_id: "".into() }).to_json(&Settings::new()).unwrap_err();
    assert_eq!(violations.to_string(), "customId: required, but missing or empty");
}

#[test]
fn what_is_known_of_it_is_a_constant() {
    assert_eq!(OpenPayOptions::NAME, "tt.openPay");
    assert_eq!(OpenPayOptions::SINCE, Some(Version::new(2, 64, 0)));
    assert_eq!(OpenPayOptions::CONCURRENCY, Some(1));
}

#[test]
fn what_it_gave_is_read_and_its_error_named() {
    let fail = r#"{"errMsg":"openPay:fail cancelled","errCode":-2,"errNo":"20000"}"#;
    let fail: OpenPayFail = serde_json::from_str(fail).unwrap();
    assert_eq!(PayError::from_code((fail.err_code, fail.err_no)), PayError::Cancelled);
}

#[test]
fn a_function_whose_options_no_source_gives_is_a_name_only() {
    assert_eq!((Close::NAME, Close::CONCURRENCY), ("tt.close", None));
}
