//! What an edit of a spec does to callers that are not changed: they compile and see the same, or the compiler names what the
//! edit is about. `contract/table.snap` lists all edits.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use apiscribe_codegen::source::Sources;
use serde_json::Value;

use crate::support::{folder, read};

#[path = "../contract/edits.rs"]
mod edits;

use self::edits::{EDITS, Edit, Outcome};

// The clients of the spec and of each edit that callers survive, all with the same callers; made by build.rs.
#[allow(dead_code, unreachable_pub, reason = "a client has more than its callers use")]
#[allow(clippy::duplicate_mod, reason = "the callers are those of every client")]
mod clients {
    include!(concat!(env!("OUT_DIR"), "/contract.rs"));
}

type Seen = Vec<(&'static str, String)>;

/// The module of an edit, and what its callers see.
type Edited = (&'static str, fn() -> Seen);

#[test]
fn callers_see_the_same_but_for_what_the_edit_is_about() {
    let before = clients::before::callers::seen();
    let kept = EDITS.iter().filter(|edit| !matches!(edit.outcome, Outcome::Breaks(_)));
    assert_eq!(kept.clone().count(), clients::AFTER.len());
    for (edit, (module, seen)) in kept.zip(clients::AFTER) {
        assert_eq!(edit.module(), *module);
        let after = seen();
        let differing: Vec<&str> = before
            .iter()
            .zip(&after)
            .filter(|(before, after)| before != after)
            .map(|(before, _)| before.0)
            .collect();
        let expected = if let Outcome::Differs(what) = edit.outcome { what } else { &[] };
        assert_eq!(differing, expected, "{}: {before:#?} became {after:#?}", edit.name);
    }
}

#[test]
fn the_compiler_names_what_an_edit_breaks() {
    let messages = compile(EDITS.iter().filter(|edit| matches!(edit.outcome, Outcome::Breaks(_))));
    let mut table = String::from("| edit | callers |\n|---|---|\n");
    for edit in EDITS {
        let callers = match edit.outcome {
            Outcome::Same => "compile and see the same".to_owned(),
            Outcome::Differs(what) => format!("compile; differs: {}", what.join(", ")),
            Outcome::Breaks(named) => {
                let own = messages.iter().filter(|message| message.module == edit.module());
                let own: Vec<&Message> = own.collect();
                let naming = own.iter().find(|message| message.text.contains(named));
                let naming = naming.unwrap_or_else(|| panic!("{}: {named}: {own:#?}", edit.name));
                format!("do not compile: {}", naming.summary)
            }
        };
        writeln!(table, "| {} | {callers} |", edit.name).unwrap();
    }
    let strangers: Vec<&Message> = messages.iter().filter(|message| !message.is_callers).collect();
    assert!(strangers.is_empty(), "not in the callers: {strangers:#?}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder("contract"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("table", table));
}

/// An error of the compiler.
#[derive(Debug)]
struct Message {
    /// That of the edit.
    module: String,
    /// Whether it is in the callers, and not in the client.
    is_callers: bool,
    /// What is wrong; of the first place, what is wrong there, and the line.
    summary: String,
    /// With the lines that it points to.
    text: String,
}

/// The compiler's errors about the callers of all edits, in one crate.
fn compile<'a>(edits: impl Iterator<Item = &'a Edit>) -> Vec<Message> {
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join("contract");
    let (spec, callers) =
        (read(&folder("contract/spec.yaml")), read(&folder("contract/callers.rs")));
    let mut root = String::from("//! Callers that do not compile.\n\n");
    for edit in edits {
        let module = edit.module();
        writeln!(root, "mod {module} {{\n    pub mod api;\n    pub mod callers;\n}}").unwrap();
        let source = project.join("src").join(module);
        let sources = Sources::new([("spec.yaml", edit.apply(&spec))]);
        let client = apiscribe_codegen::generate(&sources);
        let client = client.unwrap_or_else(|faults| panic!("{}: {faults}", edit.name));
        client.iter().for_each(|(name, text)| write(&source.join("api").join(name), text));
        write(&source.join("callers.rs"), &callers);
    }
    write(&project.join("src/lib.rs"), &root);
    write(&project.join("Cargo.toml"), &manifest());
    // With the versions that are there already.
    fs::copy(folder("../Cargo.lock"), project.join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder above");
    let mut check = Command::new(env!("CARGO"));
    check.current_dir(&project).env("CARGO_NET_OFFLINE", "true").env("CARGO_TARGET_DIR", target);
    let output = check.args(["check", "--message-format", "json"]).output().unwrap();
    assert!(!output.status.success(), "all callers compile");
    let lines = String::from_utf8(output.stdout).unwrap();
    let rows = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let messages: Vec<Message> = rows.filter_map(|row| message(&row["message"])).collect();
    assert!(!messages.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    messages
}

fn message(message: &Value) -> Option<Message> {
    let mut spans = message["spans"].as_array()?.iter();
    let span = spans.find(|span| span["is_primary"] == true)?;
    if message["level"] != "error" {
        return None;
    }
    let file = PathBuf::from(span["file_name"].as_str()?);
    let module = file.strip_prefix("src").ok()?.iter().next()?.to_str()?.to_owned();
    let label = span["label"].as_str().unwrap_or_default();
    let line = span["text"][0]["text"].as_str().unwrap_or_default().trim();
    let summary = format!("{}; {label}: `{line}`", message["message"].as_str()?);
    Some(Message {
        is_callers: file.ends_with("callers.rs"),
        summary: summary.replace(&format!("{module}::api::"), "").replace('|', "\\|"),
        module,
        text: message["rendered"].as_str()?.to_owned(),
    })
}

fn manifest() -> String {
    let runtime = folder("../runtime");
    format!(
        "[package]\nname = \"contract\"\nedition = \"2024\"\n\n[dependencies]\napiscribe = {{ path = {runtime:?}, default-features = false }}\n\n[workspace]\n"
    )
}

/// What has not changed is not written, so that cargo builds only what has.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}
