//! The folder of a spec as editors, operating systems and git leave it.

use std::fs;
use std::path::Path;

use apiscribe_codegen::folder;
use apiscribe_codegen::source::Sources;
use serde_json::Value;
use tempfile::TempDir;

use crate::command::codegen;

const GOOD: &str = "domain: demo\nsources: { page: { title: Page, trust: official } }\n";

fn folder_of(files: &[(&str, &[u8])]) -> TempDir {
    let dir = TempDir::new().unwrap();
    files.iter().for_each(|(name, bytes)| fs::write(dir.path().join(name), bytes).unwrap());
    dir
}

/// `name:line:column code: message` of each complaint.
fn complaints(dir: &Path) -> Vec<String> {
    let printed = codegen(&["check", "--spec", dir.to_str().unwrap(), "--format", "json"]);
    let rows: Vec<Value> = serde_json::from_str(&printed.out).expect(&printed.err);
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let rows = rows.iter().map(|row| {
        assert!(row["help"].is_string(), "says what would be right: {row}");
        let file = text(row, "file");
        let name = Path::new(&file).file_name().unwrap().to_str().unwrap();
        let (line, column) = (&row["line"], &row["column"]);
        format!("{name}:{line}:{column} {}: {}", text(row, "code"), text(row, "message"))
    });
    rows.collect()
}

fn rows(text: &str) -> Vec<(usize, usize, String)> {
    let faults = apiscribe_codegen::ir(&Sources::new([("a.yaml", text)])).unwrap_err();
    faults.rows().into_iter().map(|row| (row.line, row.column, row.message)).collect()
}

#[test]
fn a_name_given_twice_is_refused() {
    let other = "domain: other\nsources: { page: { title: Page, trust: official } }\n";
    for again in [other, GOOD] {
        let files = [("b.yaml", GOOD), ("a.yaml", other), ("b.yaml", again), ("b.yaml", "")];
        let faults = apiscribe_codegen::ir(&Sources::new(files)).unwrap_err().rows();
        let rows = faults.iter().map(|row| (row.file.as_str(), row.line, row.message.as_str()));
        assert_eq!(rows.collect::<Vec<_>>(), [("b.yaml", 1, "`b.yaml` is given more than once")]);
    }
}

