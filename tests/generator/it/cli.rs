//! `cargo codegen`: what it prints, where, and its exit code.

use std::fs;
use std::io::{self, ErrorKind, Write};

use apiscribe_codegen::source::Sources;
use serde_json::Value;
use tempfile::TempDir;

use crate::command::{codegen, run_with};

fn spec() -> String {
    crate::support::folder("../spec").display().to_string()
}

/// A spec in a folder of its own.
fn spec_of(text: &str) -> TempDir {
    let dir = TempDir::new().expect("a folder");
    fs::write(dir.path().join("a.yaml"), text).expect("a file");
    dir
}

#[test]
fn a_file_with_the_short_extension_is_read_as_well() {
    let dir = spec_of("domain: a\n");
    fs::write(dir.path().join("b.yml"), BROKEN).expect("a file");
    let printed = codegen(&["check", "--spec", dir.path().to_str().expect("UTF-8")]);
    assert_eq!(printed.code, 1);
    assert!(printed.err.contains("b.yml:4:5"), "{}", printed.err);
}

#[test]
fn the_command_that_mends_can_be_pasted_if_a_folder_has_a_space_in_its_name() {
    let dir = TempDir::new().expect("a folder");
    let out = dir.path().join("the client").display().to_string();
    let printed = codegen(&["generate", "--spec", &spec(), "--out", &out, "--check"]);
    assert_eq!(printed.code, 1);
    assert!(printed.err.ends_with(&format!(" --out \"{out}\"\n")), "{}", printed.err);
}

const BROKEN: &str = "domain: a
enums:
  Colour:
    typ: int
    values: [{ value: 1, name: Red }]
";

#[test]
fn a_sound_spec_is_counted() {
    let printed = codegen(&["check", "--spec", &spec()]);
    assert_eq!((printed.code, printed.err.as_str()), (0, ""));
    let modules = apiscribe_codegen::ir(&Sources::new(douyin_spec::files())).unwrap().modules;
    let files = douyin_spec::files().count();
    let endpoints: usize = modules.iter().map(|module| module.endpoints.len()).sum();
    let callbacks: usize = modules.iter().map(|module| module.callbacks.len()).sum();
    let counted = format!("ok: {files} files, {endpoints} endpoints, {callbacks} callbacks, ");
    assert!(printed.out.starts_with(&counted), "{}", printed.out);
    let printed = codegen(&["check", "--spec", &spec(), "--format", "json"]);
    assert_eq!((printed.code, printed.out.as_str()), (0, "[]\n"));
}

#[test]
fn faults_are_text_for_people_or_rows_for_programs() {
    let dir = spec_of(BROKEN);
    let (dir, file) = (dir.path().to_str().unwrap(), dir.path().join("a.yaml"));
    let printed = codegen(&["check", "--spec", dir]);
    assert_eq!((printed.code, printed.out.as_str()), (1, ""));
    assert!(printed.err.contains("a.yaml:4:5"), "{}", printed.err);

    let printed = codegen(&["check", "--spec", dir, "--format", "json"]);
    assert_eq!((printed.code, printed.err.as_str()), (1, ""));
    let rows: Vec<Value> = serde_json::from_str(&printed.out).unwrap();
    let row = rows.iter().find(|row| row["code"] == "unknown-key").unwrap();
    assert_eq!((&row["line"], &row["column"]), (&4.into(), &5.into()));
    assert_eq!(row["file"], file.to_str().unwrap());
    let keys: Vec<&String> = row.as_object().unwrap().keys().collect();
    let mut expected = ["file", "line", "column", "severity", "code", "message", "help"];
    expected.sort_unstable();
    assert_eq!(keys, expected);
}

#[test]
fn a_broken_spec_writes_nothing() {
    let (dir, out) = (spec_of(BROKEN), TempDir::new().unwrap());
    let target = out.path().join("generated");
    let printed = codegen(&[
        "generate",
        "--spec",
        dir.path().to_str().unwrap(),
        "--out",
        target.to_str().unwrap(),
    ]);
    assert_eq!((printed.code, printed.out.as_str()), (1, ""));
    assert!(!target.exists());
}

