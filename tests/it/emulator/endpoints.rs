//! Every endpoint of the domains that are emulated is there.

use douyin_emulator::Emulator;
use serde_json::json;
use serde_yaml::Value;

use super::raw::send;

/// A domain is emulated whole or not at all: of a new one nothing is until it has a module.
#[test]
fn every_endpoint_of_a_domain_responds_or_none_does() {
    let platform = Emulator::start().unwrap();
    let mut responding = 0;
    for (file, text) in douyin_spec::files() {
        let spec: Value = serde_yaml::from_str(text).unwrap();
        let endpoints = spec.get("endpoints").and_then(Value::as_mapping).cloned();
        let paths = endpoints.into_iter().flatten().map(|(_, endpoint)| endpoint["path"].clone());
        let (missing, found): (Vec<Value>, Vec<Value>) = paths.partition(|path| {
            send(&platform, path.as_str().unwrap(), "", &json!({})).status == 404
        });
        assert!(missing.is_empty() || found.is_empty(), "{file}: {missing:?} give 404");
        responding += found.len();
    }
    assert!(responding >= 30, "only {responding} endpoints respond");
}
