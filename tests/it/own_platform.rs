//! What README.md shows of a platform of one's own works as it stands there: its files, put into a folder outside the workspace, are
//! built and run against a server, and its commands are run on its spec.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_yaml::Value;

use crate::client::server::{Answer, Server, response};
use crate::command::codegen;
use crate::support::{folder, read};

const TOKEN: &str = "static-token";

fn section() -> String {
    let readme = read(&folder("../README.md"));
    let (_, rest) = readme.split_once("\n## Your own platform\n").expect("the section");
    rest.split_once("\n## ").expect("a section behind it").0.to_owned()
}

/// The files of the section, by their paths: each is the block behind the last path in backticks.
fn files() -> BTreeMap<String, String> {
    let section = section();
    let mut files = BTreeMap::new();
    let mut rest = section.as_str();
    while let Some((before, block)) = rest.split_once("\n```") {
        let (_, block) = block.split_once('\n').expect("a language");
        let (text, after) = block.split_once("```\n").expect("an end");
        let paths = before.split('`').skip(1).step_by(2);
        let path = paths.filter(|path| Path::new(path).extension().is_some()).last();
        files.insert(path.expect("a path before the block").to_owned(), text.to_owned());
        rest = after;
    }
    files
}

/// A folder with these files, outside the workspace as far as cargo goes. It stays, so that the next run builds nothing again.
fn write(name: &str, files: &BTreeMap<String, String>) -> PathBuf {
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    for (path, text) in files {
        let path = project.join(path);
        let text = match path.ends_with("Cargo.toml") {
            true => format!("{}\n[workspace]\n", beside_the_checkout(text)),
            false => text.clone(),
        };
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // Cargo builds what is newer.
        if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            fs::write(&path, text).unwrap();
        }
    }
    // With the versions that are there already.
    fs::copy(folder("../Cargo.lock"), project.join("Cargo.lock")).unwrap();
    project
}

fn beside_the_checkout(manifest: &str) -> String {
    let checkout = folder("..").canonicalize().unwrap();
    assert!(manifest.contains("\"../apiscribe/"), "{manifest}");
    manifest.replace("../apiscribe", checkout.to_str().unwrap())
}

fn cargo(project: &Path, arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    // That of the workspace: most crates below have been built there already.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder above");
    cargo.current_dir(project).args(arguments).arg("--offline").env("CARGO_TARGET_DIR", target);
    cargo
}

/// The program that sends a parcel of so many grams.
fn run(project: &Path, server: &Server, grams: &str) -> Output {
    let output = cargo(project, &["run", "--quiet"])
        .args(["--", grams])
        .env("PARCELS_TOKEN", TOKEN)
        .env("PARCELS_URL", &server.url)
        .output();
    output.expect("cargo runs")
}

/// What it prints if it succeeds.
fn send(project: &Path, server: &Server, grams: &str) -> String {
    text(&run(project, server, grams))
}