#[test]
fn what_is_out_of_date_is_named_with_the_command_that_mends_it() {
    let out = TempDir::new().unwrap();
    let (spec, dir) = (spec(), out.path().to_str().unwrap());
    assert_eq!(codegen(&["generate", "--spec", &spec, "--out", dir]).code, 0);
    assert_eq!(codegen(&["generate", "--spec", &spec, "--out", dir, "--check"]).code, 0);

    let text = fs::read_to_string(out.path().join("settle.rs")).unwrap();
    fs::write(out.path().join("settle.rs"), text.replace("512", "513")).unwrap();
    fs::rename(out.path().join("common.rs"), out.path().join("renamed.rs")).unwrap();
    let printed = codegen(&["generate", "--spec", &spec, "--out", dir, "--check"]);
    assert_eq!((printed.code, printed.out.as_str()), (1, ""));
    let expected = format!(
        "{dir}/common.rs: is missing\n\
         {dir}/settle.rs: is out of date\n\
         {dir}/renamed.rs: is no longer generated\n\
         to mend it: cargo codegen generate --spec {spec} --out {dir}\n"
    );
    assert_eq!(printed.err, expected);

    assert_eq!(codegen(&["generate", "--spec", &spec, "--out", dir]).code, 0);
    assert_eq!(codegen(&["generate", "--spec", &spec, "--out", dir, "--check"]).code, 0);
}

#[test]
fn what_is_generated_to_be_kept_is_compared_with_the_same() {
    let out = TempDir::new().unwrap();
    let (spec, dir) = (spec(), out.path().to_str().unwrap());
    assert_eq!(codegen(&["generate", "--spec", &spec, "--out", dir]).code, 0);
    let text = || fs::read_to_string(out.path().join("settle.rs")).unwrap();
    let kept = "Encode, ::apiscribe::Decode)]\n#[non_exhaustive]\npub struct SettleCreateResponse";
    assert!(!text().contains(kept));
    let printed = codegen(&["generate", "--spec", &spec, "--out", dir, "--serde", "--check"]);
    assert_eq!(printed.code, 1);
    assert!(printed.err.ends_with(&format!(" --out {dir} --serde\n")), "{}", printed.err);
    assert_eq!(codegen(&["generate", "--spec", &spec, "--out", dir, "--serde"]).code, 0);
    assert_eq!(codegen(&["generate", "--spec", &spec, "--out", dir, "--serde", "--check"]).code, 0);
    assert!(text().contains(kept));
}

#[test]
fn the_ir_and_the_schema_are_json() {
    for args in [vec!["ir", "--spec", &spec()], vec!["schema"]] {
        let printed = codegen(&args);
        assert_eq!((printed.code, printed.err.as_str()), (0, ""));
        serde_json::from_str::<Value>(&printed.out).unwrap();
    }
}

#[test]
fn a_folder_without_a_spec_is_named() {
    let dir = TempDir::new().unwrap();
    let printed = codegen(&["check", "--spec", dir.path().to_str().unwrap()]);
    assert_eq!((printed.code, printed.out.as_str()), (2, ""));
    assert!(printed.err.contains(dir.path().to_str().unwrap()), "{}", printed.err);
}

#[test]
fn wrong_arguments_are_not_findings() {
    assert_eq!(codegen(&["chek"]).code, 2);
    assert_eq!(codegen(&["generate"]).code, 2);
    assert_eq!(codegen(&["--help"]).code, 0);
}

/// As `cargo codegen ir | head -1`.
#[test]
fn a_reader_who_leaves_is_no_failure() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut err = Vec::new();
    assert_eq!(run_with(&["ir", "--spec", &spec()], &mut Closed, &mut err), 0);
    assert!(err.is_empty());
}
