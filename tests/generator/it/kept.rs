//! Nothing that a spec says is dropped: whatever value of an accepted spec is changed, the code changes or the spec is
//! refused. Of a dispute the code has one line; who says what, and why, is in the ir.

use apiscribe_codegen::output::Files;
use apiscribe_codegen::source::Sources;
use serde_yaml::Value;

use crate::support::{entries, folder, name_of, read};

/// A server builds no functions, so what is said of them is for the reader of the spec.
const FUNCTION: &str = "function";

/// Rows of errors that nobody gives.
const IDLE: &str = "error_tables/spec.yaml: errors.gateway.rows.2.";

// One test for each case, made by build.rs.
mod cases {
    include!(concat!(env!("OUT_DIR"), "/accept.rs"));
}

fn check(case: &str) {
    let files: Vec<(String, Value)> = specs(case);
    let expected = generate(&files)
        .unwrap_or_else(|| panic!("{case} is refused as another writer of YAML has it"));
    let mut dropped = Vec::new();
    for (index, (name, value)) in files.iter().enumerate() {
        for path in leaves(value) {
            let mut changed = files.clone();
            change(at(&mut changed[index].1, &path));
            let is_dispute = path.iter().any(|name| name == "conflicts");
            let is_kept = match is_dispute {
                true => ir(&changed) != ir(&files),
                false => generate(&changed).as_ref() != Some(&expected),
            };
            if !is_kept {
                dropped.push(format!("{case}/{name}: {}", path.join(".")));
            }
        }
    }
    dropped.retain(|path| !path.starts_with(IDLE));
    assert!(dropped.is_empty(), "changes nothing:\n{}", dropped.join("\n"));
}

fn specs(case: &str) -> Vec<(String, Value)> {
    let files = entries(&folder("accept").join(case)).into_iter();
    let specs = files.filter(|path| path.extension() == Some("yaml".as_ref()));
    specs.map(|path| (name_of(&path), serde_yaml::from_str(&read(&path)).unwrap())).collect()
}

fn generate(files: &[(String, Value)]) -> Option<Files> {
    apiscribe_codegen::generate(&written(files)).ok()
}

fn ir(files: &[(String, Value)]) -> Option<apiscribe_codegen::ir::Client> {
    apiscribe_codegen::ir(&written(files)).ok()
}

fn written(files: &[(String, Value)]) -> Sources {
    let written = files.iter().map(|(name, value)| (name.clone(), crate::specs::write_yaml(value)));
    Sources::new(written)
}

/// The paths of all single values.
fn leaves(value: &Value) -> Vec<Vec<String>> {
    let parts: Vec<(String, &Value)> = match value {
        Value::Mapping(entries) if entries.values().any(|value| value == FUNCTION) => Vec::new(),
        Value::Mapping(entries) => {
            entries.iter().map(|(key, value)| (key.as_str().unwrap().to_owned(), value)).collect()
        }
        Value::Sequence(items) => {
            items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect()
        }
        _ => return vec![Vec::new()],
    };
    let paths = parts.into_iter().flat_map(|(name, part)| {
        leaves(part).into_iter().map(move |path| [vec![name.clone()], path].concat())
    });
    paths.collect()
}

fn at<'a>(value: &'a mut Value, path: &[String]) -> &'a mut Value {
    path.iter().fold(value, |value, name| match value {
        Value::Sequence(items) => &mut items[name.parse::<usize>().unwrap()],
        value => value.get_mut(name.as_str()).unwrap(),
    })
}

/// Another value of the same kind.
fn change(value: &mut Value) {
    *value = match &*value {
        Value::String(text) => Value::from(format!("{text}x")),
        Value::Number(number) => match number.as_i64() {
            Some(number) => Value::from(number.wrapping_add(1)),
            None => Value::from(number.as_f64().unwrap() + 1.0),
        },
        Value::Bool(flag) => Value::from(!flag),
        other => panic!("not in a spec: {other:?}"),
    };
}
