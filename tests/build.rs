//! A client with its user for each folder in `accept` and `platforms`: adding a case adds no code. A reader for each response
//! and callback of the spec, and a trial for each limit of what is sent.

#[path = "build/limits.rs"]
mod limits;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use apiscribe_codegen::Builder;
use apiscribe_codegen::ir::{Client, Module};
use apiscribe_codegen::source::Sources;

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo gives a folder"));
    let mut accepts = String::new();
    for case in cases("accept") {
        let api = out.join("accept").join(name(&case));
        Builder::new().dir(&case).out_dir(&api).build();
        let (name, mod_rs, use_rs) = (name(&case), api.join("mod.rs"), case.join("use.rs"));
        writeln!(
            accepts,
            "mod {name} {{\n    #[path = {mod_rs:?}]\n    pub mod api;\n    #[path = {use_rs:?}]\n    mod usage;\n}}"
        )
        .expect("text");
    }
    let platforms = cases("platforms");
    let platforms: String = platforms.iter().map(|folder| platform(folder, &out)).collect();
    fs::write(out.join("platforms.rs"), platforms).expect("a folder to write to");
    fs::write(out.join("accept.rs"), accepts).expect("a folder to write to");
    let client = client();
    fs::write(out.join("readers.rs"), readers(&client)).expect("a folder to write to");
    fs::write(out.join("limits.rs"), limits::limits(&client)).expect("a folder to write to");
}

/// The client of another platform, and the tests that call it.
fn platform(folder: &Path, out: &Path) -> String {
    let name = name(folder);
    let api = out.join("platforms").join(&name);
    Builder::new().dir(folder.join("spec")).out_dir(&api).build();
    let (mod_rs, test_rs) = (api.join("mod.rs"), folder.join("test.rs"));
    format!(
        "pub mod {name} {{\n    #[path = {mod_rs:?}]\n    pub mod api;\n    #[path = {test_rs:?}]\n    mod test;\n}}\n"
    )
}

fn client() -> Client {
    apiscribe_codegen::ir(&Sources::new(douyin_spec::files()))
        .unwrap_or_else(|faults| panic!("{faults}"))
}

/// A function for each type that is received, under its name in the spec.
fn readers(client: &Client) -> String {
    let rows = client.modules.iter().flat_map(|module| responses(module).chain(contents(module)));
    let rows: String = rows.collect();
    format!("const READERS: &[(&str, Reader)] = &[\n{rows}];\n")
}

fn responses(module: &Module) -> impl Iterator<Item = String> {
    let read = module.endpoints.iter().filter(|endpoint| endpoint.response.is_some());
    let name = &module.name;
    read.map(move |endpoint| {
        let (wire, request) = (&endpoint.wire, &endpoint.request);
        format!("    (\"{name}.{wire}\", response::<generated_client::{name}::{request}>),\n")
    })
}

fn contents(module: &Module) -> impl Iterator<Item = String> {
    let name = &module.name;
    module.callbacks.iter().map(move |callback| {
        let (wire, marker) = (&callback.wire, &callback.name);
        format!("    (\"{name}.{wire}\", callback::<generated_client::{name}::{marker}>),\n")
    })
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
