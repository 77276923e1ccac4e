//! One test for each folder in `reject`, and a client with its user for each in `accept`: adding a case adds no code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use codegen::Builder;

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo gives a folder"));
    let (mut rejects, mut accepts) = (String::new(), String::new());
    for case in cases("reject") {
        let name = name(&case);
        writeln!(rejects, "#[test]\nfn {name}() {{\n    super::check({name:?});\n}}")
            .expect("text");
    }
    for case in cases("accept") {
        let api = out.join("accept").join(name(&case));
        Builder::new().dir(&case).out_dir(&api).build();
        let (name, mod_rs, use_rs) = (name(&case), api.join("mod.rs"), case.join("use.rs"));
        writeln!(
            accepts,
            "mod {name} {{\n    #[path = {mod_rs:?}]\n    pub mod api;\n    #[path = {use_rs:?}]\n    mod usage;\n\n    \
             #[test]\n    fn code() {{\n        super::super::check({name:?});\n    }}\n}}"
        )
        .expect("text");
    }
    fs::write(out.join("reject.rs"), rejects).expect("a folder to write to");
    fs::write(out.join("accept.rs"), accepts).expect("a folder to write to");
}

/// The folders of a kind, sorted.
fn cases(kind: &str) -> Vec<PathBuf> {
    println!("cargo::rerun-if-changed={kind}");
    let folder = env::current_dir().expect("the package's folder").join(kind);
    let entries = fs::read_dir(&folder).expect("a folder of cases");
    let paths = entries.map(|entry| entry.expect("a case").path());
    let mut cases: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

fn name(case: &Path) -> String {
    case.file_name().expect("a folder").to_string_lossy().into_owned()
}
