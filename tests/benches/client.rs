//! What a generated client costs to check and to build, an operation: user CPU of cargo and rustc on the one crate, its
//! dependencies built before, incremental compilation off.
//!
//! The API of the plain shape has as many operations as the one that the budgets were set by; that of the rich one is
//! like the largest domains of the real spec. Of each, two crates: the generated code alone, which compiles no generic
//! of the runtime for any operation; and with a function for each operation that calls it, which compiles them all and
//! is what a user pays who calls all. The rich one also with serde's derives in place of `Encode` and `Decode`, for
//! comparison.

mod figure;
mod measure;
mod synthetic;

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use apiscribe_codegen::ir::{Client, Role};
use apiscribe_codegen::output::Files;
use apiscribe_codegen::source::Sources;

use crate::figure::print;
use crate::measure::{Usage, measure};
use crate::synthetic::Shape;

struct Mode {
    name: &'static str,
    arguments: &'static [&'static str],
    /// Milliseconds an operation.
    budget: Option<f64>,
}

const MODES: [Mode; 3] = [
    Mode { name: "check", arguments: &["check"], budget: Some(15.0) },
    Mode { name: "debug", arguments: &["build"], budget: None },
    Mode { name: "release", arguments: &["build", "--release"], budget: Some(20.0) },
];

/// A generated API.
struct Api {
    shape: Shape,
    name: &'static str,
    operations: usize,
    variants: &'static [Variant],
}

const APIS: [Api; 2] = [
    Api { shape: Shape::Plain, name: "plain", operations: 193, variants: &[ALONE, CALLED] },
    Api { shape: Shape::Rich, name: "rich", operations: 200, variants: &[ALONE, CALLED, SERDE] },
];

/// A crate made of the generated code.
struct Variant {
    package: &'static str,
    title: &'static str,
    has_budget: bool,
    /// The generated text → that of the crate.
    text: fn(&str) -> String,
    /// What the crate has besides.
    calls: fn(&Client) -> String,
}

const ALONE: Variant = Variant {
    package: "alone",
    title: "alone",
    has_budget: true,
    text: str::to_owned,
    calls: |_| String::new(),
};
const CALLED: Variant =
    Variant { package: "called", title: "every operation called", calls: write_calls, ..ALONE };
const SERDE: Variant = Variant {
    package: "derived",
    title: "with serde's derives",
    has_budget: false,
    text: with_serde,
    ..ALONE
};

fn main() -> ExitCode {
    if let Some(code) = measure::serve() {
        return code;
    }
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients");
    write_workspace(&workspace);
    for api in &APIS {
        write_api(&workspace, api);
    }
    for mode in &MODES {
        run_cargo(&workspace, mode, "--workspace");
        for api in &APIS {
            api.variants.iter().for_each(|variant| report(&workspace, mode, api, variant));
        }
    }
    ExitCode::SUCCESS
}

fn write_api(workspace: &Path, api: &Api) {
    let sources = Sources::new(synthetic::synthetic(api.operations, api.shape));
    let client = apiscribe_codegen::ir(&sources).expect("the synthetic spec has no faults");
    let files = apiscribe_codegen::generate(&sources).expect("the synthetic spec has no faults");
    let lines: usize = files.values().map(|text| text.lines().count()).sum();
    let name = format!("{} client of {} operations: lines an operation", api.name, api.operations);
    print(&name, lines as f64 / api.operations as f64, None);

    for variant in api.variants {
        let text = files.iter().map(|(name, text)| (name.clone(), (variant.text)(text)));
        let calls = (variant.calls)(&client);
        write_crate(workspace, &package(api, variant), &text.collect(), &calls);
    }
}

fn package(api: &Api, variant: &Variant) -> String {
    format!("{}_{}", api.name, variant.package)
}

fn write_workspace(workspace: &Path) {
    let of = |api: &'static Api| api.variants.iter().map(|variant| package(api, variant));
    let members: Vec<String> = APIS.iter().flat_map(of).collect();
    write(
        &workspace.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
    );
    let lock = fs::read_to_string(in_repository("Cargo.lock")).expect("the lock file");
    write(&workspace.join("Cargo.lock"), &lock);
}

fn in_repository(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
    path.canonicalize().expect("a part of this repository")
}

