//! What the format of the spec is documented as: its README and the schema for editors.

use crate::support::folder;

#[test]
fn the_readme_documents_every_key_of_the_format() {
    let readme = include_str!("../../../spec/README.md");
    let schema = apiscribe_codegen::schema();
    let records = schema["$defs"].as_object().unwrap().iter();
    let keys = records.flat_map(|(record, schema)| {
        let keys = schema["properties"].as_object().into_iter().flat_map(|keys| keys.keys());
        keys.map(move |key| (record, key))
    });
    let row = |key: &str| readme.lines().any(|line| line.starts_with(&format!("| `{key}` ")));
    let missing: Vec<_> = keys.filter(|(_, key)| !row(key)).collect();
    assert!(missing.is_empty(), "without a row in spec/README.md: {missing:?}");
}

#[test]
fn the_schema_beside_the_spec_is_that_of_the_format() {
    let path = folder("../spec/schema.json");
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let schema = apiscribe_codegen::schema();
    if serde_json::from_str(&kept).ok().as_ref() != Some(&schema) {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        std::fs::write(&path, text).unwrap();
        panic!("spec/schema.json was stale; it has been written anew, commit it");
    }
}
