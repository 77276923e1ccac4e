//! Every endpoint of the spec is there, or named here.

use douyin_emulator::Emulator;
use serde_json::json;
use serde_yaml::Value;

use super::raw::send;

/// Endpoints, by their names in the spec, that are not emulated.
const MISSING: &[&str] = &[];

#[test]
fn every_endpoint_of_the_spec_responds() {
    let platform = Emulator::start().unwrap();
    let mut paths = Vec::new();
    for (_, text) in douyin_spec::files() {
        let file: Value = serde_yaml::from_str(text).unwrap();
        let endpoints = file.get("endpoints").and_then(Value::as_mapping).cloned();
        for (name, endpoint) in endpoints.unwrap_or_default() {
            paths.push((name, endpoint["path"].as_str().unwrap().to_owned()));
        }
    }
    assert!(paths.len() >= 30, "{paths:?}");
    for (name, path) in paths {
        let is_missing = send(&platform, &path, "", &json!({})).status == 404;
        let is_named = name.as_str().is_some_and(|name| MISSING.contains(&name));
        assert_eq!(is_missing, is_named, "{name:?} at {path}");
    }
}
