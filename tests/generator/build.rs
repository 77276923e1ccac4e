//! Tests for each folder in `accept` and `reject`: adding a case adds no code.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo gives a folder"));
    for kind in ["accept", "reject"] {
        let mut tests = String::new();
        for case in cases(kind) {
            writeln!(tests, "#[test]\nfn {case}() {{\n    super::check({case:?});\n}}")
                .expect("text");
        }
        fs::write(out.join(kind).with_extension("rs"), tests).expect("a folder to write to");
    }
}

/// The names of the folders of a kind, sorted.
fn cases(kind: &str) -> Vec<String> {
    println!("cargo::rerun-if-changed=../{kind}");
    let folder = env::current_dir().expect("the package's folder").join("..").join(kind);
    let entries = fs::read_dir(&folder).expect("a folder of cases");
    let paths = entries.map(|entry| entry.expect("a case").path());
    let cases = paths.filter(|path| path.is_dir());
    let name = |path: PathBuf| path.file_name().expect("a folder").to_string_lossy().into_owned();
    let mut cases: Vec<String> = cases.map(name).collect();
    cases.sort();
    cases
}
