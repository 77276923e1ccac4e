//! Prose names nothing that is gone: a word with `_` in it, in the specs' own texts or in a README, is a name of the spec or of the code.

use std::collections::BTreeSet;

use serde_yaml::Value;

use crate::specs::files;
use crate::support::{folder, read, rust_files};

/// Keys of the format whose values are prose.
const PROSE: &[&str] = &["doc", "meaning", "advice", "about", "says", "why", "text", "note"];

/// Names of other systems, which the spec's prose compares with.
const ELSEWHERE: &[&str] = &[
    "FULFILL_DONE",
    "FULFILL_WAIT",
    "TIME_OUT",
    "USER_CANCEL",
    "anonymous_open_id",
    "call_duration",
    "channel_settle_id",
    "cp_settle_no",
    "desc_url",
    "inner_settle_id",
    "is_auto_settle",
    "package_cost",
    "promotion_amount",
    "promotion_id",
    "save_amt",
    "settle_no",
    "settle_time",
    "sign_callback",
    "sign_pay_callback",
    "tag_group_7272625659888041996",
    "telecom_operator_type",
    "time_len",
    "traffic_bundle",
    "union_id",
    "user_info",
];

/// READMEs, from the root of the workspace.
const READMES: &[&str] = &[
    "README.md",
    "codegen/README.md",
    "emulator/README.md",
    "generated-client/README.md",
    "reconciliation/README.md",
    "runtime/README.md",
];

/// Crates whose code a README may name something of.
const CRATES: &[&str] =
    &["codegen", "emulator", "generated-client", "macros", "reconciliation", "runtime"];

#[derive(Default)]
struct Spec {
    names: BTreeSet<String>,
    /// With the name of its file.
    prose: Vec<(String, String)>,
}

impl Spec {
    fn read() -> Spec {
        let mut spec = Spec::default();
        for (file, text) in files(&folder("../spec")) {
            spec.add(&file, "", &serde_yaml::from_str(&text).unwrap());
        }
        spec
    }

    fn add(&mut self, file: &str, key: &str, value: &Value) {
        match value {
            Value::Mapping(entries) => {
                for (key, value) in entries {
                    let key = key.as_str().unwrap_or_default();
                    self.names.extend(words(key).map(str::to_owned));
                    self.add(file, key, value);
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| self.add(file, key, item)),
            Value::String(text) if PROSE.contains(&key) => {
                self.prose.push((file.to_owned(), text.clone()));
            }
            Value::String(text) => self.names.extend(words(text).map(str::to_owned)),
            _ => {}
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_')
}

/// The words with `_` in them that stand alone, not in a path or an address.
fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(|sign: char| sign.is_whitespace() || "()[]{},;:`\"'=".contains(sign));
    let pieces = pieces.map(|piece| piece.trim_end_matches('.'));
    pieces.filter(|piece| {
        let is_word = piece.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let is_name =
            piece.starts_with(|sign: char| sign.is_ascii_alphabetic()) && !piece.ends_with('_');
        is_word && is_name && piece.contains('_')
    })
}

#[test]
fn the_prose_of_the_spec_names_what_is_there() {
    let spec = Spec::read();
    assert!(spec.prose.len() > 1_000, "prose is no longer where this test looks for it");
    let mut gone = Vec::new();
    for (file, text) in &spec.prose {
        let unknown = names_in(text).filter(|name| !spec.names.contains(*name));
        gone.extend(
            unknown
                .filter(|name| !ELSEWHERE.contains(name))
                .map(|name| format!("spec/{file}: `{name}`")),
        );
    }
    assert!(
        gone.is_empty(),
        "prose names what the spec does not have; if it was renamed, so must the prose be, and a name of another system goes \
         into ELSEWHERE:\n{}",
        gone.join("\n")
    );
    let said: BTreeSet<&str> = spec.prose.iter().flat_map(|(_, text)| names_in(text)).collect();
    let idle: Vec<_> = ELSEWHERE.iter().filter(|name| !said.contains(*name)).collect();
    assert!(idle.is_empty(), "no prose names {idle:?} any more: take it out of ELSEWHERE");
}

#[test]
fn the_readmes_name_what_is_there() {
    let mut known = Spec::read().names;
    let sources = CRATES.iter().flat_map(|name| rust_files(&folder("..").join(name)));
    let manifests = CRATES.iter().map(|name| folder("..").join(name).join("Cargo.toml"));
    for path in sources.chain(manifests) {
        known.extend(words(&read(&path)).map(str::to_owned));
    }
    for snapshot in crate::support::entries(&folder("snapshots")) {
        known.extend(words(&read(&snapshot)).map(str::to_owned));
    }
    // The example of a platform of one's own.
    known.insert("parcel_no".to_owned());
    let mut gone = Vec::new();
    for file in READMES {
        let text = read(&folder("..").join(file));
        let (blocks, lines) = split_blocks(&text);
        let own: BTreeSet<&str> = blocks.iter().flat_map(|line| words(line)).collect();
        let code = lines.iter().flat_map(|line| line.split('`').skip(1).step_by(2));
        let unknown =
            code.flat_map(names_in).filter(|name| !known.contains(*name) && !own.contains(name));
        gone.extend(unknown.map(|name| format!("{file}: `{name}`")));
    }
    assert!(gone.is_empty(), "named, and nowhere in the spec or the code:\n{}", gone.join("\n"));
}

/// The lines of the blocks of code, and all others.
fn split_blocks(text: &str) -> (Vec<&str>, Vec<&str>) {
    let mut is_block = false;
    text.lines().partition(|line| {
        let is_fence = line.starts_with("```");
        is_block ^= is_fence;
        is_block || is_fence
    })
}