fn text(output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn check(project: &Path) {
    let sent = response(200, r#"{"code":0,"message":"","data":{"parcel_id":"p1"}}"#);
    let refused = response(200, r#"{"code":1001,"message":"no such city"}"#);
    let busy = response(200, r#"{"code":1002,"message":"busy"}"#);
    let server = Server::series(&[sent, refused, busy].map(Answer::Close));
    assert_eq!(send(project, &server, "500"), "sent as p1\n");
    assert_eq!(send(project, &server, "500"), "no such city\n");
    let refused = send(project, &server, "20001");
    assert!(refused.starts_with("not sent:\n") && refused.contains("grams"), "{refused}");
    let failed = run(project, &server, "500");
    let said = String::from_utf8_lossy(&failed.stderr);
    assert_eq!(failed.status.code(), Some(1), "{said}");
    let shown = "send_parcel: 1002 busy (HTTP 200): The service is overloaded; the same request may succeed later";
    assert!(said.contains(shown), "{said}");

    let requests = server.requests();
    assert_eq!(requests.len(), 3, "what is over the limit is not sent");
    for request in requests {
        assert!(request.starts_with("POST /v1/parcels HTTP/1.1\r\n"), "{request}");
        assert!(request.contains(&format!("authorization: Bearer {TOKEN}\r\n")), "{request}");
        assert!(request.ends_with(r#"{"city":"Bern","grams":500}"#), "{request}");
    }
}

#[test]
fn the_files_of_the_readme_are_a_client_that_works() {
    let files = files();
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(paths, ["Cargo.toml", "build.rs", "spec/parcels.yaml", "src/main.rs"]);
    check(&write("own_platform", &files));

    // The same by the macro, as the section says.
    let mut files = files;
    let section = section();
    let module = quoted(&section, "mod api { apiscribe_macros::");
    let dependency = quoted(&section, "apiscribe-macros = ");
    let main = files.get_mut("src/main.rs").unwrap();
    let (_, rest) = main.split_once("\n}\n").unwrap();
    *main = format!("{module}\n{rest}");
    let manifest = files.get_mut("Cargo.toml").unwrap();
    let (before, _) = manifest.split_once("[build-dependencies]").unwrap();
    *manifest = format!("{}\n{dependency}\n", before.trim_end());
    files.remove("build.rs");
    check(&write("own_platform_by_macro", &files));
}

/// The piece of code that begins like this.
fn quoted<'a>(section: &'a str, start: &str) -> &'a str {
    let (_, rest) = section.split_once(&format!("`{start}")).unwrap_or_else(|| panic!("{start}"));
    let end = rest.find('`').unwrap();
    let begin = section.len() - rest.len() - start.len();
    &section[begin..begin + start.len() + end]
}

#[test]
fn the_commands_of_the_readme_work_on_its_spec() {
    let spec = write("own_platform_commands", &files()).join("spec");
    let out = tempfile::TempDir::new().unwrap();
    let section = section().replace('\n', " ");
    let commands = ["check --spec spec", "generate --spec spec --out src/api", "table --spec spec"];
    for command in commands {
        assert!(section.contains(command), "{command}");
        let arguments = command.split(' ').map(|word| match word {
            "spec" => spec.display().to_string(),
            "src/api" => out.path().display().to_string(),
            other => other.to_owned(),
        });
        let arguments: Vec<String> = arguments.collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let printed = codegen(&arguments);
        assert_eq!((printed.code, printed.err.as_str()), (0, ""), "{command}");
    }
    assert!(out.path().join("parcels.rs").exists());
    // By its manifest, outside the workspace.
    let manifest = "--manifest-path ../apiscribe/codegen/Cargo.toml --features cli -- check";
    assert!(section.contains(&format!("cargo run {manifest}")));
    assert!(read(&folder("../codegen/Cargo.toml")).contains("\nname = \"codegen\"\n"));
}

#[test]
fn the_table_of_the_readme_has_every_feature() {
    let manifest = read(&folder("../runtime/Cargo.toml"));
    let (_, features) = manifest.split_once("[features]\n").unwrap();
    let (features, _) = features.split_once("\n\n").unwrap();
    let names = features.lines().filter_map(|line| line.split_once(" = ").map(|(name, _)| name));
    let section = section();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let rows: Vec<&str> = rows.filter_map(|line| line.split(" | ").next()).collect();
    for name in names.filter(|name| !name.starts_with('#') && *name != "default") {
        assert!(rows.iter().any(|row| row.contains(&format!("`{name}`"))), "no row for {name}");
    }
}

#[test]
fn the_spec_of_the_readme_is_one_host_one_token_and_one_endpoint() {
    let spec: Value = serde_yaml::from_str(&files()["spec/parcels.yaml"]).unwrap();
    for key in ["hosts", "auth", "envelopes", "errors", "endpoints"] {
        assert_eq!(spec[key].as_mapping().unwrap().len(), 1, "{key}");
    }
}
