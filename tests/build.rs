//! One test for each folder in `reject`, so that adding a case adds no code.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo gives a folder"));
    let rejects = cases(Path::new("reject"));
    let tests = rejects
        .iter()
        .map(|case| format!("#[test]\nfn {case}() {{\n    super::check({case:?});\n}}\n"));
    fs::write(out.join("reject.rs"), tests.collect::<String>()).expect("a folder to write to");
}

fn cases(folder: &Path) -> Vec<String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).expect("a folder of cases");
    let folders = entries.map(|entry| entry.expect("a case").path()).filter(|path| path.is_dir());
    let mut cases: Vec<String> = folders
        .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
        .collect();
    cases.sort();
    cases
}
