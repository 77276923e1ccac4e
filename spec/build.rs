//! The list of all files of the spec, so that a new one is embedded without being named anywhere.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=.");
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo gives the folder"));
    let mut list = String::from("&[\n");
    for name in names(&folder) {
        let path = folder.join(&name);
        writeln!(list, "    File {{ name: {name:?}, text: include_str!({path:?}) }},")
            .expect("text");
    }
    list.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo gives a folder"));
    fs::write(out.join("files.rs"), list).expect("a folder to write to");
}

/// As `codegen` reads a folder: what ends in `.yaml` and does not begin with a dot, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder of the spec");
    let names =
        entries.map(|entry| entry.expect("a file").file_name().into_string().expect("UTF-8"));
    let mut names: Vec<String> =
        names.filter(|name| name.ends_with(".yaml") && !name.starts_with('.')).collect();
    names.sort();
    names
}
