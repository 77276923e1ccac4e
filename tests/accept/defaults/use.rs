//! A default is what the platform takes: it is told in the documentation, and a field that is left out is not sent.

use apiscribe::{Validate, serde_json};

use super::api::demo::SaveRequest;

#[test]
fn the_platform_fills_in_its_defaults_and_not_the_client() {
    let request = SaveRequest::default();
    assert!(request.validate().is_ok());
    assert_eq!(serde_json::to_string(&request).unwrap(), "{}");
}
