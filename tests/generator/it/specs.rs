//! The specs of cases, and how one is written.

use std::path::Path;

use apiscribe_codegen::source::Sources;
use serde_yaml::Value;

use crate::support::{entries, folder, name_of, read};

/// The names of the cases of a kind, `accept` or `reject`.
pub(crate) fn cases(kind: &str) -> Vec<String> {
    let cases = entries(&folder(kind)).into_iter().filter(|path| path.is_dir());
    cases.map(|path| name_of(&path)).collect()
}

/// The files of the spec in a folder, by name and text.
pub(crate) fn files(folder: &Path) -> Vec<(String, String)> {
    let specs = entries(folder).into_iter();
    let specs = specs.filter(|path| path.extension() == Some("yaml".as_ref()));
    specs.map(|path| (name_of(&path), read(&path))).collect()
}

/// The spec whose files are in a folder.
pub(crate) fn sources(folder: &Path) -> Sources {
    Sources::new(files(folder))
}

/// YAML of one line. Text is quoted, as some would be read otherwise without.
pub(crate) fn write_yaml(value: &Value) -> String {
    match value {
        Value::Mapping(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", write_yaml(key), write_yaml(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Sequence(items) => {
            format!("[{}]", items.iter().map(write_yaml).collect::<Vec<_>>().join(", "))
        }
        Value::String(text) => serde_json::to_string(text).unwrap(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Tagged(_) => panic!("not in a spec: {value:?}"),
    }
}