fn write_crate(workspace: &Path, package: &str, files: &Files, calls: &str) {
    let runtime = in_repository("runtime");
    let manifest = format!(
        "[package]\nname = {package:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         apiscribe = {{ path = {runtime:?} }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n"
    );
    let folder = workspace.join(package);
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join("src/lib.rs"), &format!("pub mod api;\n{calls}"));
    for (name, text) in files {
        write(&folder.join("src/api").join(name), text);
    }
}

/// A function for each operation. That it returns an object makes a library compile the call to its end.
fn write_calls(client: &Client) -> String {
    let mut calls = String::new();
    for module in &client.modules {
        for item in &module.structs {
            if let Role::Request(endpoint) = item.role {
                let operation = &module.endpoints[endpoint].wire;
                let request = format!("api::{}::{}", module.name, item.name);
                let part = |name| format!("<{request} as ::apiscribe::Endpoint>::{name}");
                let (response, error) = (part("Response"), part("Error"));
                let _ = writeln!(
                    calls,
                    "#[inline(never)]\npub fn {operation}<'a>(\
                     client: &'a ::apiscribe::Client, request: &'a {request}) \
                     -> ::std::pin::Pin<Box<dyn Future<Output = \
                     Result<::apiscribe::Reply<{response}>, ::apiscribe::Error<{error}>>> + Send + 'a>> \
                     {{ Box::pin(client.call(request)) }}"
                );
            }
        }
    }
    calls
}

/// The same types with `Serialize` and `Deserialize` as serde derives them.
fn with_serde(text: &str) -> String {
    let request = "::apiscribe::Encode, ::apiscribe::Validate, ::apiscribe::Endpoint";
    let text = text.replace("::apiscribe::Request", request);
    let text = text.replace("::apiscribe::Encode", "::serde::Serialize");
    let text = text.replace("::apiscribe::Decode", "::serde::Deserialize");
    text.lines().map(|line| serde_attribute(line) + "\n").collect()
}

/// What serde has for an attribute of `Encode` and `Decode`; any other line as it is.
fn serde_attribute(line: &str) -> String {
    let arguments = line.trim().strip_prefix("#[wire(").and_then(|rest| rest.strip_suffix(")]"));
    let words: Vec<&str> = arguments.unwrap_or_default().split(", ").collect();
    let ours = ["optional", "lenient", "essential", "default"];
    match words.iter().all(|word| ours.contains(word)) {
        // Of `Encode` alone.
        _ if line.trim().starts_with("#[required") => String::new(),
        true if words.contains(&"optional") => {
            "#[serde(default, skip_serializing_if = \"::core::option::Option::is_none\")]"
                .to_owned()
        }
        true if words.contains(&"default") => "#[serde(default)]".to_owned(),
        true => String::new(),
        false => line.to_owned(),
    }
}

fn report(workspace: &Path, mode: &Mode, api: &Api, variant: &Variant) {
    let package = package(api, variant);
    let least = [(); 3]
        .map(|()| measure_crate(workspace, mode, &package))
        .into_iter()
        .min_by_key(|usage| usage.user)
        .expect("three of them");
    let name = format!("{} client, {}: {}", api.name, variant.title, mode.name);
    let cpu = least.user.as_secs_f64() * 1e3 / api.operations as f64;
    let budget = mode.budget.filter(|_| variant.has_budget);
    print(&format!("{name}, CPU, ms an operation"), cpu, budget);
    print(&format!("{name}, peak memory, MB"), least.peak as f64 / 1e6, None);
}

fn measure_crate(workspace: &Path, mode: &Mode, package: &str) -> Usage {
    let root = workspace.join(package).join("src/lib.rs");
    let text = fs::read_to_string(&root).expect("a crate that was written");
    write(&root, &text);
    let mut cargo = cargo(workspace, mode);
    cargo.args(["--package", package]);
    measure(&cargo)
}

fn run_cargo(workspace: &Path, mode: &Mode, packages: &str) {
    let status = cargo(workspace, mode).arg(packages).status().expect("cargo runs");
    assert!(status.success(), "the generated client does not compile");
}

/// Shares the folder for builds, so that dependencies are not built again.
fn cargo(workspace: &Path, mode: &Mode) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(mode.arguments).args(["--quiet", "--offline"]);
    cargo.current_dir(workspace).env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", target());
    cargo
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("")
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