#[test]
fn what_begins_with_a_dot_is_passed_over() {
    let dir = folder_of(&[
        ("a.yaml", GOOD.as_bytes()),
        ("._a.yaml", b"\0\x05\x16\x07\0\x02\0\0Mac OS X"),
        (".a.yaml.swp", b"b0VIM"),
        ("a.yaml~", b"\xff"),
        ("#a.yaml#", b"\xff"),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("me@host.1:1", dir.path().join(".#a.yaml")).unwrap();
    let sources = folder::read(dir.path()).unwrap();
    assert_eq!(sources.names().count(), 1);
    assert!(complaints(dir.path()).is_empty());
}

#[test]
fn a_folder_with_nothing_else_has_no_spec() {
    let dir = folder_of(&[(".a.yaml", GOOD.as_bytes())]);
    fs::create_dir(dir.path().join("b.yaml")).unwrap();
    let printed = codegen(&["check", "--spec", dir.path().to_str().unwrap()]);
    assert_eq!(printed.code, 2);
    assert!(printed.err.contains("not a spec: it has no `*.yaml`"), "{}", printed.err);
}

#[test]
fn a_folder_that_is_called_like_a_file_is_passed_over() {
    let dir = folder_of(&[("a.yaml", GOOD.as_bytes())]);
    fs::create_dir(dir.path().join("b.yaml")).unwrap();
    assert!(complaints(dir.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_one_complaint_among_others() {
    let dir = folder_of(&[("a.yaml", b"domain: demo\nsource: {}\n")]);
    std::os::unix::fs::symlink("nowhere.yaml", dir.path().join("b.yaml")).unwrap();
    let expected = [
        "a.yaml:2:1 unknown-key: unknown key `source`",
        "b.yaml:1:1 unreadable-file: cannot read the file: No such file or directory (os error 2)",
    ];
    assert_eq!(complaints(dir.path()), expected);
}

#[test]
fn another_encoding_is_one_complaint_among_others_at_its_place() {
    let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    };
    let little = wide("domain: a\n", u16::to_le_bytes);
    let big = wide("domain: b\n", u16::to_be_bytes);
    let marked = [b"\xff\xfe".as_slice(), &little].concat();
    let dir = folder_of(&[
        ("big.yaml", &big),
        ("cut.yaml", b"domain: c\ndoc: \xe4\xb8"),
        ("gbk.yaml", b"domain: d\ndoc: a\xd6\xd0\xce\xc4\n"),
        ("latin.yaml", b"domain: e\ndoc: caf\xe9 au lait\n"),
        ("little.yaml", &little),
        ("marked.yaml", &marked),
        ("wide.yaml", b"\xff\xfe\0\0d\0\0\0"),
        ("wrong.yaml", "domain: f\ndoc: 中文\nsource: {}\n".as_bytes()),
    ]);
    let expected = [
        "big.yaml:1:1 bad-encoding: the file is UTF-16, not UTF-8",
        "cut.yaml:2:6 bad-encoding: the file ends in the middle of a character",
        "gbk.yaml:2:7 bad-encoding: the byte 0xD6 is not UTF-8",
        "latin.yaml:2:9 bad-encoding: the byte 0xE9 is not UTF-8",
        "little.yaml:1:1 bad-encoding: the file is UTF-16, not UTF-8",
        "marked.yaml:1:1 bad-encoding: the file is UTF-16, not UTF-8",
        "wide.yaml:1:1 bad-encoding: the file is UTF-32, not UTF-8",
        "wrong.yaml:3:1 unknown-key: unknown key `source`",
    ];
    assert_eq!(complaints(dir.path()), expected);
    // Each is shown with its line.
    let printed = codegen(&["check", "--spec", dir.path().to_str().unwrap()]);
    assert!(printed.err.contains("doc: caf"), "{}", printed.err);
}

#[test]
fn what_stands_in_a_file_of_another_encoding_is_not_missed_elsewhere() {
    let types: Vec<u8> = "domain: b\ntypes: { Id: { type: string } }\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let user = "domain: a\nsources: { page: { title: P, trust: official } }\ntypes:\n  \
                U: { type: object, source: page, fields: [{ name: x, type: b.Id }] }\n";
    let dir = folder_of(&[("a.yaml", user.as_bytes()), ("b.yaml", &types)]);
    assert_eq!(complaints(dir.path()), ["b.yaml:1:1 bad-encoding: the file is UTF-16, not UTF-8"]);
}

/// YAML ends a line with either, and a text in it is the same.
#[test]
fn places_are_the_same_however_lines_end_and_with_a_byte_order_mark() {
    let unix = "domain: demo\ndoc: |\n  中文 a\n  b\nsource: {}\ntypes:\n  A:\n    type:string\n    source: page\n";
    let expected = rows(unix);
    let places: Vec<_> = expected.iter().map(|(line, column, _)| (*line, *column)).collect();
    assert_eq!(places, [(5, 1), (8, 9)]);
    assert_eq!(rows(&unix.replace('\n', "\r\n")), expected);
    assert_eq!(rows(&unix.replace('\n', "\r")), expected);
    assert_eq!(rows(&format!("\u{feff}{unix}")), expected);
    assert_eq!(rows("\u{feff}sourc: {}\n"), rows("sourc: {}\n"));

    let good = format!("{GOOD}doc: |\n  one\n  two\n");
    let generate =
        |text: &str| apiscribe_codegen::generate(&Sources::new([("a.yaml", text)])).unwrap();
    assert_eq!(generate(&good.replace('\n', "\r\n")), generate(&good));
}

/// As git's `autocrlf` leaves them on Windows.
#[test]
fn generated_files_are_up_to_date_however_their_lines_end() {
    let (spec, out) = (folder_of(&[("a.yaml", GOOD.as_bytes())]), TempDir::new().unwrap());
    let (spec, dir) = (spec.path().to_str().unwrap(), out.path().to_str().unwrap());
    let check = || codegen(&["generate", "--spec", spec, "--out", dir, "--check"]);
    assert_eq!(codegen(&["generate", "--spec", spec, "--out", dir]).code, 0);
    let file = out.path().join("platform.rs");
    let text = fs::read_to_string(&file).unwrap();
    let windows = text.replace('\n', "\r\n");
    fs::write(&file, &windows).unwrap();
    assert_eq!(check().code, 0, "{}", check().err);

    // Nothing is rewritten for it either.
    let printed = codegen(&["generate", "--spec", spec, "--out", dir]);
    assert!(printed.out.contains(" 0 written"), "{}", printed.out);
    assert_eq!(fs::read_to_string(&file).unwrap(), windows);

    fs::write(&file, windows.replace("official", "copy")).unwrap();
    assert_eq!(check().code, 1);
    fs::write(&file, text.trim_end()).unwrap();
    assert_eq!(check().code, 1);
}
