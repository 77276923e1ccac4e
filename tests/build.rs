//! A client with its user for each folder in `accept` and `platforms`: adding a case adds no code. A reader for each response
//! and callback of the spec, and a trial for each limit of what is sent.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use apiscribe_codegen::Builder;
use apiscribe_codegen::ir::{Client, Module};
use apiscribe_codegen::source::Sources;

#[path = "build/limits.rs"]
mod limits;
#[path = "contract/edits.rs"]
#[allow(dead_code, reason = "the test uses the rest")]
mod edits;

use self::edits::{EDITS, Outcome};

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
    fs::write(out.join("contract.rs"), contract(&out)).expect("a folder to write to");
    fs::write(out.join("limits.rs"), limits::limits(&client)).expect("a folder to write to");
    fs::write(out.join("readers.rs"), readers(&client)).expect("a folder to write to");
    fs::write(out.join("readmes.rs"), readmes()).expect("a folder to write to");
    fs::write(out.join("round_trips.rs"), round_trips(client)).expect("a folder to write to");
}

/// The client of another platform, and the tests that call it.
fn platform(folder: &Path, out: &Path) -> String {
    let name = name(folder);
    let api = out.join("platforms").join(&name);
    Builder::new().dir(folder.join("spec")).serde(true).out_dir(&api).build();
    let (mod_rs, test_rs) = (api.join("mod.rs"), folder.join("test.rs"));
    format!(
        "pub mod {name} {{\n    #[path = {mod_rs:?}]\n    pub mod api;\n    #[path = {test_rs:?}]\n    mod test;\n}}\n"
    )
}

/// The client of a spec and those of its edits, but for the ones that break their callers.
fn contract(out: &Path) -> String {
    let folder = env::current_dir().expect("the package's folder").join("contract");
    println!("cargo::rerun-if-changed=contract");
    let spec = fs::read_to_string(folder.join("spec.yaml")).expect("a spec");
    let kept = EDITS.iter().filter(|edit| !matches!(edit.outcome, Outcome::Breaks(_)));
    let after = kept.map(|edit| (edit.module(), edit.apply(&spec)));
    let after: Vec<(String, String)> = after.collect();
    let mut code = String::new();
    for (module, spec) in [("before".to_owned(), spec.clone())].iter().chain(&after) {
        let api = out.join("contract").join(module);
        Builder::new().sources([("spec.yaml", spec)]).out_dir(&api).build();
        let (mod_rs, callers) = (api.join("mod.rs"), folder.join("callers.rs"));
        writeln!(
            code,
            "pub mod {module} {{\n    #[path = {mod_rs:?}]\n    pub mod api;\n    #[path = {callers:?}]\n    pub mod callers;\n}}"
        )
        .expect("text");
    }
    let rows =
        after.iter().map(|(module, _)| format!("    ({module:?}, {module}::callers::seen),\n"));
    let rows: String = rows.collect();
    code + &format!("pub const AFTER: &[super::Edited] = &[\n{rows}];\n")
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

/// The code in Rust that READMEs show: in that of the client each block is a module, in the first one statements.
fn readmes() -> String {
    let client = blocks("../generated-client/README.md");
    let modules = client
        .iter()
        .enumerate()
        .map(|(number, block)| format!("pub(super) mod client_{number} {{\n{block}}}\n"));
    let root = blocks("../README.md");
    let of = |start: &str| {
        let block = root.iter().find(|block| block.contains(start));
        block.unwrap_or_else(|| panic!("README.md shows no `{start}`")).as_str()
    };
    let settle = of("SettleCreateRequest::new");
    let pages = of("client.pages");
    let callbacks = of("callbacks.router");
    let modules: String = modules.collect();
    format!(
        "{modules}
pub(super) async fn settle(secret: Secret<String>) -> Result<(), BoxError> {{\n{settle}\nOk(())\n}}
pub(super) async fn pages<R: Paged<Item: Debug, Error: Send + Sync> + Send + Sync + 'static>(client: Client, request: R) -> Result<(), BoxError> {{\n{pages}\nOk(())\n}}
pub(super) fn callbacks(public_key: String, dead_letters: DeadLetters, orders: Orders) -> Result<Router, BoxError> {{\n{callbacks}\nOk(router)\n}}
"
    )
}

/// The blocks of Rust in a file.
fn blocks(path: &str) -> Vec<String> {
    println!("cargo::rerun-if-changed={path}");
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let blocks = text.split("\n```rust\n").skip(1);
    blocks.filter_map(|rest| Some(rest.split_once("\n```")?.0.to_owned() + "\n")).collect()
}

/// A row for each type that is read and written, of the real spec and of the other platforms.
fn round_trips(client: Client) -> String {
    let mut rows = types("real", "generated_client", client);
    for folder in cases("platforms") {
        let sources = apiscribe_codegen::folder::read(folder.join("spec"));
        let sources = sources.unwrap_or_else(|failure| panic!("{failure}"));
        let client = apiscribe_codegen::ir(&sources).unwrap_or_else(|faults| panic!("{faults}"));
        let name = name(&folder);
        rows += &types(&name, &format!("crate::platforms::cases::{name}::api"), client);
    }
    format!("pub(super) const TYPES: &[(&str, &str, &str, RoundTrip)] = &[\n{rows}];\n")
}

fn types(platform: &str, path: &str, mut client: Client) -> String {
    apiscribe_codegen::keep(&mut client);
    let mut rows = String::new();
    for module in &client.modules {
        let structs = module.structs.iter();
        let structs = structs.filter(|item| item.read && (item.written || item.kept));
        let names =
            structs.map(|item| &item.name).chain(module.unions.iter().map(|item| &item.name));
        for name in names {
            let module = &module.name;
            let row = format!(
                "    ({platform:?}, {module:?}, {name:?}, round_trip::<{path}::{module}::{name}>),\n"
            );
            rows += &row;
        }
    }
    rows
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
